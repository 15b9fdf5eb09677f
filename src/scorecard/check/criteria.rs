//! What is scored: criteria, groups, limits, disqualifiers; bands and stages.

use std::collections::{BTreeMap, BTreeSet};

use super::condition::Place;
use super::kind::{Kind, of_signal};
use super::{At, Checker};
use crate::problem::Code;
use crate::program::{Axis, StageKind};
use crate::scorecard::file::{Band, Criterion, Decay, Limit, Measure, Subject};
use crate::scorecard::shape::{missing_key, quoted};

/// Most bands of an axis.
pub(super) const MAX_BANDS: usize = 6;

impl<'a> Checker<'a> {
    pub(super) fn criteria(&mut self) {
        let file = self.file;
        for (index, criterion) in file.criteria.iter().enumerate() {
            let at = format_args!("/criteria/{index}");
            self.subject(at, criterion);
            self.points(format_args!("{at}/unknown"), Some(criterion.unknown));
            self.group(at, criterion);
            if let Some(limit) = &criterion.limit {
                let at = format_args!("{at}/limit");
                self.limit(at, limit);
                self.limit_against(at, limit, std::slice::from_ref(&criterion));
            }
        }
        self.scored_twice();
        for (index, group) in file.groups.iter().enumerate() {
            let at = format_args!("/groups/{index}/limit");
            let members: Vec<_> = file
                .criteria
                .iter()
                .filter(|criterion| criterion.group.as_ref() == Some(&group.id))
                .collect();
            self.limit(at, &group.limit);
            self.limit_against(at, &group.limit, &members);
        }
        if let Some(limits) = &file.limits {
            for (axis, limit) in [
                (Axis::Fit, &limits.fit),
                (Axis::Engagement, &limits.engagement),
            ] {
                let Some(limit) = limit else { continue };
                let at = format_args!("/limits/{}", axis.id());
                let members: Vec<_> = file
                    .criteria
                    .iter()
                    .filter(|criterion| criterion.axis == axis)
                    .collect();
                self.limit(at, limit);
                self.limit_against(at, limit, &members);
            }
        }
        for (index, disqualifier) in file.disqualify.iter().enumerate() {
            let at = format_args!("/disqualify/{index}/when");
            self.condition(at, &disqualifier.when, Place::BeforeScore);
        }
    }

    fn subject(&mut self, at: At<'_>, criterion: &'a Criterion) {
        let kind = match &criterion.on {
            Subject::Fact(id) => self.fact(format_args!("{at}/on/fact"), id),
            Subject::Signal(signal) => of_signal(*signal),
            Subject::DaysSince(id) => {
                let at = format_args!("{at}/on/daysSince");
                match self.fact(at, id) {
                    Kind::Date | Kind::Lost => {}
                    other => self.not_a_date(at, id, other.name()),
                }
                Kind::Number
            }
            Subject::Events(events) => {
                self.criterion_events(format_args!("{at}/on/events"), events);
                Kind::Number
            }
            Subject::Condition(condition) => {
                self.condition(
                    format_args!("{at}/on/condition"),
                    condition,
                    Place::BeforeScore,
                );
                self.truth(at, criterion);
                self.events_only(at, criterion);
                return;
            }
        };
        for (key, points) in [
            ("true", criterion.when_true),
            ("false", criterion.when_false),
        ] {
            if points.is_some() {
                let at = format_args!("{at}/{key}");
                let help = "write `bins`, or score a condition";
                self.error(
                    Code::NotAllowedHere,
                    at,
                    format!("key \"{key}\""),
                    "`bins`",
                    help,
                );
            }
        }
        let events = matches!(criterion.on, Subject::Events(_));
        if !events {
            self.events_only(at, criterion);
        }
        match (&criterion.bins, &criterion.per_event) {
            (Some(bins), None) => self.bins(format_args!("{at}/bins"), bins, &kind),
            (Some(_), Some(_)) if !events => {}
            (Some(_), Some(_)) => self.error(
                Code::NotAllowedHere,
                format_args!("{at}/perEvent"),
                "both `bins` and `perEvent`",
                "one of the two",
                "take one of the two out",
            ),
            (None, Some(each)) => {
                self.points(format_args!("{at}/perEvent/points"), Some(each.points));
                self.each_counts(at, criterion);
            }
            (None, None) => {
                let help = if events {
                    "add `bins` or `perEvent`"
                } else {
                    "add `bins`"
                };
                self.report(missing_key(at, "bins", help));
            }
        }
        if let Some(decay) = criterion.decay.as_ref().filter(|_| events) {
            self.decay(format_args!("{at}/decay"), decay);
        }
    }

    /// Points for each event count events, and no other measure of them.
    fn each_counts(&mut self, at: At<'_>, criterion: &Criterion) {
        if let Subject::Events(events) = &criterion.on
            && !matches!(events.measure, None | Some(Measure::Count))
        {
            self.error(
                Code::NotAllowedHere,
                format_args!("{at}/on/events/measure"),
                "another measure than `count` with `perEvent`",
                "`count`, or no `measure`",
                "take `measure` out, or write `bins`",
            );
        }
    }

    /// What only events have.
    fn events_only(&mut self, at: At<'_>, criterion: &Criterion) {
        for (key, present) in [
            ("perEvent", criterion.per_event.is_some()),
            ("decay", criterion.decay.is_some()),
        ] {
            if present {
                self.error(
                    Code::NotAllowedHere,
                    format_args!("{at}/{key}"),
                    format!("`{key}` on something without events"),
                    format!("`{key}` on `events` only"),
                    format!("take `{key}` out, or score events"),
                );
            }
        }
    }

    /// A criterion on a condition has points for true, perhaps for false, and no bins.
    fn truth(&mut self, at: At<'_>, criterion: &Criterion) {
        if criterion.bins.is_some() {
            self.error(
                Code::NotAllowedHere,
                format_args!("{at}/bins"),
                "bins on a condition",
                "`true`, and perhaps `false`",
                "write the points of the two cases in `true` and `false`",
            );
        } else if criterion.when_true.is_none() {
            let help = "add the points that it earns where the condition holds";
            self.report(missing_key(at, "true", help));
        }
        self.points(format_args!("{at}/true"), criterion.when_true);
        self.points(format_args!("{at}/false"), criterion.when_false);
    }

    fn decay(&mut self, at: At<'_>, decay: &Decay) {
        match decay {
            Decay::HalfLifeDays(days) => self.days(format_args!("{at}/halfLifeDays"), *days),
            Decay::Linear(linear) => {
                if !(linear.percent > 0.0 && linear.percent <= 100.0) {
                    self.error(
                        Code::OutOfRange,
                        format_args!("{at}/linear/percent"),
                        format!("number {}", linear.percent),
                        "a number above 0 and up to 100",
                        "write the share that goes each time, in percent",
                    );
                }
                self.days(format_args!("{at}/linear/everyDays"), linear.every_days);
            }
        }
    }

    fn group(&mut self, at: At<'_>, criterion: &'a Criterion) {
        let Some(id) = &criterion.group else { return };
        let at = format_args!("{at}/group");
        self.refer("groups", id, at);
        let group = self.file.groups.iter().find(|group| group.id == *id);
        if let Some(group) = group.filter(|group| group.axis != criterion.axis) {
            self.error(
                Code::NotAllowedHere,
                at,
                format!("group {} of axis `{}`", quoted(id), group.axis.id()),
                format!("a group of axis `{}`", criterion.axis.id()),
                "put the criterion into a group of its own axis",
            );
        }
    }

    fn limit(&mut self, at: At<'_>, limit: &Limit) {
        self.points(format_args!("{at}/min"), limit.min);
        self.points(format_args!("{at}/max"), limit.max);
        match (limit.min, limit.max) {
            (None, None) => {
                let help = "add `min`, `max` or both, or take the limit out";
                self.report(missing_key(at, "max", help));
            }
            (Some(min), Some(max)) if min > max => self.error(
                Code::OutOfOrder,
                at,
                format!("min {min} above max {max}"),
                "`min` at most as high as `max`",
                "swap the two",
            ),
            _ => {}
        }
    }

    /// Warns of bins that can never earn all their points. A floor is no fault: what a bin takes
    /// off, it takes from the points of others.
    fn limit_against(&mut self, at: At<'_>, limit: &Limit, criteria: &[&Criterion]) {
        let points = || criteria.iter().flat_map(|criterion| earned(criterion));
        if let (Some(max), Some((id, most))) =
            (limit.max, points().max_by_key(|(_, points)| *points))
            && max < most
        {
            self.warn(
                Code::LimitBelowBin,
                format_args!("{at}/max"),
                format!("number {max}, and {most} points in {}", quoted(id)),
                format!("at least {most}"),
                "raise the limit, or lower the points",
            );
        }
    }

    /// Warns of facts and signals that two criteria of one axis score.
    fn scored_twice(&mut self) {
        let file = self.file;
        let mut seen: BTreeMap<(Axis, String), &str> = BTreeMap::new();
        for (index, criterion) in file.criteria.iter().enumerate() {
            let (key, name) = match &criterion.on {
                Subject::Fact(id) => ("fact", id.as_str()),
                Subject::DaysSince(id) => ("daysSince", id.as_str()),
                Subject::Signal(signal) => ("signal", signal.id()),
                Subject::Events(_) | Subject::Condition(_) => continue,
            };
            let what = if key == "signal" { "signal" } else { "fact" };
            let seen_as = (criterion.axis, format!("{what} {}", quoted(name)));
            if let Some(other) = seen.insert(seen_as, &criterion.id) {
                self.warn(
                    Code::ScoredTwice,
                    format_args!("/criteria/{index}/on/{key}"),
                    format!(
                        "{what} {} again, after criterion {}",
                        quoted(name),
                        quoted(other)
                    ),
                    format!("each {what} once on an axis"),
                    "score it in one criterion, so that its points do not add up unseen",
                );
            }
        }
    }

    /// Bands and stages.
    pub(super) fn ladders(&mut self) {
        let file = self.file;
        if let Some(bands) = &file.bands {
            self.bands(format_args!("/bands/fit"), &bands.fit);
            self.bands(format_args!("/bands/engagement"), &bands.engagement);
            self.grades(&bands.fit, &bands.engagement);
        }
        for (index, stage) in file.stages.iter().enumerate() {
            let Some(when) = &stage.when else { continue };
            let at = format_args!("/stages/{index}/when");
            if !stage.kind.is_suggested() {
                self.error(
                    Code::NotAllowedHere,
                    at,
                    format!("a condition on a stage of kind `{}`", stage.kind.id()),
                    "no condition: people decide this stage",
                    "take `when` out; leadfit suggests stages up to `mql` and `pql` only",
                );
            }
            self.condition(at, when, Place::BeforeStage);
        }
        // A later stage of an earlier kind would never be where a lead belongs.
        let mut highest: Option<StageKind> = None;
        for (index, stage) in file.stages.iter().enumerate() {
            if stage.kind.is_suggested()
                && let Some(before) = highest.filter(|before| rank(stage.kind) < rank(*before))
            {
                self.error(
                    Code::OutOfOrder,
                    format_args!("/stages/{index}/kind"),
                    format!("kind `{}` after `{}`", stage.kind.id(), before.id()),
                    "stages from first to last",
                    format!("move the stage before the one of kind `{}`", before.id()),
                );
            }
            if highest.is_none_or(|before| rank(stage.kind) > rank(before)) {
                highest = Some(stage.kind);
            }
        }
    }

    /// Names of both axes together are the grade, so they must not run into each other.
    fn grades(&mut self, fit: &[Band], engagement: &[Band]) {
        let mut seen: BTreeMap<String, (&str, &str)> = BTreeMap::new();
        // Names that stand twice are reported already; more than 36 grades too.
        for fit in fit.iter().take(MAX_BANDS) {
            for engagement in engagement.iter().take(MAX_BANDS) {
                let names = (fit.name.as_str(), engagement.name.as_str());
                let grade = format!("{}{}", names.0, names.1);
                let before = seen.insert(grade.clone(), names);
                if before.is_some_and(|before| before != names) {
                    self.error(
                        Code::DuplicateId,
                        format_args!("/bands"),
                        format!("grade {} from two pairs of bands", quoted(&grade)),
                        "a grade of its own for each pair",
                        "rename bands, for example to letters on one axis and digits on the other",
                    );
                }
            }
        }
    }

    fn bands(&mut self, at: At<'_>, bands: &[Band]) {
        if !(2..=MAX_BANDS).contains(&bands.len()) {
            let found = match bands.len() {
                1 => "1 band".to_owned(),
                count => format!("{count} bands"),
            };
            let help = "split or join bands until there are 2 to 6";
            self.error(Code::OutOfRange, at, found, "2 to 6 bands", help);
        }
        let mut names = BTreeSet::new();
        let mut above: Option<i32> = None;
        for (index, band) in bands.iter().enumerate() {
            let at = format_args!("{at}/{index}");
            let last = index + 1 == bands.len();
            self.id(format_args!("{at}/name"), &band.name);
            self.once(
                &mut names,
                format_args!("{at}/name"),
                band.name.as_str(),
                "each name once",
            );
            self.points(format_args!("{at}/from"), band.from);
            match (band.from, last) {
                (None, false) => {
                    let help = "add the least points of this band; only the last has none";
                    self.report(missing_key(at, "from", help));
                }
                (Some(from), true) => self.error(
                    Code::Gap,
                    format_args!("{at}/from"),
                    format!("no band below {from} points"),
                    "a last band without `from`",
                    "take `from` out of the last band, or add a band below",
                ),
                _ => {}
            }
            if let (Some(above), Some(from)) = (above, band.from)
                && from >= above
            {
                self.error(
                    Code::OutOfOrder,
                    format_args!("{at}/from"),
                    format!("number {from} after {above}"),
                    format!("a whole number below {above}"),
                    "list bands from the highest to the lowest",
                );
            }
            above = band.from.or(above);
        }
    }
}

/// The order of lifecycle stages; qualified by marketing and by use of the product are abreast.
fn rank(kind: StageKind) -> usize {
    match kind {
        StageKind::Pql => StageKind::Mql.index(),
        other => other.index(),
    }
}

/// The points that a criterion can earn, with its id.
fn earned(criterion: &Criterion) -> impl Iterator<Item = (&str, i32)> {
    let bins = criterion.bins.iter().flatten().map(|bin| bin.points);
    let truth = criterion.when_true.into_iter().chain(criterion.when_false);
    let each = criterion.per_event.iter().map(|each| each.points);
    bins.chain(truth)
        .chain(each)
        .map(|points| (criterion.id.as_str(), points))
}
