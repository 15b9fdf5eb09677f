//! Which bin of each criterion every lead falls into, and the truths of all tests: what stays the
//! same while points, limits and thresholds move.

use super::addresses::{domain_finders, domain_tests};
use super::leads::Leads;
use super::plan::{Plan, Unit, looks_at_score};
use super::plane::Plane;
use super::reader::{Reader, UnitResult};
use super::tuples::Tuples;
use crate::card::Card;
use crate::condition::Truths;
use crate::program::{Condition, Criterion, CriterionSubject, Program, Question, Test};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Where leads can stand with one criterion: its bin, and the remaining strength of events.
pub type Found = (Option<u8>, Option<i64>);

/// Leads and one criterion.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matched {
    /// All that occurs.
    pub found: Vec<Found>,
    /// Index of what each lead found.
    pub of: Plane,
}

/// Truths of a program's tests, and the stage that people set.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Class {
    /// By index of the test; unknown for those that look at the score.
    pub truths: Vec<Truths>,
    /// Index of the stage.
    pub stage: Option<u16>,
}

/// All leads and one scorecard, before any points.
#[derive(Clone, Debug)]
pub struct Matches {
    /// By criterion.
    pub criteria: Vec<Arc<Matched>>,
    /// All that occurs.
    pub classes: Vec<Class>,
    /// Index of the class of each lead.
    pub class_of: Plane,
    /// What was found out, for the next edit.
    told: Vec<Told>,
}

/// What was found out about a unit.
#[derive(Clone, Debug)]
struct Told {
    unit: Unit,
    cuts: Vec<i64>,
    tuples: Arc<Tuples>,
    /// What its tests and the stage that people set can be together.
    patterns: Vec<Pattern>,
    /// Index of the pattern of each combination.
    pattern_of: Vec<u32>,
}

type Pattern = (Vec<Truths>, Option<u16>);

/// Matches all leads. Of `before`, the same leads and another program, whatever stays as it was is
/// taken over.
pub fn matches(
    card: &Card,
    leads: &Leads,
    plan: &Plan,
    before: Option<(&Program, &Matches)>,
) -> Matches {
    let program = &card.program;
    let before = before.filter(|(before, _)| reads_alike(before, program));
    let mut reader = Reader::new(program, leads, plan);
    let mut criteria = vec![Arc::default(); program.criteria.len()];
    let mut told = Vec::new();
    for unit in &plan.units {
        let cuts = reader.cuts(unit);
        let known = before.and_then(|(before, matches)| {
            let same = |told: &&Told| {
                told.unit.inputs == unit.inputs
                    && told.unit.plain == unit.plain
                    && told.unit.stage == unit.stage
                    && told.cuts == cuts
            };
            Some((before, matches, matches.told.iter().find(same)?))
        });
        let tuples = match known {
            Some((.., told)) => told.tuples.clone(),
            None => Arc::new(reader.tuples(unit)),
        };
        if let Some((before, matches, known)) = known
            && asks_alike((before, &known.unit), (program, unit))
        {
            for (new, old) in unit.criteria.iter().zip(&known.unit.criteria) {
                if let (Some(new), Some(old)) = (criteria.get_mut(*new), matches.criteria.get(*old))
                {
                    *new = old.clone();
                }
            }
            told.push(Told {
                unit: unit.clone(),
                ..known.clone()
            });
            continue;
        }
        let (rows, place_of) = super::intervals::alike(program, leads, &plan.inputs, unit, &tuples);
        let results = reader.evaluate(unit, &rows);
        let results = || {
            let places = place_of.iter();
            places.filter_map(|place| results.get(*place as usize))
        };
        for (place, criterion) in unit.criteria.iter().enumerate() {
            let found = results().map(|of| of.found.get(place).copied().unwrap_or_default());
            let (found, code_of) = distinct(found);
            let matched = Matched {
                found,
                of: tuples.of.looked_up(&code_of),
            };
            // Another criterion or test of the unit may be all that was edited.
            let same = known.and_then(|(_, matches, known)| {
                let place = known.unit.criteria.get(place)?;
                let before = matches.criteria.get(*place)?;
                (**before == matched).then(|| before.clone())
            });
            if let Some(of) = criteria.get_mut(*criterion) {
                *of = same.unwrap_or_else(|| Arc::new(matched));
            }
        }
        let pattern = |of: &UnitResult| (of.truths.clone(), of.stage);
        let (patterns, pattern_of) = distinct(results().map(pattern));
        told.push(Told {
            unit: unit.clone(),
            cuts,
            tuples,
            patterns,
            pattern_of,
        });
    }
    let (classes, class_of) = classes(program, leads, &told, before.map(|(_, matches)| matches));
    Matches {
        criteria,
        classes,
        class_of,
        told,
    }
}

/// What is different, in the order in which it first comes, and the index of each.
fn distinct<T: PartialEq>(all: impl Iterator<Item = T>) -> (Vec<T>, Vec<u32>) {
    let mut kinds: Vec<T> = Vec::new();
    let places = all
        .map(|of| {
            let known = kinds.iter().position(|other| *other == of);
            known.unwrap_or_else(|| {
                kinds.push(of);
                kinds.len() - 1
            }) as u32
        })
        .collect();
    (kinds, places)
}

/// Whether two programs read the same of a lead.
fn reads_alike(before: &Program, after: &Program) -> bool {
    before.facts == after.facts
        && before.standard == after.standard
        && before.measures == after.measures
        && before.target_departments == after.target_departments
        && domains_alike(before, after)
        && questions_alike(before, after)
}

/// Whether two programs ask the same questions, whatever indices the tests of those have on which
/// they hang.
fn questions_alike(before: &Program, after: &Program) -> bool {
    let mut questions = before.questions.iter().zip(&after.questions);
    before.questions.len() == after.questions.len()
        && questions.all(|(old, new)| {
            let same_when = match (&old.when, &new.when) {
                (Some(old), Some(new)) => conditions_alike((before, old), (after, new)),
                (old, new) => old == new,
            };
            let apart = |question: &Question| Question {
                when: None,
                ..question.clone()
            };
            same_when && apart(old) == apart(new)
        })
}

/// Whether two programs ask the same of the domains of addresses, which are told apart by that.
fn domains_alike(before: &Program, after: &Program) -> bool {
    domain_tests(before).eq(domain_tests(after)) && domain_finders(before).eq(domain_finders(after))
}

/// Whether tests differ in the constants of those that look at the score at most.
pub fn tests_alike(before: &Program, after: &Program) -> bool {
    let mut tests = before.tests.iter().zip(&after.tests);
    before.tests.len() == after.tests.len()
        && tests.all(|(before, after)| {
            before.subject == after.subject
                && (before.check == after.check || looks_at_score(&before.subject))
        })
}

/// Whether two units of the same inputs ask the same of them, in the same order.
fn asks_alike(before: (&Program, &Unit), after: (&Program, &Unit)) -> bool {
    fn criteria<'a>(
        (program, unit): (&'a Program, &'a Unit),
    ) -> impl Iterator<Item = &'a Criterion> {
        unit.criteria
            .iter()
            .filter_map(|index| program.criteria.get(*index))
    }
    fn tests<'a>((program, unit): (&'a Program, &'a Unit)) -> impl Iterator<Item = &'a Test> {
        unit.tests
            .iter()
            .filter_map(|index| program.tests.get(*index))
    }
    let same = |(old, new): (&Criterion, &Criterion)| {
        let subjects = match (&old.subject, &new.subject) {
            (CriterionSubject::Condition(old), CriterionSubject::Condition(new)) => {
                conditions_alike((before.0, old), (after.0, new))
            }
            (old, new) => old == new,
        };
        subjects && old.finder == new.finder && old.decay == new.decay
    };
    before.1.criteria.len() == after.1.criteria.len()
        && before.1.tests.len() == after.1.tests.len()
        && criteria(before).zip(criteria(after)).all(same)
        && tests(before)
            .zip(tests(after))
            .all(|(old, new)| old.subject == new.subject && old.check == new.check)
}

/// Whether two conditions ask the same, whatever indices their tests have.
fn conditions_alike(before: (&Program, &Condition), after: (&Program, &Condition)) -> bool {
    let all = |old: &[Condition], new: &[Condition]| {
        let mut both = old.iter().zip(new);
        old.len() == new.len()
            && both.all(|(old, new)| conditions_alike((before.0, old), (after.0, new)))
    };
    match (before.1, after.1) {
        (Condition::All(old), Condition::All(new)) | (Condition::Any(old), Condition::Any(new)) => {
            all(old, new)
        }
        (Condition::Not(old), Condition::Not(new)) => {
            conditions_alike((before.0, old), (after.0, new))
        }
        (Condition::AtLeast(old), Condition::AtLeast(new)) => {
            old.n == new.n && all(&old.of, &new.of)
        }
        (Condition::Test(old), Condition::Test(new)) => {
            let (old, new) = (
                before.0.tests.get(usize::from(*old)),
                after.0.tests.get(usize::from(*new)),
            );
            old.map(|test| (&test.subject, &test.check))
                == new.map(|test| (&test.subject, &test.check))
        }
        _ => false,
    }
}

/// Leads by what all units tell of their tests and the stage that people set. Of classes from before
/// only those are told apart again of which a unit tells anything else.
fn classes(
    program: &Program,
    leads: &Leads,
    told: &[Told],
    before: Option<&Matches>,
) -> (Vec<Class>, Plane) {
    let unknown = Class {
        truths: vec![Truths::UNKNOWN; program.tests.len()],
        stage: None,
    };
    let tells = |told: &&Told| !told.unit.tests.is_empty() || told.unit.stage;
    let known = |told: &Told| {
        let same = |other: &&Told| tells_alike(other, told);
        before.and_then(|before| before.told.iter().find(same))
    };
    let (mut classes, mut class_of) = match before {
        Some(before) => {
            let mut kept = vec![unknown; before.classes.len()];
            for of in told.iter().filter(tells) {
                if let Some(same) = known(of) {
                    let classes = kept.iter_mut().zip(&before.classes);
                    classes.for_each(|(class, from)| class.take_over(&of.unit, from, &same.unit));
                }
            }
            (kept, before.class_of.clone())
        }
        None => (vec![unknown], Plane::filled(leads.rows)),
    };
    for of in told.iter().filter(tells).filter(|of| known(of).is_none()) {
        refine(&mut classes, &mut class_of, of);
    }
    // What told some apart before may be gone.
    let mut places: BTreeMap<Class, u32> = BTreeMap::new();
    let mut different = Vec::new();
    let place = |class: &Class| match places.get(class) {
        Some(place) => *place,
        None => {
            different.push(class.clone());
            let place = places.len() as u32;
            places.insert(class.clone(), place);
            place
        }
    };
    let place_of: Vec<u32> = classes.iter().map(place).collect();
    if different.len() < classes.len() {
        class_of = class_of.looked_up(&place_of);
        classes = different;
    }
    (classes, class_of)
}

/// Whether units tell the same of all leads.
fn tells_alike(before: &Told, after: &Told) -> bool {
    Arc::ptr_eq(&before.tuples, &after.tuples)
        && before.unit.stage == after.unit.stage
        && before.patterns == after.patterns
        && before.pattern_of == after.pattern_of
}

/// Splits classes by what a unit tells.
fn refine(classes: &mut Vec<Class>, class_of: &mut Plane, told: &Told) {
    let Told {
        unit,
        tuples,
        patterns,
        pattern_of,
        ..
    } = told;
    if let [pattern] = patterns.as_slice() {
        // All leads are alike here.
        return classes
            .iter_mut()
            .for_each(|class| class.learn(unit, pattern));
    }
    let mut refined: Vec<Class> = Vec::new();
    let mut pairs: Vec<u32> = vec![u32::MAX; classes.len() * patterns.len()];
    let rows = 0..class_of.len();
    let of: Vec<u32> = rows
        .map(|row| {
            let class = class_of.get(row) as usize;
            let tuple = tuples.of.get(row) as usize;
            let pattern = pattern_of.get(tuple).copied().unwrap_or(0) as usize;
            let Some(pair) = pairs.get_mut(class * patterns.len() + pattern) else {
                return 0;
            };
            if *pair == u32::MAX
                && let (Some(class), Some(pattern)) = (classes.get(class), patterns.get(pattern))
            {
                *pair = refined.len() as u32;
                let mut class = class.clone();
                class.learn(unit, pattern);
                refined.push(class);
            }
            *pair
        })
        .collect();
    *class_of = Plane::of(of.into_iter(), refined.len());
    *classes = refined;
}

impl Class {
    /// Takes over what a unit tells.
    fn learn(&mut self, unit: &Unit, (truths, stage): &Pattern) {
        for (test, truth) in unit.tests.iter().zip(truths) {
            if let Some(of) = self.truths.get_mut(*test) {
                *of = *truth;
            }
        }
        self.stage = self.stage.or(*stage);
    }

    /// Takes over what another class has of a unit, whose tests had other indices there.
    fn take_over(&mut self, unit: &Unit, from: &Class, unit_there: &Unit) {
        for (test, there) in unit.tests.iter().zip(&unit_there.tests) {
            if let (Some(of), Some(truth)) = (self.truths.get_mut(*test), from.truths.get(*there)) {
                *of = *truth;
            }
        }
        if unit.stage {
            self.stage = from.stage;
        }
    }
}
