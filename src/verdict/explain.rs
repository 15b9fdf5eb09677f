//! Why: the facts behind a reason, the tests behind a decision.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use crate::condition::{Known, Look, Open, Truths, Value, decisive};
use crate::num;
use crate::problem::shorten;
use crate::program::{Condition, Criterion, CriterionSubject, Program, Subject};
use crate::signals::Signal;
use crate::situation::Situation;
use crate::vocabulary::Word;

use super::Evidence;

/// The tests that decide a condition as it is now, in the order of the file.
pub fn explain(program: &Program, condition: &Condition, look: &impl Look) -> Vec<Evidence> {
    let mut evidence: Vec<Evidence> = Vec::new();
    decisive(program, condition, look, &mut |index, truth| {
        let Some(test) = program.tests.get(usize::from(index)) else {
            return;
        };
        let known = look.look(&test.subject);
        let truth = match truth {
            Truths::TRUE => "true",
            Truths::FALSE => "false",
            _ => "unknown",
        };
        let is_told = evidence.iter().any(|told| told.of == test.words);
        if !is_told {
            evidence.push(Evidence {
                found: seen(program, &test.subject, &known),
                of: test.words.clone(),
                truth: Some(Word(truth)),
            });
        }
    });
    evidence
}

/// The facts behind the points of a criterion.
pub fn evidence(program: &Program, criterion: &Criterion, situation: &Situation) -> Vec<Evidence> {
    match &criterion.subject {
        CriterionSubject::Condition(condition) => explain(program, condition, situation),
        CriterionSubject::PerEvent(measure) => {
            of_subject(program, &Subject::Measure(*measure), situation)
        }
        CriterionSubject::Value(subject) => of_subject(program, subject, situation),
    }
}

fn of_subject(program: &Program, subject: &Subject, situation: &Situation) -> Vec<Evidence> {
    let known = situation.look(subject);
    let mut evidence = vec![Evidence {
        found: seen(program, subject, &known),
        of: name(program, subject).to_owned(),
        truth: None,
    }];
    // What was read off the title names the words that it rests on.
    let words = situation.title().and_then(|title| match subject {
        Subject::Signal(Signal::Seniority) => Some(&title.level.evidence),
        Subject::Signal(Signal::Departments) => Some(&title.departments.evidence),
        _ => None,
    });
    if let Some(words) = words.filter(|words| !words.is_empty()) {
        evidence.push(Evidence {
            found: Some(shorten(words)),
            of: "jobTitle".to_owned(),
            truth: None,
        });
    }
    evidence
}

fn name<'a>(program: &'a Program, subject: &Subject) -> &'a str {
    match subject {
        Subject::Fact(index) | Subject::DaysSince(index) => program
            .facts
            .get(usize::from(*index))
            .map_or("", |fact| &fact.id),
        Subject::Signal(signal) => signal.id(),
        Subject::Measure(index) => program
            .measures
            .get(usize::from(*index))
            .map_or("", |measure| &measure.name),
        Subject::Score => "score",
        Subject::Points(axis) | Subject::Band(axis) => axis.id(),
        Subject::Stage => "stage",
    }
}

/// What is known of a subject in words; a range as `51 to below 201`.
fn seen(program: &Program, subject: &Subject, known: &Known) -> Option<String> {
    match (&known.value, known.open) {
        (Some(value), _) => Some(found(Some(program), subject, value)),
        (None, Open::Between(from, to)) => {
            let mut out = String::new();
            num::push_number(&mut out, from);
            out.push_str(" to below ");
            num::push_number(&mut out, to);
            Some(out)
        }
        (None, _) => None,
    }
}

/// A value in words.
pub fn found(program: Option<&Program>, subject: &Subject, value: &Value) -> String {
    let word = |index: u16| match subject {
        Subject::Signal(signal) => signal.word(usize::from(index)).unwrap_or_default(),
        _ => program.map_or("", |program| choice(program, subject, index)),
    };
    let mut out = String::new();
    match value {
        Value::Number(number) => num::push_number(&mut out, *number),
        Value::Text(text) => out = shorten(text),
        Value::Choice(index) => out.push_str(word(*index)),
        Value::Choices(mask) => {
            let members = (0..64).filter(|index| mask >> index & 1 == 1).map(word);
            push_list(&mut out, members);
        }
        Value::Texts(texts) => {
            push_list(&mut out, texts.iter().map(String::as_str));
            out = shorten(&out);
        }
        Value::Boolean(value) => out.push_str(if *value { "true" } else { "false" }),
    }
    out
}

fn push_list<'a>(out: &mut String, members: impl Iterator<Item = &'a str>) {
    for member in members {
        if !out.is_empty() {
            out.push_str(", ");
        }
        out.push_str(member);
    }
}

fn choice<'a>(program: &'a Program, subject: &Subject, index: u16) -> &'a str {
    let index = usize::from(index);
    match subject {
        Subject::Fact(fact) => {
            let fact = program.facts.get(usize::from(*fact));
            fact.and_then(|fact| fact.choices.get(index))
                .map_or("", |choice| &choice.value)
        }
        Subject::Band(axis) => {
            let bands = match axis {
                crate::program::Axis::Fit => &program.bands.0,
                crate::program::Axis::Engagement => &program.bands.1,
            };
            bands.get(index).map_or("", |band| &band.name)
        }
        Subject::Stage => program.stages.get(index).map_or("", |stage| &stage.id),
        _ => "",
    }
}
