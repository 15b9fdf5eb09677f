//! Ids: well formed, unique, and not too many.

use std::collections::{BTreeMap, BTreeSet};

use super::{At, Checker, Section, grouped};
use crate::problem::Code;
use crate::scorecard::file::Scorecard;
use crate::scorecard::shape::quoted;
use crate::scorecard::sizes;
use crate::scorecard::standard::STANDARD;

/// The ids of each section that can be referred to.
pub(super) fn sections(file: &Scorecard) -> BTreeMap<Section, BTreeSet<&str>> {
    macro_rules! ids {
        ($($section:ident)+) => {
            [$((stringify!($section), file.$section.iter().map(|item| item.id.as_str()).collect()),)+]
        };
    }
    let mut sections: BTreeMap<Section, BTreeSet<&str>> =
        ids!(facts groups stages questions calendars owners queues sla routes).into();
    let facts = sections.entry("facts").or_default();
    facts.extend(STANDARD.iter().map(|fact| fact.id));
    let routes = sections.entry("routes").or_default();
    routes.insert(&file.fallback.unmatched.id);
    routes.insert(&file.fallback.disqualified.id);
    sections
}

impl<'a> Checker<'a> {
    /// No list is longer than what a page can work through.
    pub(super) fn sizes(&mut self) {
        let file = self.file;
        for (at, length, most) in [
            ("/criteria", file.criteria.len(), sizes::CRITERIA),
            ("/routes", file.routes.len(), sizes::ROUTES),
            ("/questions", file.questions.len(), sizes::QUESTIONS),
            ("/facts", file.facts.len(), sizes::FACTS),
            ("/owners", file.owners.len(), sizes::OWNERS),
            ("/accounts", file.accounts.len(), sizes::ACCOUNTS),
            ("/groups", file.groups.len(), sizes::GROUPS),
            ("/disqualify", file.disqualify.len(), sizes::DISQUALIFIERS),
            ("/stages", file.stages.len(), sizes::STAGES),
            ("/calendars", file.calendars.len(), sizes::CALENDARS),
            ("/queues", file.queues.len(), sizes::QUEUES),
            ("/sla", file.sla.len(), sizes::SLA),
        ] {
            self.at_most(format_args!("{at}"), length, most, "entries");
        }
        for (index, queue) in file.queues.iter().enumerate() {
            self.at_most(
                format_args!("/queues/{index}/members"),
                queue.members.len(),
                sizes::MEMBERS,
                "members",
            );
        }
        for (index, question) in file.questions.iter().enumerate() {
            let at = format_args!("/questions/{index}/options");
            self.at_most(at, question.options.len(), sizes::OPTIONS, "options");
            let at = format_args!("/questions/{index}/forms");
            self.at_most(at, question.forms.len(), sizes::FORMS, "forms");
        }
        for (index, calendar) in file.calendars.iter().enumerate() {
            let at = format_args!("/calendars/{index}");
            let (hours, days) = (calendar.hours.len(), calendar.days_off.len());
            self.at_most(format_args!("{at}/hours"), hours, sizes::HOURS, "entries");
            self.at_most(
                format_args!("{at}/daysOff"),
                days,
                sizes::DAYS_OFF,
                "days off",
            );
        }
        for (at, steps) in self.follow_ups_by_route() {
            self.at_most(
                format_args!("{at}/followUp"),
                steps.len(),
                sizes::FOLLOW_UP,
                "steps",
            );
        }
        let domains = file
            .accounts
            .iter()
            .map(|account| account.domains.len())
            .sum();
        self.at_most(
            format_args!("/accounts"),
            domains,
            sizes::ACCOUNT_DOMAINS,
            "domains",
        );
    }

    /// Reports a list that is too long.
    pub(super) fn at_most(&mut self, at: At<'_>, length: usize, most: usize, what: &str) {
        if length > most {
            self.error(
                Code::TooLarge,
                at,
                format!("{length} {what}"),
                format!("at most {} {what}", grouped(most as f64)),
                "take out what is not needed",
            );
        }
    }

    /// Every id is well formed, and unique where it must be.
    pub(super) fn ids(&mut self) {
        let file = self.file;
        self.id(format_args!("/id"), &file.id);
        macro_rules! unique {
            ($($section:ident)+) => { $(
                let ids = file.$section.iter().map(|item| item.id.as_str());
                self.unique(concat!("/", stringify!($section)), ids);
            )+ };
        }
        unique!(facts groups criteria disqualify stages questions calendars owners queues sla routes);
        if !self.lost.is_vague("fallback") {
            let mut seen: BTreeSet<&str> =
                file.routes.iter().map(|route| route.id.as_str()).collect();
            for (at, destination) in [
                ("/fallback/unmatched/id", &file.fallback.unmatched),
                ("/fallback/disqualified/id", &file.fallback.disqualified),
            ] {
                let at = format_args!("{at}");
                self.id(at, &destination.id);
                self.once(&mut seen, at, &destination.id, "each route id once");
            }
        }
        if let Some(value) = &file.value {
            let ids = value.segments.iter().map(|segment| segment.id.as_str());
            self.unique("/value/segments", ids);
        }
    }

    fn unique(&mut self, list: &str, ids: impl Iterator<Item = &'a str>) {
        let mut seen = BTreeSet::new();
        for (index, id) in ids.enumerate() {
            let at = format_args!("{list}/{index}/id");
            self.id(at, id);
            self.once(&mut seen, at, id, "each id once");
        }
    }

    /// Reports what was seen before.
    pub(super) fn once<T: Ord + AsRef<str>>(
        &mut self,
        seen: &mut BTreeSet<T>,
        at: At<'_>,
        id: T,
        expected: &str,
    ) {
        if let Some(before) = seen.replace(id) {
            let found = format!("text {} again", quoted(before.as_ref()));
            self.error(
                Code::DuplicateId,
                at,
                found,
                expected,
                "rename one of the two, or take it out",
            );
        }
    }

    /// Reports an id that is empty, too long or has characters that ids cannot have.
    pub(super) fn id(&mut self, at: At<'_>, id: &str) {
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
        let reserved = matches!(id, "__proto__" | "constructor" | "prototype");
        if id.is_empty() || id.len() > sizes::ID || !id.chars().all(fits) || reserved {
            self.error(
                Code::BadId,
                at,
                format!("text {}", quoted(id)),
                "1 to 64 letters (a to z), digits, `_`, `-` or `.`",
                if reserved {
                    "choose another name, since JavaScript keeps this one for itself"
                } else {
                    "write a short name, and the words for people in `label`"
                },
            );
        }
    }
}
