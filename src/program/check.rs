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

fn people_hold(program: &Program) -> bool {
    let people = &program.people;
    let is_owner = |index: u16| usize::from(index) < people.owners.len();
    let is_calendar =
        |index: Option<u16>| index.is_none_or(|index| usize::from(index) < people.calendars.len());
    let owner_holds = |owner: &Owner| {
        let territory = owner.territory.as_ref();
        is_calendar(owner.calendar)
            && territory.is_none_or(|territory| condition_holds(program, territory))
    };
    let step_holds = |step: &Step| {
        let queue = step.queue.map_or(0, usize::from);
        let promise = step.promise.map_or(0, usize::from);
        step.owner.is_none_or(is_owner)
            && (step.queue.is_none() || queue < people.queues.len())
            && (step.promise.is_none() || promise < people.promises.len())
    };
    let accounts = people.accounts.as_ref();
    people.calendars.iter().all(|of| calendar_holds(people, of))
        && people.owners.iter().all(owner_holds)
        && (people.queues.iter().flat_map(|queue| &queue.members))
            .all(|(owner, _)| is_owner(*owner))
        && accounts.is_none_or(|accounts| {
            accounts.owners.is_sorted_by(|a, b| a.0 < b.0)
                && accounts.owners.iter().all(|(_, owner)| is_owner(*owner))
        })
        && people.promises.iter().all(|promise| {
            is_calendar(promise.calendar)
                && promise
                    .attempts
                    .is_none_or(|(count, _)| count <= MAX_ATTEMPTS)
        })
        && people.plans.len() == program.routes.len() + 2
        && (people.plans.iter()).all(|plan| plan.len() <= MAX_STEPS && plan.iter().all(step_holds))
}

/// Lists are bounded, since a verdict walks through days.
fn calendar_holds(people: &People, calendar: &Calendar) -> bool {
    let rises = |a: &Hours, b: &Hours| (a.weekday, a.from) < (b.weekday, b.from);
    usize::from(calendar.zone) < people.zones.len()
        && calendar.hours.len() <= MAX_HOURS
        && calendar.hours.is_sorted_by(rises)
        && (calendar.hours.iter()).all(|of| of.weekday < 7 && of.from < of.to && of.to <= 1440)
        && calendar.days_off.len() <= MAX_DAYS_OFF
        && calendar.days_off.is_sorted_by(|a, b| a < b)
}
