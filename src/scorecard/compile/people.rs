//! Owners, queues, calendars and promises, as a program knows them.

use std::collections::{BTreeMap, BTreeSet};

use super::super::check::parse_time;
use super::super::file::{self, FollowUp, Rotation, Scorecard};
use super::{Audience, Compiler, zone};
use crate::owner::hash;
use crate::program::{
    Accounts, Calendar, Condition, MAX_STEPS, NONE, Owner, People, Promise, Queue, Row, Step,
};
use crate::time;

impl Compiler<'_> {
    /// The conditions of territories, by owner.
    pub(super) fn territories(&mut self) -> Vec<Condition> {
        let owners = self.card.owners.iter();
        let territories = owners.filter_map(|owner| owner.territory.as_ref());
        territories.map(|when| self.condition(when)).collect()
    }

    pub(super) fn people(&self, territories: Vec<Condition>, audience: Audience) -> People {
        let card = self.card;
        let zones: BTreeSet<&str> = (card.calendars.iter())
            .map(|calendar| calendar.time_zone.as_str())
            .collect();
        let calendars = card.calendars.iter().map(|calendar| {
            let zone = zones.range(..calendar.time_zone.as_str()).count();
            Calendar::row(zone as i32, &hours(calendar))
        });
        let days_off = card.calendars.iter().map(|calendar| {
            let days = calendar.days_off.iter().filter_map(|date| day(date));
            days.collect::<BTreeSet<i32>>().into_iter().collect()
        });
        let (mut seeds, mut count) = (BTreeSet::new(), 0..);
        let owners = card.owners.iter();
        let owners = owners
            .map(|owner| self.owner(owner, &mut seeds, &mut count))
            .collect();
        let routes = card.routes.iter().map(|route| &route.follow_up);
        let fallbacks = [&card.fallback.unmatched, &card.fallback.disqualified];
        let plans = routes.chain(fallbacks.map(|to| &to.follow_up));
        People {
            calendars: calendars.collect(),
            days_off: days_off.collect(),
            owners,
            territories,
            queues: card.queues.iter().map(|of| queue(card, of)).collect(),
            accounts: accounts(card, audience),
            promises: (card.sla.iter())
                .map(|of| promise(card, of, audience))
                .collect(),
            plans: plans.map(|steps| plan(card, steps)).collect(),
            zones: zones.into_iter().map(zone::zone).collect(),
        }
    }

    fn owner(
        &self,
        owner: &file::Owner,
        seeds: &mut BTreeSet<i32>,
        territories: &mut impl Iterator<Item = i32>,
    ) -> Row {
        let mut seed = hash(0, &owner.id) as i32;
        // Two owners with one seed would draw alike.
        while !seeds.insert(seed) {
            seed = seed.wrapping_add(1);
        }
        let territory = owner.territory.as_ref().and_then(|_| territories.next());
        let territory = territory.unwrap_or(NONE);
        let absences = owner.absences.iter();
        let absences: Vec<[i32; 2]> = absences
            .filter_map(|absence| Some([day(&absence.from)?, day(&absence.to)?]))
            .collect();
        let calendar = calendar_index(self.card, owner.calendar.as_deref());
        Owner::row(seed, calendar, territory, &absences)
    }
}

/// Index of the item of this id, if an id is named.
fn index_of<T>(items: &[T], id_of: impl Fn(&T) -> &str, id: Option<&str>) -> i32 {
    let found = id.and_then(|id| items.iter().position(|item| id_of(item) == id));
    found.map_or(NONE, |index| index as i32)
}

fn calendar_index(card: &Scorecard, id: Option<&str>) -> i32 {
    index_of(&card.calendars, |calendar| &calendar.id, id)
}

fn owner_index(card: &Scorecard, id: Option<&str>) -> i32 {
    index_of(&card.owners, |owner| &owner.id, id)
}

/// Days since 1970 of a date.
fn day(date: &str) -> Option<i32> {
    let at = time::parse(date)?;
    i32::try_from(at.div_euclid(time::DAY)).ok()
}

/// Working hours in minutes since Monday 0:00.
fn hours(calendar: &file::Calendar) -> Vec<[i32; 2]> {
    const MINUTES_OF_A_DAY: i32 = 24 * 60;
    let mut week = BTreeMap::new();
    for entry in &calendar.hours {
        let (Some(from), Some(to)) = (parse_time(&entry.from), parse_time(&entry.to)) else {
            continue;
        };
        for weekday in entry.days.iter().filter(|_| from < to) {
            let midnight = weekday.index() as i32 * MINUTES_OF_A_DAY;
            week.insert(midnight + i32::from(from), midnight + i32::from(to));
        }
    }
    week.into_iter().map(|(from, to)| [from, to]).collect()
}

fn queue(card: &Scorecard, queue: &file::Queue) -> Row {
    let members = queue.members.iter();
    let members: Vec<[i32; 2]> = members
        .map(|member| [owner_index(card, Some(&member.owner)), member.weight as i32])
        .collect();
    let rotate_months = match queue.rotate_every {
        None => 0,
        Some(Rotation::Month) => 1,
        Some(Rotation::Quarter) => 3,
        Some(Rotation::Year) => 12,
    };
    Queue {
        rotate_months,
        members: &members,
    }
    .row()
}

/// Hashes of the domains, for whom they are told: half of each for a page, which tells 10,000
/// accounts apart and leaves a guess unsure. The salt is the card's own hash, so that the same text
/// compiles to the same bytes.
fn accounts(card: &Scorecard, audience: Audience) -> Row {
    let told = match audience {
        Audience::Server => true,
        Audience::PageWith { accounts, .. } => accounts,
        Audience::Page => false,
    };
    if !told || card.accounts.is_empty() {
        return Row::new();
    }
    let accounts = Accounts {
        salt: hash(0, &super::canonical::content_hash(card)) as i32,
        whole: audience == Audience::Server,
        owners: &[],
    };
    let mut owners = Vec::new();
    for account in &card.accounts {
        for domain in &account.domains {
            let [upper, lower] = accounts.hash(&crate::text::lower_case(domain));
            owners.push([upper, lower, owner_index(card, Some(&account.owner))]);
        }
    }
    // The order of the file would tell who stands beside whom.
    owners.sort_unstable();
    Accounts {
        owners: &owners,
        ..accounts
    }
    .row()
}

fn promise(card: &Scorecard, sla: &file::Sla, audience: Audience) -> Row {
    let attempts = sla.attempts.as_ref().filter(|_| audience.sees_texts());
    let whole = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
    Promise {
        minutes: whole(sla.respond_within_minutes),
        calendar: calendar_index(card, sla.calendar.as_deref()),
        attempts: attempts.map_or(0, |attempts| whole(attempts.count)),
        over_days: attempts.map_or(0, |attempts| whole(attempts.over_working_days)),
    }
    .row()
}

fn plan(card: &Scorecard, steps: &[FollowUp]) -> Row {
    let step = |step: &FollowUp| -> Step {
        [
            index_of(&card.queues, |queue| &queue.id, step.queue.as_deref()),
            owner_index(card, step.owner.as_deref()),
            index_of(&card.sla, |sla| &sla.id, step.sla.as_deref()),
        ]
    };
    steps.iter().take(MAX_STEPS).flat_map(step).collect()
}
