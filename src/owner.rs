//! Who gets a lead: the owner of its company's account, else the one whom the queue deals it to.
//!
//! Queues deal by weighted rendezvous hashing (Schindelhauer and Schomaker, "Weighted Distributed
//! Hash Tables", 2005): each owner draws a number from the lead's key and the own id, and the
//! lowest −ln(draw) ÷ weight wins. So each gets a share by weight, nobody counts, a page and a
//! server pick the same one, and whoever leaves hands over the own leads and nobody else's.

use alloc::string::String;
use alloc::vec::Vec;

use crate::condition::{self, Look, Value};
use crate::program::{Accounts, NONE, Owner, People, PickedBy, Program, Queue, Step, Subject};
use crate::signals::Signal;
use crate::signals::email::{self, EmailKind};
use crate::signals::url;
use crate::text::{cut, lower_case, trim};
use crate::time::{self, DAY};

/// An owner who was picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Picked {
    /// Index of the owner.
    pub owner: i32,
    /// Why.
    pub by: PickedBy,
    /// Whether the owner is there; where nobody is, one who is away gets the lead all the same.
    pub present: bool,
}

/// By what leads of the same company are known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Key {
    /// The fact or signal that it was read from; nothing where the lead says nothing of the kind.
    pub of: Option<Subject>,
    /// The domain of a company, an email address, or nothing.
    text: String,
}

impl Key {
    /// The key of a lead: the domain of its company, else its whole email address. A domain at
    /// which anyone can have a mailbox is no company's.
    pub fn of(program: &Program, look: &dyn Look) -> Key {
        let text = |subject: &Subject| match look.look(subject).value {
            Some(Value::Text(text)) => lower_case(trim(text)),
            _ => String::new(),
        };
        let website = Subject::Fact(program.standard.domain);
        if let Some(host) = url::host(&text(&website)) {
            let host = host.strip_prefix("www.").unwrap_or(&host);
            let mut mailbox = String::from("a@");
            mailbox.push_str(host);
            if email::kind(&mailbox) == EmailKind::Work {
                return Key {
                    of: Some(website),
                    text: String::from(host),
                };
            }
        }
        let kind = match look.look(&Subject::Signal(Signal::EmailKind)).value {
            Some(Value::Choice(kind)) => EmailKind::from_index(usize::from(kind)),
            _ => None,
        };
        let of = match kind {
            Some(EmailKind::Work | EmailKind::RoleAddress) => Subject::Signal(Signal::EmailDomain),
            _ => Subject::Fact(program.standard.email),
        };
        let text = text(&of);
        Key {
            of: Some(of).filter(|_| !text.is_empty()),
            text,
        }
    }
}

/// The owner whom a step of a follow-up gives the lead to at the moment `at`; `None` where nobody
/// of the queue serves such leads.
pub fn pick(program: &Program, step: &Step, key: &Key, look: &dyn Look, at: i64) -> Option<Picked> {
    let people = &program.people;
    let [queue, owner, _] = *step;
    let picked = |owner: i32, by: PickedBy| {
        let present = is_present(people, &people.owner(owner)?, at);
        Some(Picked { owner, by, present })
    };
    let named = picked(owner, PickedBy::Route);
    let Some(queue) = people.queue(queue) else {
        return named;
    };
    let account = people.accounts().and_then(|of| of.owner(&key.text));
    let account = account.and_then(|owner| picked(owner, PickedBy::Account));
    if let Some(account) = account.filter(|account| account.present) {
        return Some(account);
    }
    let draws = draws(program, &queue, key, look, at);
    let mut best = None;
    let mut above = -1.0;
    // From the best draw on, until one is there.
    loop {
        let mut next = (f64::INFINITY, NONE);
        for draw in &draws {
            if draw.0 > above && draw.0 < next.0 {
                next = *draw;
            }
        }
        let Some(found) = picked(next.1, PickedBy::Queue) else {
            return best;
        };
        if found.present {
            return Some(found);
        }
        best = best.or(Some(found));
        above = next.0;
    }
}

/// What the members draw who serve such leads, and who they are.
fn draws(program: &Program, queue: &Queue, key: &Key, look: &dyn Look, at: i64) -> Vec<(f64, i32)> {
    let mut period = 0;
    if queue.rotate_months > 0 {
        let (year, month, _) = time::date_from_days(at.div_euclid(DAY));
        period = 1 + (year * 12 + month - 1) / i64::from(queue.rotate_months);
    }
    // A lead that says nothing of itself is dealt by the moment.
    let salt = if key.text.is_empty() { at } else { period };
    let hash = hash(salt as u64, &key.text);
    let mut draws = Vec::new();
    for [index, weight] in queue.members {
        let Some(owner) = program.people.owner(*index).filter(|_| *weight > 0) else {
            continue;
        };
        let territory = owner.territory;
        if territory.is_none_or(|territory| condition::holds(program, territory, look)) {
            // 53 bits, and never 0.
            let bits = mix(hash ^ u64::from(owner.seed as u32)) >> 11;
            let share = (bits as f64 + 0.5) / (1_u64 << 53) as f64;
            draws.push((-libm::log(share) / f64::from(*weight), *index));
        }
    }
    draws
}

/// Whether an owner is there on the day of the next working hours: neither absent nor off.
fn is_present(people: &People, owner: &Owner, at: i64) -> bool {
    let mut day = at.div_euclid(DAY);
    if let Some(calendar) = people.calendar(owner.calendar) {
        day = calendar.opens(at).unwrap_or(day);
        if calendar.is_off(day) {
            return false;
        }
    }
    let is_away = |[from, to]: &[i32; 2]| i64::from(*from) <= day && day <= i64::from(*to);
    !owner.absences.iter().any(is_away)
}

impl Accounts<'_> {
    /// The owner of a domain or of the domain that it is part of.
    fn owner(&self, domain: &str) -> Option<i32> {
        let mut rest = domain;
        while let Some((_, parent)) = cut(rest, b".") {
            let [upper, lower] = self.hash(rest);
            for [others_upper, others_lower, owner] in self.owners {
                if upper == *others_upper && lower == *others_lower {
                    return Some(*owner);
                }
            }
            rest = parent;
        }
        None
    }

    /// What stands for a domain.
    pub fn hash(&self, domain: &str) -> [i32; 2] {
        let hash = hash(self.salt as u64, domain);
        [
            (hash >> 32) as i32,
            if self.whole { hash as i32 } else { 0 },
        ]
    }
}

/// FNV-1a of 64 bits, mixed.
pub fn hash(salt: u64, text: &str) -> u64 {
    let mut hash = mix(salt) ^ 0xcbf2_9ce4_8422_2325;
    for byte in text.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
    }
    mix(hash)
}

/// Spreads a number over all 64 bits: the finalizer of MurmurHash3.
#[inline(never)]
fn mix(mut bits: u64) -> u64 {
    bits = (bits ^ bits >> 33).wrapping_mul(0xff51_afd7_ed55_8ccd);
    bits = (bits ^ bits >> 33).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    bits ^ bits >> 33
}

#[cfg(test)]
mod tests;
