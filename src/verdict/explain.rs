//! Why: the facts behind a reason, the tests behind a decision.
//!
//! One piece of evidence is a truth (0 for a fact behind points), then the index of the test's
//! words or the subject, then what was found.

use alloc::vec::Vec;

use crate::condition::{Look, Value, decisive};
use crate::owner::{Key, Picked};
use crate::problem::shorten;
use crate::program::{Condition, Criterion, CriterionSubject, PickedBy, Program, Subject};
use crate::signals::Signal;
use crate::situation::Situation;

use super::packed::{self, Packed, found, is_whole, subject};

/// The tests that decide a condition as it is now, in the order of the file; a sentence once.
pub fn explain(program: &Program, condition: &Condition, look: &dyn Look, out: &mut Packed) {
    out.list(|out| tests(program, condition, look, out));
}

/// What `explain` lists, and how many there are.
fn tests(program: &Program, condition: &Condition, look: &dyn Look, out: &mut Packed) -> usize {
    let mut told: Vec<u16> = Vec::new();
    decisive(program, condition, look, &mut |index, truth| {
        let Some(test) = program.tests.get(usize::from(index)) else {
            return;
        };
        if told.contains(&test.words) {
            return;
        }
        told.push(test.words);
        out.int(packed::truth(truth));
        out.int(i32::from(test.words));
        out.known(&test.subject, &look.look(&test.subject));
    });
    told.len()
}

/// Why this owner: the tests of the territory, and what stands for the lead's company.
pub fn owner(program: &Program, picked: &Picked, key: &Key, look: &dyn Look, out: &mut Packed) {
    let territory = match picked.by {
        PickedBy::Queue => program.people.owner(picked.owner),
        PickedBy::Account | PickedBy::Route => None,
    };
    let territory = territory.and_then(|owner| owner.territory);
    let of = key.of.as_ref().filter(|_| picked.by != PickedBy::Route);
    out.list(|out| {
        let told = territory.map_or(0, |when| tests(program, when, look, out));
        if let Some(of) = of {
            out.int(0);
            out.int(subject(of));
            out.known(of, &look.look(of));
        }
        told + usize::from(of.is_some())
    });
}

/// The facts behind the points of a criterion.
pub fn evidence(program: &Program, criterion: &Criterion, situation: &Situation, out: &mut Packed) {
    match &criterion.subject {
        CriterionSubject::Condition(condition) => explain(program, condition, situation, out),
        CriterionSubject::PerEvent(measure) => {
            of_subject(program, &Subject::Measure(*measure), situation, out);
        }
        CriterionSubject::Value(Subject::Fact(fact))
            if plainly(*fact, situation, out).is_some() => {}
        CriterionSubject::Value(subject) => of_subject(program, subject, situation, out),
    }
}

/// The fact behind points, where it is plain and so nothing more is behind it.
fn plainly(fact: u16, situation: &Situation, out: &mut Packed) -> Option<()> {
    let of = f64::from(subject(&Subject::Fact(fact)));
    match situation.plainly(fact)? {
        Value::Number(number) if is_whole(number) => {
            out.all(&[1.0, 0.0, of, f64::from(found::NUMBER), number]);
        }
        Value::Choice(choice) => {
            let word = f64::from(found::WORD);
            out.all(&[1.0, 0.0, of, word, of, f64::from(choice)]);
        }
        Value::Boolean(value) => {
            let tag = if value { found::TRUE } else { found::FALSE };
            out.all(&[1.0, 0.0, of, f64::from(tag)]);
        }
        _ => return None,
    }
    Some(())
}

fn of_subject(program: &Program, of: &Subject, situation: &Situation, out: &mut Packed) {
    // What was read off the title names the words that it rests on.
    let words = situation.title().and_then(|title| match of {
        Subject::Signal(Signal::Seniority) => Some(&title.level.evidence),
        Subject::Signal(Signal::Departments) => Some(&title.departments.evidence),
        _ => None,
    });
    let words = words.filter(|words| !words.is_empty());
    out.index(1 + usize::from(words.is_some()));
    out.int(0);
    out.int(subject(of));
    out.known(of, &situation.look(of));
    if let Some(words) = words {
        out.int(0);
        out.int(subject(&Subject::Fact(program.standard.job_title)));
        out.int(found::TEXT);
        out.text(&shorten(words));
    }
}
