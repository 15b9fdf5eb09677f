//! What can be proved of a scorecard that makes sense otherwise: parts that no lead reaches, bins
//! and conditions that never apply, limits that make points worthless.
//!
//! Everything is looked at with all facts, signals and events open, and with all points that
//! criteria and limits allow. Subjects count as independent and searches end, so a fault may stay
//! unseen; what is reported holds for every lead.
//!
//! An error is what its author cannot have meant. A warning is what may be meant: an `else` that
//! nothing is left for, a band above what the criteria give yet, an alternative that cannot hold
//! beside others that can, a criterion without points.

mod points;
mod solve;
#[cfg(test)]
mod tests;
mod values;

use super::compile::{Audience, compiled};
use super::file::{self, Scorecard};
use super::shape::quoted;
use crate::card::Card;
use crate::problem::{Code, Problem};
use crate::program::{Axis, Condition, CriterionSubject, Program};
use crate::texts::Texts;
use points::{Reach, of_band, reached};
use solve::{Goal, Solver, Want};

/// What can be proved of a scorecard without errors.
pub(super) fn prove(card: &Scorecard) -> Vec<Problem> {
    let Card { program, texts } = compiled(card, Audience::Server);
    let mut solver = Solver::new(&program);
    solver.reach = Reach::new(&program, &solver);
    let mut prover = Prover {
        card,
        program: &program,
        texts: &texts,
        solver: &solver,
        problems: Vec::new(),
    };
    prover.criteria();
    prover.limits();
    prover.disqualifiers();
    prover.bands();
    prover.stages();
    prover.questions();
    prover.routes();
    prover.segments();
    prover.problems
}

struct Prover<'p> {
    card: &'p Scorecard,
    program: &'p Program,
    texts: &'p Texts,
    solver: &'p Solver<'p>,
    problems: Vec<Problem>,
}

impl<'p> Prover<'p> {
    fn criteria(&mut self) {
        let program = self.program;
        for (index, criterion) in self.card.criteria.iter().enumerate() {
            let at = format!("/criteria/{index}");
            let place = self
                .texts
                .criteria
                .binary_search_by(|other| other.id.cmp(&criterion.id));
            let Some(place) = place.ok() else { continue };
            let Some(compiled) = program.criteria.get(place) else {
                continue;
            };
            match (&compiled.subject, &criterion.on) {
                (CriterionSubject::Condition(when), file::Subject::Condition(condition)) => {
                    self.truth(&at, criterion, when, condition);
                }
                (CriterionSubject::Value(subject), _) => {
                    let mask = reached(program, subject, &compiled.finder);
                    self.bins(&format!("{at}/bins"), criterion.bins.as_deref(), mask);
                }
                _ => {}
            }
            let Some(points) = self.solver.reach.criteria.get(place).copied() else {
                continue;
            };
            let earns = compiled.bins.iter().copied().chain([compiled.unknown]);
            if earns.into_iter().all(|points| points == 0) {
                let help = "give it points, or take it out";
                let expected = "points that differ";
                self.problems.push(Problem::warning(
                    Code::Worthless,
                    &at,
                    "0 points whatever applies",
                    expected,
                    help,
                ));
            }
            self.limit(
                &format!("{at}/limit"),
                points,
                points.within(&compiled.limit),
                "this criterion gives",
            );
        }
    }

    /// A criterion on a condition whose cases cannot be.
    fn truth(
        &mut self,
        at: &str,
        criterion: &file::Criterion,
        when: &'p Condition,
        condition: &file::Condition,
    ) {
        self.holds(
            Code::NeverFires,
            &format!("{at}/on/condition"),
            condition,
            when,
        );
        let fails = criterion.when_false.filter(|points| *points != 0);
        if let Some(points) = fails.filter(|_| !self.solver.can(when, Want::False)) {
            let found = format!("{points} points for a condition that is never false");
            let help =
                "take `false` out, or mend the condition; where facts are missing `unknown` counts";
            self.error(
                Code::NeverFires,
                format!("{at}/false"),
                found,
                "a condition that some lead fails",
                help,
            );
        }
    }

    fn bins(&mut self, at: &str, bins: Option<&[file::Bin]>, mask: u64) {
        for (index, bin) in bins.unwrap_or_default().iter().enumerate() {
            if mask
                .checked_shr(index as u32)
                .is_none_or(|rest| rest & 1 == 1)
            {
                continue;
            }
            let at = format!("{at}/{index}");
            if bin.otherwise {
                self.problems.push(Problem::warning(
                    Code::NeverFires,
                    at,
                    "an `else` that nothing is left for",
                    "a bin that some value falls into",
                    "take it out, since the other bins have every value",
                ));
            } else {
                let found = format!("{}, which no value falls into", super::words::bin(bin));
                let help = "take the bin out, or mend its range: counts and days since an event are never below 0";
                self.error(
                    Code::NeverFires,
                    at,
                    found,
                    "a bin that some value falls into",
                    help,
                );
            }
        }
    }

    /// Limits of groups and axes.
    fn limits(&mut self) {
        let (program, reach) = (self.program, &self.solver.reach);
        for (index, group) in self.card.groups.iter().enumerate() {
            let place = self
                .texts
                .groups
                .binary_search_by(|other| other.id.cmp(&group.id))
                .ok();
            let compiled = place
                .and_then(|place| Some((program.groups.get(place)?, *reach.groups.get(place)?)));
            if let Some((group, points)) = compiled {
                let at = format!("/groups/{index}/limit");
                self.limit(
                    &at,
                    points,
                    points.within(&group.limit),
                    "the criteria of this group give",
                );
            }
        }
        let axes = [Axis::Fit, Axis::Engagement].into_iter().zip(reach.sums);
        for ((axis, points), after) in axes.zip(reach.axes) {
            let at = format!("/limits/{}", axis.id());
            self.limit(&at, points, after, "the criteria of this axis give");
        }
    }

    /// A limit that leaves the same points whatever applies.
    fn limit(&mut self, at: &str, points: points::Span, after: points::Span, who: &str) {
        if !points.is_fixed() && after.is_fixed() {
            let found = format!(
                "a limit that leaves {} points of all that {who}",
                after.least
            );
            let expected = format!("a limit inside {points}");
            let help = "move the limit, or take out what it makes worthless";
            self.error(Code::Worthless, at, found, expected, help);
        }
    }

    fn disqualifiers(&mut self) {
        for (index, (file, when)) in self
            .card
            .disqualify
            .iter()
            .zip(&self.program.disqualifiers)
            .enumerate()
        {
            let at = format!("/disqualify/{index}/when");
            self.holds(Code::NeverFires, &at, &file.when, when);
        }
    }

    /// Bands that no points reach. An axis without criteria has no use for its bands.
    fn bands(&mut self) {
        let Some(bands) = &self.card.bands else {
            return;
        };
        let axes = [
            (Axis::Fit, &bands.fit, &self.program.bands.0),
            (Axis::Engagement, &bands.engagement, &self.program.bands.1),
        ];
        for (axis, names, compiled) in axes {
            if !self
                .card
                .criteria
                .iter()
                .any(|criterion| criterion.axis == axis)
            {
                continue;
            }
            let points = self.solver.reach.axis(axis);
            for (index, band) in names.iter().enumerate() {
                let span = of_band(compiled, index);
                if !span.meets(points) {
                    self.problems.push(Problem::warning(
                        Code::NeverReached,
                        format!("/bands/{}/{index}", axis.id()),
                        format!("band {} for {span}", quoted(&band.name)),
                        format!("a band within what {} can be: {points}", axis.id()),
                        "move the band, or change the points of criteria and limits",
                    ));
                }
            }
        }
    }

    /// Stages are suggested to leads that are not disqualified. A later stage that holds too is
    /// no fault: leads pass through stages.
    fn stages(&mut self) {
        for (index, (file, stage)) in self
            .card
            .stages
            .iter()
            .zip(&self.program.stages)
            .enumerate()
        {
            let (Some(condition), Some(when)) = (&file.when, &stage.when) else {
                continue;
            };
            let at = format!("/stages/{index}/when");
            if self.holds(Code::NeverReached, &at, condition, when)
                && !self.solver.can_all(vec![
                    Goal::one(when, Want::True),
                    self.is_disqualified(false),
                ])
            {
                let found = format!(
                    "stage {} for leads that are always disqualified",
                    quoted(&file.id)
                );
                self.always_disqualified(
                    at,
                    found,
                    "loosen the disqualifiers, or take the stage out",
                );
            }
        }
    }

    fn questions(&mut self) {
        for (index, (file, question)) in self
            .card
            .questions
            .iter()
            .zip(&self.program.questions)
            .enumerate()
        {
            if let (Some(condition), Some(when)) = (&file.when, &question.when) {
                let at = format!("/questions/{index}/when");
                self.holds(Code::NeverReached, &at, condition, when);
            }
        }
    }

    fn routes(&mut self) {
        let routes = self
            .card
            .routes
            .iter()
            .zip(&self.program.routes)
            .enumerate();
        let mut earlier: [Vec<(&str, &Condition)>; 2] = [Vec::new(), Vec::new()];
        for (index, (file, route)) in routes {
            let when = &route.when;
            let at = format!("/routes/{index}");
            let [others, disqualified] = &mut earlier;
            let before = if file.for_disqualified {
                disqualified
            } else {
                others
            };
            let of_class = self.is_disqualified(file.for_disqualified);
            let of_any_class =
                self.holds(Code::NeverReached, &format!("{at}/when"), &file.when, when);
            if of_any_class
                && !self
                    .solver
                    .can_all(vec![Goal::one(when, Want::True), of_class])
            {
                self.of_other_class(&at, file);
            } else if of_any_class {
                self.hidden(at, "route", &file.id, when, before, Some(of_class));
            }
            before.push((&file.id, when));
        }
    }

    fn segments(&mut self) {
        let (Some(file), Some(value)) = (&self.card.value, &self.program.value) else {
            return;
        };
        let mut before = Vec::new();
        for (index, (file, segment)) in file.segments.iter().zip(&value.segments).enumerate() {
            let at = format!("/value/segments/{index}");
            if self.holds(
                Code::NeverReached,
                &format!("{at}/when"),
                &file.when,
                &segment.when,
            ) {
                self.hidden(at, "segment", &file.id, &segment.when, &before, None);
            }
            before.push((file.id.as_str(), &segment.when));
        }
    }

    /// That a lead is disqualified, or is not.
    fn is_disqualified(&self, wanted: bool) -> Goal<'p> {
        match wanted {
            true => Goal::any(&self.program.disqualifiers, Want::True),
            false => Goal::all(&self.program.disqualifiers, Want::NotTrue),
        }
    }

    /// Reports a condition that no lead can meet, or alternatives in it; whether it can be met.
    fn holds(
        &mut self,
        code: Code,
        at: &str,
        file: &file::Condition,
        condition: &'p Condition,
    ) -> bool {
        if self.solver.can(condition, Want::True) {
            self.alternatives(at, file, condition);
            return true;
        }
        let (found, help) = self.never(condition);
        self.error(code, at, found, "a condition that some lead can meet", help);
        false
    }

    /// What is wrong with a condition that is never true.
    fn never(&self, condition: &'p Condition) -> (String, String) {
        let free = Solver::new(self.program);
        if free.can(condition, Want::True) {
            let [fit, engagement] = self.solver.reach.axes;
            let help = format!(
                "lower what it asks for, or raise points and limits: fit can be {fit}, engagement {engagement}"
            );
            return (
                "a condition on points that are out of reach".to_owned(),
                help,
            );
        }
        let help = "mend its tests: they contradict each other, or ask for values that cannot be";
        ("a condition that is never true".to_owned(), help.to_owned())
    }

    /// Warns of alternatives that cannot hold, in a condition that can.
    fn alternatives(&mut self, at: &str, file: &file::Condition, condition: &'p Condition) {
        let (key, parts, of) = match (file, condition) {
            (file::Condition::All(parts), Condition::All(of)) => ("all", parts, of),
            (file::Condition::Any(parts), Condition::Any(of)) => ("any", parts, of),
            (file::Condition::AtLeast(parts), Condition::AtLeast(of)) => {
                ("atLeast/of", &parts.of, &of.of)
            }
            _ => return,
        };
        for (index, (file, part)) in parts.iter().zip(of).enumerate() {
            let at = format!("{at}/{key}/{index}");
            if self.solver.can(part, Want::True) {
                self.alternatives(&at, file, part);
            } else {
                let (found, help) = self.never(part);
                let expected = "an alternative that some lead can meet";
                self.problems.push(Problem::warning(
                    Code::NeverFires,
                    at,
                    found,
                    expected,
                    help,
                ));
            }
        }
    }

    /// Reports what the ones before it leave nothing for.
    fn hidden(
        &mut self,
        at: String,
        what: &str,
        id: &str,
        when: &'p Condition,
        before: &[(&str, &'p Condition)],
        class: Option<Goal<'p>>,
    ) {
        let left_by = |before: &[(&str, &'p Condition)]| {
            let mut goals = vec![Goal::one(when, Want::True)];
            goals.extend(class);
            goals.extend(
                before
                    .iter()
                    .map(|(_, when)| Goal::one(when, Want::NotTrue)),
            );
            self.solver.can_all(goals)
        };
        if left_by(before) {
            return;
        }
        let by = before
            .iter()
            .find(|one| !left_by(std::slice::from_ref(*one)));
        let (found, help) = match by {
            Some((by, _)) => (
                format!(
                    "{what} {} after {}, which takes all its leads",
                    quoted(id),
                    quoted(by)
                ),
                format!("move it before {}, or narrow {}", quoted(by), quoted(by)),
            ),
            None => (
                format!("{what} {} after others that take all its leads", quoted(id)),
                format!("move it up, or narrow the {what}s before it"),
            ),
        };
        self.error(
            Code::NeverReached,
            at,
            found,
            format!("a {what} that some lead reaches"),
            help,
        );
    }

    /// Reports a route whose leads are all in the class that it is not for.
    fn of_other_class(&mut self, at: &str, route: &file::Route) {
        let id = quoted(&route.id);
        if route.for_disqualified {
            let found = format!("route {id} for disqualified leads, which none of its leads is");
            let help = "take `forDisqualified` out, or add a disqualifier";
            self.error(
                Code::NeverReached,
                at,
                found,
                "a route that some lead reaches",
                help,
            );
        } else {
            let found = format!("route {id} for leads that are always disqualified");
            self.always_disqualified(
                at.to_owned(),
                found,
                "add `\"forDisqualified\": true`, or loosen the disqualifiers",
            );
        }
    }

    fn always_disqualified(&mut self, at: String, found: String, help: &str) {
        self.error(
            Code::NeverReached,
            at,
            found,
            "leads that may be buyers",
            help,
        );
    }

    fn error(
        &mut self,
        code: Code,
        at: impl Into<String>,
        found: impl AsRef<str>,
        expected: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.problems
            .push(Problem::error(code, at, found, expected, help));
    }
}
