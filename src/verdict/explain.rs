//! Why: the facts behind a reason, the tests behind a decision.
//!
//! One piece of evidence is a truth (0 for a fact behind points), then the index of the test's
//! words or the subject, then what was found.

use alloc::vec::Vec;

use crate::condition::{Look, decisive};
use crate::problem::shorten;
use crate::program::{Condition, Criterion, CriterionSubject, Program, Subject};
use crate::signals::Signal;
use crate::situation::Situation;

use super::packed::{self, Packed, found, subject};

/// The tests that decide a condition as it is now, in the order of the file; a sentence once.
pub fn explain(program: &Program, condition: &Condition, look: &dyn Look, out: &mut Packed) {
    let mut told: Vec<u16> = Vec::new();
    out.list(|out| {
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
    });
}

/// The facts behind the points of a criterion.
pub fn evidence(program: &Program, criterion: &Criterion, situation: &Situation, out: &mut Packed) {
    match &criterion.subject {
        CriterionSubject::Condition(condition) => explain(program, condition, situation, out),
        CriterionSubject::PerEvent(measure) => {
            of_subject(program, &Subject::Measure(*measure), situation, out);
        }
        CriterionSubject::Value(subject) => of_subject(program, subject, situation, out),
    }
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
