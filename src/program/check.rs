//! Whether a program that was read from bytes holds together: every index in range, every list in
//! the order that searching relies on. Depth of conditions and NaN are refused while reading.

use super::*;
use crate::wire::Damaged;

/// Checks the whole program.
pub(super) fn check(program: &Program) -> Result<(), Damaged> {
    if holds(program) { Ok(()) } else { Err(Damaged) }
}

fn holds(program: &Program) -> bool {
    let holds = |condition: &Condition| condition_holds(program, condition);
    let when = |condition: &Option<Condition>| condition.as_ref().is_none_or(holds);
    standard_facts(&program.standard)
        .iter()
        .all(|index| is_fact(program, *index))
        && program
            .measures
            .iter()
            .all(|measure| measure_holds(program, measure))
        && program
            .tests
            .iter()
            .all(|test| subject_holds(program, &test.subject) && check_holds(&test.check))
        && program
            .criteria
            .iter()
            .all(|criterion| criterion_holds(program, criterion))
        && !program.bands.0.is_empty()
        && !program.bands.1.is_empty()
        && program.disqualifiers.iter().all(holds)
        && program.stages.iter().all(|stage| when(&stage.when))
        && program.questions.iter().all(|question| {
            let mut sets = question.options.iter().flat_map(|option| &option.sets);
            is_fact(program, question.fact)
                && when(&question.when)
                && sets.all(|(fact, _)| is_fact(program, *fact))
        })
        && program.routes.iter().all(|route| holds(&route.when))
        && program
            .value
            .iter()
            .flat_map(|value| &value.segments)
            .all(|of| holds(&of.when))
        && people_hold(program)
}

fn standard_facts(facts: &StandardFacts) -> [u16; 14] {
    let StandardFacts {
        campaign,
        click_id,
        landing_page,
        medium,
        referrer,
        source,
        buying_role,
        domain,
        employees,
        department,
        email,
        job_title,
        seniority,
        stage,
    } = *facts;
    [
        campaign,
        click_id,
        landing_page,
        medium,
        referrer,
        source,
        buying_role,
        domain,
        employees,
        department,
        email,
        job_title,
        seniority,
        stage,
    ]
}

/// Whether texts rise, each once.
fn rise<'a>(mut texts: impl Iterator<Item = &'a str>) -> bool {
    let mut before: Option<&str> = None;
    texts.all(|text| before.replace(text).is_none_or(|before| before < text))
}

fn is_fact(program: &Program, index: u16) -> bool {
    usize::from(index) < program.facts.len()
}

fn subject_holds(program: &Program, subject: &Subject) -> bool {
    match subject {
        Subject::Fact(index) | Subject::DaysSince(index) => is_fact(program, *index),
        Subject::Measure(index) => usize::from(*index) < program.measures.len(),
        Subject::Signal(_)
        | Subject::Score
        | Subject::Points(_)
        | Subject::Band(_)
        | Subject::Stage => true,
    }
}

fn check_holds(check: &Check) -> bool {
    match check {
        Check::Choices(choices) => choices.is_sorted_by(|a, b| a < b),
        _ => true,
    }
}

fn condition_holds(program: &Program, condition: &Condition) -> bool {
    let of = match condition {
        Condition::Test(index) => return usize::from(*index) < program.tests.len(),
        Condition::Not(of) => return condition_holds(program, of),
        Condition::AtLeast(of) => &of.of,
        Condition::All(of) | Condition::Any(of) => of,
    };
    of.iter().all(|part| condition_holds(program, part))
}

fn measure_holds(program: &Program, measure: &Measure) -> bool {
    let is_property = |index: u16| index < program.properties;
    let of = match measure.of {
        MeasureOf::Distinct(property) => is_property(property),
        MeasureOf::Count | MeasureOf::DaysSinceLast => true,
    };
    of && measure
        .filter
        .iter()
        .all(|(property, check)| is_property(*property) && check_holds(check))
        && measure
            .aggregate
            .is_none_or(|index| index < program.aggregates)
}

fn criterion_holds(program: &Program, criterion: &Criterion) -> bool {
    let count = criterion.bins.len();
    let suits = match (&criterion.subject, &criterion.finder) {
        (CriterionSubject::Condition(of), Finder::Truth) => {
            count == 2 && condition_holds(program, of)
        }
        (CriterionSubject::PerEvent(measure), Finder::PerEvent) => {
            count == 1 && usize::from(*measure) < program.measures.len()
        }
        (CriterionSubject::Value(subject), finder) => {
            subject_holds(program, subject) && finder_holds(finder, count)
        }
        _ => false,
    };
    suits
        && count <= MAX_BINS
        && criterion
            .group
            .is_none_or(|group| usize::from(group) < program.groups.len())
        && (criterion.decay.is_empty() || criterion.decay.len() == 64)
        && criterion.decay.is_sorted()
}

fn finder_holds(finder: &Finder, count: usize) -> bool {
    let is_bin = |bin: u8| bin == NO_BIN || usize::from(bin) < count;
    let otherwise = |bin: Option<u8>| bin.is_none_or(is_bin);
    match finder {
        Finder::Numbers(numbers) => {
            numbers.bins.len() == numbers.edges.len() + 1
                && numbers.edges.is_sorted_by(|a, b| a < b)
                && numbers.bins.iter().all(|bin| is_bin(*bin))
                && numbers.exact.iter().all(|(_, bin)| is_bin(*bin))
        }
        Finder::Choices(bins) => bins.iter().all(|bin| is_bin(*bin)),
        Finder::Texts(texts) => {
            rise(texts.values.iter().map(|(text, _)| text.as_str()))
                && otherwise(texts.otherwise)
                && texts.values.iter().all(|(_, bin)| is_bin(*bin))
        }
        Finder::Lists(lists) => {
            otherwise(lists.otherwise) && lists.sets.iter().all(|(_, bin)| is_bin(*bin))
        }
        Finder::Booleans(bins) => is_bin(bins.yes) && is_bin(bins.no),
        Finder::Truth | Finder::PerEvent => false,
    }
}

/// Rows trust nothing; what a verdict walks through is bounded.
fn people_hold(program: &Program) -> bool {
    let people = &program.people;
    let at_most = |rows: &[Row], most: usize| rows.iter().all(|row| row.len() <= most);
    people
        .territories
        .iter()
        .all(|of| condition_holds(program, of))
        && at_most(&people.zones, MAX_ROW)
        && at_most(&people.calendars, MAX_ROW)
        && at_most(&people.days_off, MAX_ROW)
        && at_most(
            &people.plans,
            MAX_STEPS * size_of::<Step>() / size_of::<i32>(),
        )
}
