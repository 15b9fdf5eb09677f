//! Owners, queues, accounts and response times.

use std::collections::{BTreeMap, BTreeSet};

use super::condition::Place;
use super::{At, Checker};
use crate::problem::Code;
use crate::scorecard::shape::{missing_key, quoted};

/// Longest promised response time in minutes of working time: 30 days around the clock.
const MAX_RESPONSE: f64 = 43_200.0;

impl<'a> Checker<'a> {
    pub(super) fn people(&mut self) {
        self.owners();
        self.queues();
        self.accounts();
        self.promises();
    }

    fn owners(&mut self) {
        let file = self.file;
        for (index, owner) in file.owners.iter().enumerate() {
            let at = format_args!("/owners/{index}");
            if let Some(calendar) = &owner.calendar {
                self.refer("calendars", calendar, format_args!("{at}/calendar"));
            }
            if let Some(email) = &owner.email
                && !email
                    .split_once('@')
                    .is_some_and(|(name, domain)| !name.is_empty() && is_domain(domain))
            {
                let found = format!("text {}", quoted(email));
                let help = "write an address such as `ann@example.com`";
                self.error(
                    Code::BadId,
                    format_args!("{at}/email"),
                    found,
                    "an email address",
                    help,
                );
            }
            if let Some(territory) = &owner.territory {
                self.condition(
                    format_args!("{at}/territory"),
                    territory,
                    Place::BeforeScore,
                );
            }
            for (place, absence) in owner.absences.iter().enumerate() {
                let at = format_args!("{at}/absences/{place}");
                let from = self.date(format_args!("{at}/from"), &absence.from);
                let to = self.date(format_args!("{at}/to"), &absence.to);
                if from && to && absence.from > absence.to {
                    let found = format!("from {} to {}", absence.from, absence.to);
                    self.error(
                        Code::OutOfOrder,
                        at,
                        found,
                        "a last date not before the first",
                        "swap the two",
                    );
                }
            }
        }
    }

    fn queues(&mut self) {
        let file = self.file;
        for (index, queue) in file.queues.iter().enumerate() {
            let at = format_args!("/queues/{index}/members");
            let mut seen = BTreeSet::new();
            for (place, member) in queue.members.iter().enumerate() {
                let at = format_args!("{at}/{place}");
                self.refer("owners", &member.owner, format_args!("{at}/owner"));
                self.once(
                    &mut seen,
                    format_args!("{at}/owner"),
                    member.owner.as_str(),
                    "each owner once in a queue",
                );
                self.within(
                    format_args!("{at}/weight"),
                    f64::from(member.weight),
                    0.0,
                    1_000.0,
                );
            }
            if queue.members.iter().all(|member| member.weight == 0) {
                let found = if queue.members.is_empty() {
                    "no members"
                } else {
                    "weights of 0 only"
                };
                let help = "give at least one owner a weight above 0";
                self.error(Code::NoShare, at, found, "a member who takes leads", help);
            }
        }
    }

    fn accounts(&mut self) {
        let file = self.file;
        let mut seen = BTreeSet::new();
        for (index, account) in file.accounts.iter().enumerate() {
            let at = format_args!("/accounts/{index}");
            self.refer("owners", &account.owner, format_args!("{at}/owner"));
            if account.domains.is_empty() {
                let help = "add the email domains of the company";
                self.error(
                    Code::MissingKey,
                    format_args!("{at}/domains"),
                    "an empty list",
                    "at least one domain",
                    help,
                );
            }
            for (place, domain) in account.domains.iter().enumerate() {
                let at = format_args!("{at}/domains/{place}");
                if !is_domain(domain) {
                    self.error(
                        Code::BadId,
                        at,
                        format!("text {}", quoted(domain)),
                        "an email domain",
                        "write what stands after the `@`, such as `example.com`",
                    );
                }
                self.once(
                    &mut seen,
                    at,
                    domain.to_lowercase(),
                    "each domain under one account",
                );
            }
        }
    }

    fn promises(&mut self) {
        let file = self.file;
        for (index, sla) in file.sla.iter().enumerate() {
            let at = format_args!("/sla/{index}");
            self.response(
                format_args!("{at}/respondWithinMinutes"),
                sla.respond_within_minutes,
            );
            if let Some(calendar) = &sla.calendar {
                self.refer("calendars", calendar, format_args!("{at}/calendar"));
            }
            if let Some(owner) = &sla.escalate_to {
                self.refer("owners", owner, format_args!("{at}/escalateTo"));
            }
            if let Some(attempts) = &sla.attempts {
                self.within(
                    format_args!("{at}/attempts/count"),
                    f64::from(attempts.count),
                    1.0,
                    50.0,
                );
                let days = f64::from(attempts.over_working_days);
                self.within(
                    format_args!("{at}/attempts/overWorkingDays"),
                    days,
                    1.0,
                    365.0,
                );
            }
        }
    }

    /// A promised response time.
    pub(super) fn response(&mut self, at: At<'_>, minutes: u32) {
        self.within(at, f64::from(minutes), 1.0, MAX_RESPONSE);
    }

    /// Reports owners whom no lead can reach.
    pub(super) fn reachable(&mut self) {
        let file = self.file;
        let steps = self.steps();
        let picked: BTreeSet<&str> = (file.queues.iter().flat_map(|queue| &queue.members))
            .filter(|member| member.weight > 0)
            .map(|member| member.owner.as_str())
            .chain(steps.iter().filter_map(|(_, step)| step.owner.as_deref()))
            .chain(file.accounts.iter().map(|account| account.owner.as_str()))
            .chain(file.sla.iter().filter_map(|sla| sla.escalate_to.as_deref()))
            .collect();
        for (index, owner) in file.owners.iter().enumerate() {
            if !picked.contains(owner.id.as_str()) {
                self.error(
                    Code::NoShare,
                    format_args!("/owners/{index}"),
                    format!("owner {}, whom nothing picks", quoted(&owner.id)),
                    "an owner in a queue, follow-up, account or escalation",
                    "give the owner a weight in a queue, or take the owner out",
                );
            }
        }
    }

    /// Follow-ups: one queue or one owner each, and working hours for what is promised.
    pub(super) fn follow_ups(&mut self) {
        let file = self.file;
        let without: BTreeSet<&str> = (file.owners.iter())
            .filter(|owner| owner.calendar.is_none())
            .map(|owner| owner.id.as_str())
            .collect();
        // For each queue a member without hours; an account's owner may get any lead.
        let account = file.accounts.iter().map(|account| account.owner.as_str());
        let account = account.filter(|id| without.contains(id)).min();
        let mut queues: BTreeMap<&str, Option<&str>> = BTreeMap::new();
        for queue in &file.queues {
            let members = queue.members.iter().filter(|member| member.weight > 0);
            let owner = members
                .map(|member| member.owner.as_str())
                .find(|id| without.contains(id));
            queues.insert(&queue.id, owner);
        }
        let by_owner: BTreeSet<&str> = (file.sla.iter())
            .filter(|sla| sla.calendar.is_none())
            .map(|sla| sla.id.as_str())
            .collect();
        for (at, step) in self.steps() {
            let at = format_args!("{at}");
            match (&step.queue, &step.owner) {
                (Some(queue), None) => {
                    self.refer("queues", queue, format_args!("{at}/queue"));
                }
                (None, Some(owner)) => {
                    self.refer("owners", owner, format_args!("{at}/owner"));
                }
                (None, None) => {
                    let help = "add the `queue` or the `owner` who picks the lead up";
                    self.report(missing_key(at, "queue", help));
                }
                (Some(_), Some(_)) => {
                    let help = "take one of the two out";
                    self.error(
                        Code::NotAllowedHere,
                        at,
                        "both `queue` and `owner`",
                        "one of the two",
                        help,
                    );
                }
            }
            let Some(sla) = &step.sla else { continue };
            self.refer("sla", sla, format_args!("{at}/sla"));
            if !by_owner.contains(sla.as_str()) {
                continue;
            }
            let queue = step.queue.as_deref().and_then(|queue| *queues.get(queue)?);
            let owner = step.owner.as_deref().filter(|id| without.contains(id));
            if let Some(owner) = queue.or(owner).or(account) {
                self.error(
                    Code::NoWorkingHours,
                    format_args!("{at}/sla"),
                    format!("a promise to owner {}, who has no calendar", quoted(owner)),
                    "working hours of everybody who may get the lead",
                    format!(
                        "give owner {} or the promise {} a `calendar`",
                        quoted(owner),
                        quoted(sla)
                    ),
                );
            }
        }
    }
}

/// Whether `text` is the name of a host with at least two labels.
pub(super) fn is_domain(text: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    text.len() <= 253 && text.contains('.') && text.split('.').all(label)
}
