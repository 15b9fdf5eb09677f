//! What each fact may yet be, once the questions that are left are answered.

use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use super::prospect::{Destinations, Live, Prospect};
use crate::condition::{self, Mode, Truths};
use crate::lead::{FactValue, Lead};
use crate::program::{CriterionSubject, FactType, Program, Question, Subject};
use crate::route::Decision;
use crate::score::{self, Match, Points, Scored};
use crate::situation::{Applies, Situation, Still};
use crate::title::Department;
use crate::verdict::Packed;

/// Facts with their values.
type Settled<'a> = Vec<(u16, FactValue<'a>)>;

/// What is assumed of one question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assumed {
    /// Nothing: what is not answered may be answered.
    Nothing,
    /// The question of this index stays unanswered.
    Unanswered(usize),
    /// The question of this index gets its option of this index.
    Option(usize, usize),
}

/// A lead and all that its open questions may make of it.
pub struct Outlook<'a> {
    /// What runs.
    pub program: &'a Program,
    /// Questions that apply now and are not answered, of those that the form asks, as a mask.
    pub askable: u64,
    /// Questions that were answered, as a mask.
    pub answered: u64,
    /// The facts of the lead before any answer.
    facts: Vec<FactValue<'a>>,
    /// What the answer to each question settles, where there is one.
    answers: Vec<Settled<'a>>,
    /// What each option of each question settles; of free text, what typical answers settle.
    options: Vec<Vec<Settled<'a>>>,
    /// What a fact that nothing else settles may be once its question is open: the options, and
    /// unknown unless it must be answered.
    open_values: Vec<[Rc<[FactValue<'a>]>; 2]>,
    asked: u64,
    situation: Situation<'a>,
    matches: Vec<Match>,
    /// The facts for which `matches` were found.
    matched: Vec<(FactValue<'a>, Still<'a>)>,
    scored: Scored,
    /// The destination as it is now.
    pub now: Destinations,
    /// What undecided routes rest on while nothing is assumed, and what it was then.
    live: Live,
    before: (Vec<Truths>, Scored),
}

impl<'a> Outlook<'a> {
    /// The outlook of a lead of which the questions of the mask `asked` are asked.
    pub fn new(program: &'a Program, lead: Lead<'a>, now: i64, asked: u64) -> Self {
        let (facts, given) = (lead.facts.clone(), lead.answers.clone());
        let (mut situation, applies) = Situation::new(program, lead, now);
        let matches = score::matching(program, &situation);
        let scored = score::earn(program, &matches);
        let decision = Decision::new(program, &situation, &scored);
        let now = Destinations::decided(program, &decision);
        let mut answers = Vec::with_capacity(given.len());
        let mut answered = 0;
        for (index, (question, answer)) in program.questions.iter().zip(&given).enumerate() {
            let blank = answer.is_blank();
            answers.push(match blank {
                true => Vec::new(),
                false => situation.meant(question, answer),
            });
            answered |= if blank { 0 } else { mask_of(index) };
        }
        let options: Vec<Vec<Settled>> = program
            .questions
            .iter()
            .map(|question| {
                let typical = typical(program, question);
                let each = question
                    .options
                    .iter()
                    .map(|option| situation.chosen(question, option));
                each.chain(
                    typical
                        .into_iter()
                        .map(|text| vec![(question.fact, FactValue::Text(text.into()))]),
                )
                .collect()
            })
            .collect();
        let open_values = program
            .questions
            .iter()
            .zip(&options)
            .map(open_values)
            .collect();
        let matched = facts
            .iter()
            .map(|fact| (fact.clone(), Still::Any))
            .collect();
        situation.start_planning();
        let open = applies.iter().enumerate();
        let open = open.filter(|(_, applies)| **applies == Applies::Open);
        let mut outlook = Outlook {
            program,
            askable: open.fold(0, |mask, (index, _)| mask | mask_of(index)) & asked,
            answered,
            facts,
            answers,
            options,
            open_values,
            asked,
            situation,
            matches,
            matched,
            scored,
            now,
            live: Live::default(),
            before: Default::default(),
        };
        outlook.assume(Assumed::Nothing);
        let mut prospect = Prospect::new(program, &outlook.situation, &outlook.scored);
        let live = prospect.live();
        let truths = live.tests.iter().map(|test| prospect.test(*test)).collect();
        outlook.live = live;
        outlook.before = (truths, outlook.scored.clone());
        outlook
    }

    /// The destinations that are possible under the assumption that was made last, and whether it
    /// changes what undecided routes rest on: truths of tests, or points after all limits.
    pub fn destinations(&self) -> (Destinations, bool) {
        let mut prospect = Prospect::new(self.program, &self.situation, &self.scored);
        let destinations = prospect.destinations();
        let (truths, scored) = &self.before;
        let now = self.live.tests.iter().map(|test| prospect.test(*test));
        let [fit, engagement] = self.live.axes;
        let tells = (fit && differ(self.scored.fit, scored.fit))
            || (engagement && differ(self.scored.engagement, scored.engagement))
            || !now.eq(truths.iter().copied());
        (destinations, tells)
    }

    /// How many answers are tried in thought: options, or typical answers.
    pub fn tries(&self, question: usize) -> usize {
        self.options.get(question).map_or(0, Vec::len)
    }

    /// Whether an answer to a question is exactly one of its options.
    pub fn is_one_of(&self, question: usize) -> bool {
        let question = self.program.questions.get(question);
        question
            .is_some_and(|question| !question.options.is_empty() && !self.is_list(question.fact))
    }

    /// Whether an answer to another question may settle the fact of this one, which is then not asked
    /// however much it is required.
    pub fn is_settled_elsewhere(&self, question: usize) -> bool {
        let questions = &self.program.questions;
        let Some(fact) = questions.get(question).map(|question| question.fact) else {
            return false;
        };
        let mut others = questions.iter().zip(&self.options).enumerate();
        others.any(|(index, (other, options))| {
            let mut settled = options.iter().flatten();
            index != question && (other.fact == fact || settled.any(|(of, _)| *of == fact))
        })
    }

    fn is_list(&self, fact: u16) -> bool {
        let fact = self.program.facts.get(usize::from(fact));
        fact.is_some_and(|fact| fact.kind == FactType::List)
    }

    /// Assumes something, in place of what was assumed before, and says which questions may then
    /// yet be asked.
    ///
    /// As answers are applied: question by question in the order of the file, each of those whose
    /// `when` may hold.
    pub fn assume(&mut self, assumed: Assumed) -> u64 {
        for (index, fact) in (0..).zip(&self.facts) {
            if *self.situation.still(index) != Still::Settled
                || self.situation.fact(index) != Some(fact)
            {
                self.situation.plan(index, fact.clone(), Still::Settled);
            }
        }
        let mut open = 0;
        for (index, question) in self.program.questions.iter().enumerate() {
            let truths = question.when.as_ref().map_or(Truths::TRUE, |when| {
                condition::truths(self.program, when, &self.situation, Mode::Possible)
            });
            if !truths.has(Truths::TRUE) {
                continue;
            }
            let surely = truths == Truths::TRUE;
            let (is_assumed, option) = match assumed {
                Assumed::Unanswered(of) => (of == index, None),
                Assumed::Option(of, option) => (of == index, Some(option).filter(|_| of == index)),
                Assumed::Nothing => (false, None),
            };
            let answer = match option {
                Some(option) => self.options.get(index).and_then(|of| of.get(option)),
                None => self.answers.get(index),
            };
            for (fact, value) in answer.into_iter().flatten() {
                // An answer that means nothing may yet be taken back.
                let replaces = surely && *value != FactValue::Unknown;
                may_be(&mut self.situation, *fact, value, replaces);
            }
            // Wherever the question applies, an answer that means something has settled its fact.
            let means = answer.and_then(|answer| answer.first());
            let is_answered = means.is_some_and(|(_, value)| *value != FactValue::Unknown);
            if is_answered || is_assumed || self.asked & mask_of(index) == 0 {
                continue;
            }
            let fact = question.fact;
            let unknown = match self.situation.still(fact) {
                Still::Settled => self.situation.fact(fact) == Some(&FactValue::Unknown),
                Still::Any => true,
                // What another question may settle first is not settled yet.
                Still::Among(values) => {
                    values.contains(&FactValue::Unknown) || self.is_asked_in(open, fact)
                }
            };
            if !unknown || self.situation.is_told(question) {
                continue;
            }
            open |= mask_of(index);
            let must = surely && question.required;
            let joins = *self.situation.still(fact) != Still::Settled;
            if question.options.is_empty() || self.is_list(fact) {
                self.situation.plan(fact, FactValue::Unknown, Still::Any);
            } else if !joins {
                let values = self.open_values.get(index);
                let values = values
                    .and_then(|values| values.get(usize::from(must)))
                    .cloned();
                let still = values.map_or(Still::Any, Still::Among);
                self.situation.plan(fact, FactValue::Unknown, still);
            } else if must {
                never_unknown(&mut self.situation, fact);
            }
            let options = self.options.get(index).into_iter().flatten();
            for (of, value) in options.flatten() {
                if *of != fact || joins {
                    may_be(&mut self.situation, *of, value, false);
                }
            }
        }
        self.find_matches();
        self.scored = score::earn(self.program, &self.matches);
        // An answer to a later question may have settled the fact of an earlier one.
        let questions = self.program.questions.iter().enumerate();
        let settled = questions.filter(|(_, question)| {
            *self.situation.still(question.fact) == Still::Settled
                && self.situation.fact(question.fact) != Some(&FactValue::Unknown)
        });
        open & !settled.fold(0, |mask, (index, _)| mask | mask_of(index))
    }

    /// Whether one of the questions of a mask asks for this fact.
    fn is_asked_in(&self, questions: u64, fact: u16) -> bool {
        let all = self.program.questions.iter().enumerate();
        let mut of_fact = all.filter(|(_, question)| question.fact == fact);
        of_fact.any(|(index, _)| questions & mask_of(index) != 0)
    }

    /// Finds the bins anew of what may have changed since they were found.
    fn find_matches(&mut self) {
        let situation = &self.situation;
        let unchanged = |fact: u16| {
            let matched = self.matched.get(usize::from(fact));
            matched.is_some_and(|(value, still)| {
                situation.fact(fact) == Some(value) && is_same(situation.still(fact), still)
            })
        };
        for (criterion, found) in self.program.criteria.iter().zip(&mut self.matches) {
            match criterion.subject {
                CriterionSubject::PerEvent(_) | CriterionSubject::Value(Subject::Measure(_)) => {}
                CriterionSubject::Value(Subject::Fact(fact)) if unchanged(fact) => {}
                _ => *found = score::unmeasured(self.program, criterion, situation),
            }
        }
        for (index, (value, still)) in (0..).zip(&mut self.matched) {
            if let Some(now) = situation.fact(index)
                && (now != value || !is_same(situation.still(index), still))
            {
                value.clone_from(now);
                still.clone_from(situation.still(index));
            }
        }
    }

    /// The questions that are yet to be asked where only those are that must be answered.
    pub fn must_be_asked(&mut self) -> u64 {
        let questions = self.program.questions.iter().enumerate();
        let required = questions.filter(|(_, question)| question.required);
        self.asked &= required.fold(0, |mask, (index, _)| mask | mask_of(index));
        self.assume(Assumed::Nothing)
    }

    /// Appends the indices of the options of a question in the order to offer: those first that
    /// fit the readings of an ambiguous title.
    pub fn offer(&self, question: usize, out: &mut Packed) {
        let of = self.program.questions.get(question);
        let fitting = of.map_or(0, |of| self.situation.readings(of.fact));
        let count = of.map_or(0, |of| of.options.len());
        let fits = |option: &Settled| match option.first() {
            Some((_, FactValue::Choice(choice @ 0..64))) => fitting >> choice & 1 == 1,
            Some((_, FactValue::Choices(mask))) => fitting & mask != 0,
            _ => false,
        };
        let options = self.options.get(question).map_or(&[][..], Vec::as_slice);
        out.list(|out| {
            for first in [true, false] {
                for (index, option) in options.iter().take(count).enumerate() {
                    if fits(option) == first {
                        out.index(index);
                    }
                }
            }
            count
        });
    }
}

/// Typical answers in free text, from which only the order of asking is expected: a title that
/// buys and one that does not, an address at work and another.
fn typical(program: &Program, question: &Question) -> Vec<String> {
    let fact = question.fact;
    if !question.options.is_empty() {
        return Vec::new();
    }
    if fact == program.standard.job_title {
        let target = program.target_departments.first().copied();
        let target = target.unwrap_or(Department::Operations).id();
        return vec![
            ["Director ", target].concat(),
            ["Junior ", target].concat(),
            "Student".into(),
        ];
    }
    if fact == program.standard.email {
        return vec!["a@b.example".into(), "a@gmail.com".into()];
    }
    Vec::new()
}

/// What an open question makes of a fact that is unknown: with unknown, and without.
fn open_values<'a>(
    (question, options): (&Question, &Vec<Settled<'a>>),
) -> [Rc<[FactValue<'a>]>; 2] {
    let mut values = vec![FactValue::Unknown];
    for (fact, value) in options.iter().flatten() {
        if *fact == question.fact && !values.contains(value) {
            values.push(value.clone());
        }
    }
    let known = values.get(1..).unwrap_or_default().into();
    [values.into(), known]
}

/// A fact may be this value too, or is it for sure.
fn may_be<'a>(situation: &mut Situation<'a>, fact: u16, value: &FactValue<'a>, surely: bool) {
    if surely {
        return situation.plan(fact, value.clone(), Still::Settled);
    }
    let before = situation.fact(fact).cloned().unwrap_or_default();
    let mut values = match situation.still(fact) {
        Still::Any => return,
        Still::Settled => vec![before.clone()],
        Still::Among(values) if values.contains(value) => return,
        Still::Among(values) => values.to_vec(),
    };
    if !values.contains(value) {
        values.push(value.clone());
    }
    situation.plan(fact, before, Still::Among(values.into()));
}

/// A fact does not stay unknown.
fn never_unknown(situation: &mut Situation, fact: u16) {
    let Still::Among(values) = situation.still(fact) else {
        return;
    };
    let known = values.iter().filter(|value| **value != FactValue::Unknown);
    let known: Vec<_> = known.cloned().collect();
    situation.plan(fact, FactValue::Unknown, Still::Among(known.into()));
}

/// Whether a fact may yet be the same, as far as can be told at once.
fn is_same(one: &Still, other: &Still) -> bool {
    match (one, other) {
        (Still::Among(one), Still::Among(other)) => Rc::ptr_eq(one, other),
        _ => one == other,
    }
}

/// Whether least or most differ.
fn differ(one: Points, other: Points) -> bool {
    (one.low, one.high) != (other.low, other.high)
}

fn mask_of(index: usize) -> u64 {
    1_u64.checked_shl(index as u32).unwrap_or(0)
}
