//! Owners, queues, calendars and promises, as a program knows them.

use std::collections::{BTreeMap, BTreeSet};

use super::super::check::parse_time;
use super::super::file::{self, FollowUp, Rotation, Scorecard};
use super::{Audience, Compiler, zone};
use crate::owner::hash;
use crate::program::{
    Accounts, Calendar, Hours, MAX_DAYS_OFF, MAX_HOURS, MAX_STEPS, Owner, People, Promise, Queue,
    Step,
};
use crate::time;

/// Bits of the hash of a domain that a page gets: enough to tell 10,000 accounts apart, too few to
/// be sure of a guess.
const BITS_ON_PAGE: u8 = 32;

impl Compiler<'_> {
    pub(super) fn people(&mut self, audience: Audience) -> People {
        let card = self.card;
        let names: BTreeSet<&str> = card
            .calendars
            .iter()
            .map(|of| of.time_zone.as_str())
            .collect();
        let owners = card.owners.iter().map(|owner| self.owner(owner)).collect();
        let routes = card.routes.iter().map(|route| &route.follow_up);
        let fallbacks = [&card.fallback.unmatched, &card.fallback.disqualified];
        let plans = routes.chain(fallbacks.map(|to| &to.follow_up));
        People {
            calendars: card
                .calendars
                .iter()
                .map(|of| calendar(of, &names))
                .collect(),
            owners,
            queues: card.queues.iter().map(|of| queue(card, of)).collect(),
            accounts: accounts(card, audience),
            promises: card
                .sla
                .iter()
                .map(|of| promise(card, of, audience))
                .collect(),
            plans: plans.map(|steps| plan(card, steps)).collect(),
            zones: names.into_iter().map(zone::zone).collect(),
        }
    }

    fn owner(&mut self, owner: &file::Owner) -> Owner {
        let absences = owner.absences.iter();
        Owner {
            seed: hash(0, &owner.id),
            calendar: calendar_index(self.card, owner.calendar.as_deref()),
            territory: owner.territory.as_ref().map(|when| self.condition(when)),
            absences: absences
                .filter_map(|absence| Some((day(&absence.from)?, day(&absence.to)?)))
                .collect(),
        }
    }
}

/// Index of the item that `is_it` finds.
fn index_of<T>(items: &[T], is_it: impl Fn(&T) -> bool) -> Option<u16> {
    items
        .iter()
        .position(is_it)
        .and_then(|index| u16::try_from(index).ok())
}

fn calendar_index(card: &Scorecard, id: Option<&str>) -> Option<u16> {
    let id = id?;
    index_of(&card.calendars, |calendar| calendar.id == id)
}

fn owner_index(card: &Scorecard, id: &str) -> Option<u16> {
    index_of(&card.owners, |owner| owner.id == id)
}

/// Days since 1970 of a date.
fn day(date: &str) -> Option<i32> {
    let at = time::parse(date)?;
    i32::try_from(at.div_euclid(time::DAY)).ok()
}

fn calendar(calendar: &file::Calendar, zones: &BTreeSet<&str>) -> Calendar {
    let mut hours: BTreeMap<(u8, u16), u16> = BTreeMap::new();
    for entry in &calendar.hours {
        let (Some(from), Some(to)) = (parse_time(&entry.from), parse_time(&entry.to)) else {
            continue;
        };
        for weekday in entry.days.iter().filter(|_| from < to) {
            hours.insert((weekday.index() as u8, from), to);
        }
    }
    let hours = hours.into_iter();
    let days_off: BTreeSet<i32> = calendar
        .days_off
        .iter()
        .filter_map(|date| day(date))
        .collect();
    Calendar {
        zone: zones.range(..calendar.time_zone.as_str()).count() as u16,
        hours: hours
            .map(|((weekday, from), to)| Hours { weekday, from, to })
            .take(MAX_HOURS)
            .collect(),
        days_off: days_off.into_iter().take(MAX_DAYS_OFF).collect(),
    }
}

fn queue(card: &Scorecard, queue: &file::Queue) -> Queue {
    let members = queue.members.iter();
    Queue {
        members: members
            .filter_map(|member| Some((owner_index(card, &member.owner)?, member.weight)))
            .collect(),
        rotate_months: match queue.rotate_every {
            None => 0,
            Some(Rotation::Month) => 1,
            Some(Rotation::Quarter) => 3,
            Some(Rotation::Year) => 12,
        },
    }
}

/// Hashes of the domains, for whom they are told. The salt is the card's own hash, so that the
/// same text compiles to the same bytes.
fn accounts(card: &Scorecard, audience: Audience) -> Option<Accounts> {
    let bits = match audience {
        Audience::Server => 64,
        Audience::PageWith { accounts: true, .. } => BITS_ON_PAGE,
        Audience::Page | Audience::PageWith { .. } => return None,
    };
    if card.accounts.is_empty() {
        return None;
    }
    let mut accounts = Accounts {
        salt: hash(0, &super::canonical::content_hash(card)),
        bits,
        owners: Vec::new(),
    };
    let mut owners = BTreeMap::new();
    for account in &card.accounts {
        let Some(owner) = owner_index(card, &account.owner) else {
            continue;
        };
        for domain in &account.domains {
            let hash = accounts.hash(&crate::text::lower_case(domain));
            owners.entry(hash).or_insert(owner);
        }
    }
    accounts.owners = owners.into_iter().collect();
    Some(accounts)
}

fn promise(card: &Scorecard, sla: &file::Sla, audience: Audience) -> Promise {
    let attempts = sla.attempts.as_ref().filter(|_| audience.sees_texts());
    Promise {
        minutes: sla.respond_within_minutes,
        calendar: calendar_index(card, sla.calendar.as_deref()),
        attempts: attempts.map(|attempts| (attempts.count, attempts.over_working_days)),
    }
}

fn plan(card: &Scorecard, steps: &[FollowUp]) -> Vec<Step> {
    let step = |step: &FollowUp| Step {
        queue: (step.queue.as_ref()).and_then(|id| index_of(&card.queues, |queue| queue.id == *id)),
        owner: step.owner.as_ref().and_then(|id| owner_index(card, id)),
        promise: (step.sla.as_ref()).and_then(|id| index_of(&card.sla, |sla| sla.id == *id)),
    };
    steps.iter().map(step).take(MAX_STEPS).collect()
}
