//! Who gets a lead: the owner of its company's account, else the one whom the queue deals it to.
//!
//! Queues deal by weighted rendezvous hashing (Schindelhauer and Schomaker, "Weighted Distributed
//! Hash Tables", 2005): each owner draws a number from the lead's key and the own id, and the
//! lowest −ln(draw) ÷ weight wins. So each gets a share by weight, nobody counts, a page and a
//! server pick the same one, and whoever leaves hands over the own leads and nobody else's.

use alloc::string::String;
use alloc::vec::Vec;

use crate::clock::Clock;
use crate::condition::{self, Look, Value};
use crate::program::{Accounts, Owner, PickedBy, Program, Queue, Step, Subject};
use crate::signals::Signal;
use crate::signals::email::{self, EmailKind};
use crate::signals::url;
use crate::text::{cut, lower_case, trim};
use crate::time::{self, DAY};

/// An owner who was picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Picked {
    /// Index of the owner.
    pub owner: u16,
    /// Why.
    pub by: PickedBy,
    /// Whether the owner is there; where nobody is, one who is away gets the lead all the same.
    pub present: bool,
}

/// By what leads of the same company are known.
#[derive(Clone, Debug, PartialEq)]
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
    let present = |owner: u16| {
        let owner = program.people.owners.get(usize::from(owner));
        owner.is_some_and(|owner| is_present(program, owner, at))
    };
    if let Some(owner) = step.owner {
        return Some(Picked {
            owner,
            by: PickedBy::Route,
            present: present(owner),
        });
    }
    let queue = program.people.queues.get(usize::from(step.queue?))?;
    let account = program.people.accounts.as_ref();
    let account = account.and_then(|accounts| accounts.owner(&key.text));
    if let Some(owner) = account.filter(|owner| present(*owner)) {
        return Some(Picked {
            owner,
            by: PickedBy::Account,
            present: true,
        });
    }
    let draws = draws(program, queue, key, look, at);
    let mut best = None;
    let mut above = -1.0;
    // From the best draw on, until one is there.
    while let Some((draw, owner)) = next(&draws, above) {
        let picked = Picked {
            owner,
            by: PickedBy::Queue,
            present: present(owner),
        };
        if picked.present {
            return Some(picked);
        }
        best = best.or(Some(picked));
        above = draw;
    }
    best
}

/// The lowest draw above another.
fn next(draws: &[(f64, u16)], above: f64) -> Option<(f64, u16)> {
    let later = draws.iter().filter(|(draw, _)| *draw > above);
    later.copied().reduce(|a, b| if b.0 < a.0 { b } else { a })
}

/// What the members draw who serve such leads.
fn draws(program: &Program, queue: &Queue, key: &Key, look: &dyn Look, at: i64) -> Vec<(f64, u16)> {
    let (year, month, _) = time::date_from_days(at.div_euclid(DAY));
    let period = match i64::from(queue.rotate_months) {
        0 => 0,
        months => 1 + (year * 12 + month - 1).div_euclid(months),
    };
    // A lead that says nothing of itself is dealt by the moment.
    let salt = if key.text.is_empty() { at } else { period };
    let hash = hash(mix(salt as u64), &key.text);
    let serves = |owner: &Owner| {
        let territory = owner.territory.as_ref();
        territory.is_none_or(|territory| condition::holds(program, territory, look))
    };
    let members = queue.members.iter().filter(|(_, weight)| *weight > 0);
    members
        .filter_map(|(index, weight)| {
            let owner = program.people.owners.get(usize::from(*index))?;
            // 53 bits, and never 0.
            let share = ((mix(hash ^ owner.seed) >> 11) as f64 + 0.5) / (1_u64 << 53) as f64;
            serves(owner).then(|| (-libm::log(share) / f64::from(*weight), *index))
        })
        .collect()
}

/// Whether an owner is there on the day of the next working hours: neither absent nor off.
fn is_present(program: &Program, owner: &Owner, at: i64) -> bool {
    let clock = owner.calendar.and_then(|calendar| program.clock(calendar));
    let day = match &clock {
        Some(clock) => clock.opens(at),
        None => Some(at.div_euclid(DAY)),
    };
    let day = day.unwrap_or(i64::MAX);
    let mut absences = owner.absences.iter();
    !clock.is_some_and(|clock| clock.is_off(day))
        && !absences.any(|(from, to)| (i64::from(*from)..=i64::from(*to)).contains(&day))
}

impl Accounts {
    /// The owner of a domain or of the domain that it is part of.
    fn owner(&self, domain: &str) -> Option<u16> {
        let mut rest = domain;
        while let Some((_, parent)) = cut(rest, b".") {
            let hash = self.hash(rest);
            if let Ok(at) = self.owners.binary_search_by(|(other, _)| other.cmp(&hash)) {
                return self.owners.get(at).map(|(_, owner)| *owner);
            }
            rest = parent;
        }
        None
    }

    /// What stands for a domain.
    pub fn hash(&self, domain: &str) -> u64 {
        let unused = u32::from(64 - self.bits.clamp(1, 64));
        hash(self.salt, domain) >> unused
    }
}

impl Program {
    /// A calendar in its zone.
    pub fn clock(&self, calendar: u16) -> Option<Clock<'_>> {
        let calendar = self.people.calendars.get(usize::from(calendar))?;
        let zone = self.people.zones.get(usize::from(calendar.zone))?;
        Some(Clock::new(calendar, zone))
    }
}

/// FNV-1a of 64 bits, mixed.
pub fn hash(salt: u64, text: &str) -> u64 {
    let add = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
    mix(text.bytes().fold(salt ^ 0xcbf2_9ce4_8422_2325, add))
}

/// Spreads a number over all 64 bits: the finalizer of MurmurHash3.
fn mix(mut bits: u64) -> u64 {
    bits = (bits ^ bits >> 33).wrapping_mul(0xff51_afd7_ed55_8ccd);
    bits = (bits ^ bits >> 33).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    bits ^ bits >> 33
}

#[cfg(test)]
mod tests;
