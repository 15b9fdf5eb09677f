//! Which columns of a file decide what: so that each criterion and each test is worked out once for
//! every combination of cells that it depends on, not once for every lead.

use std::collections::BTreeSet;

use super::columns::{self, Role};
use super::leads::Leads;
use crate::card::Card;
use crate::program::{Check, Condition, Criterion, CriterionSubject, Program, Subject};
use crate::signals::Signal;
use crate::table::Slot;

/// Cells that the scorecard reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Input {
    /// Where in a lead they go.
    pub slot: Slot,
    /// Index among the kept cells.
    pub kept: usize,
}

/// What depends on the same inputs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Unit {
    /// Indices of the inputs.
    pub inputs: BTreeSet<usize>,
    /// Indices of the criteria.
    pub criteria: Vec<usize>,
    /// Indices of the tests that do not look at the score.
    pub tests: Vec<usize>,
    /// Whether it tells the stage that people set.
    pub stage: bool,
    /// Facts that are looked at as they are, not only through signals or for being known.
    pub plain: BTreeSet<u16>,
}

/// How a scorecard reads a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Names of the properties of events that the scorecard reads.
    pub properties: Vec<String>,
    /// The cells that it reads.
    pub inputs: Vec<Input>,
    /// What depends on which of them.
    pub units: Vec<Unit>,
}

/// What something depends on.
#[derive(Clone, Debug, Default)]
struct Needs {
    inputs: BTreeSet<usize>,
    plain: BTreeSet<u16>,
    questions: BTreeSet<usize>,
}

impl Plan {
    /// Plans how `card` reads `leads`.
    pub fn new(card: &Card, leads: &Leads) -> Plan {
        let kept = leads.kept.iter().enumerate();
        let inputs: Vec<Input> = kept
            .filter_map(|(kept, of)| match &of.role {
                Role::Place(place) => {
                    columns::slot(&card.texts, place).map(|slot| Input { slot, kept })
                }
                _ => None,
            })
            .collect();
        let program = &card.program;
        let planner = Planner {
            program,
            inputs: &inputs,
        };
        let mut units: Vec<Unit> = Vec::new();
        for (index, criterion) in program.criteria.iter().enumerate() {
            let needs = planner.criterion(criterion);
            unit(&mut units, needs, |unit| unit.criteria.push(index));
        }
        for (index, test) in program.tests.iter().enumerate() {
            if !looks_at_score(&test.subject) {
                let needs = planner.test(index);
                unit(&mut units, needs, |unit| unit.tests.push(index));
            }
        }
        let mut needs = Needs::default();
        planner.fact(program.standard.stage, &mut needs);
        needs.plain.insert(program.standard.stage);
        unit(&mut units, needs, |unit| unit.stage = true);
        Plan {
            properties: card.texts.properties.clone(),
            inputs,
            units,
        }
    }

    /// What nothing in the file tells of: its criteria and its tests are the same for all leads.
    pub fn untold(&self) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.inputs.is_empty())
    }
}

/// Calls `add` with the unit that has these inputs; a new one where there is none.
fn unit(units: &mut Vec<Unit>, needs: Needs, add: impl FnOnce(&mut Unit)) {
    let known = units.iter_mut().find(|unit| unit.inputs == needs.inputs);
    if let Some(unit) = known {
        unit.plain.extend(needs.plain);
        return add(unit);
    }
    let mut unit = Unit {
        inputs: needs.inputs,
        plain: needs.plain,
        ..Unit::default()
    };
    add(&mut unit);
    units.push(unit);
}

/// Whether a subject is decided only after scoring.
pub fn looks_at_score(subject: &Subject) -> bool {
    matches!(
        subject,
        Subject::Score | Subject::Points(_) | Subject::Band(_) | Subject::Stage
    )
}

struct Planner<'a> {
    program: &'a Program,
    inputs: &'a [Input],
}

impl Planner<'_> {
    fn criterion(&self, criterion: &Criterion) -> Needs {
        let mut needs = Needs::default();
        match &criterion.subject {
            CriterionSubject::Value(subject) => self.subject(subject, true, &mut needs),
            CriterionSubject::Condition(condition) => self.condition(condition, &mut needs),
            CriterionSubject::PerEvent(measure) => {
                self.subject(&Subject::Measure(*measure), true, &mut needs);
            }
        }
        needs
    }

    fn test(&self, index: usize) -> Needs {
        let mut needs = Needs::default();
        self.add_test(index, &mut needs);
        needs
    }

    fn add_test(&self, index: usize, needs: &mut Needs) {
        if let Some(test) = self.program.tests.get(index) {
            self.subject(&test.subject, !matches!(test.check, Check::Known(_)), needs);
        }
    }

    fn condition(&self, condition: &Condition, needs: &mut Needs) {
        match condition {
            Condition::All(of) | Condition::Any(of) => {
                of.iter().for_each(|of| self.condition(of, needs));
            }
            Condition::Not(of) => self.condition(of, needs),
            Condition::AtLeast(of) => of.of.iter().for_each(|of| self.condition(of, needs)),
            Condition::Test(index) => self.add_test(usize::from(*index), needs),
        }
    }

    fn subject(&self, subject: &Subject, plain: bool, needs: &mut Needs) {
        let facts = &self.program.standard;
        let title = [facts.job_title];
        let signal: &[u16] = match subject {
            Subject::Fact(index) => {
                if plain {
                    needs.plain.insert(*index);
                }
                &[*index]
            }
            Subject::DaysSince(index) => &[*index],
            Subject::Measure(measure) => {
                let measure = self.program.measures.get(usize::from(*measure));
                if let Some(aggregate) = measure.and_then(|measure| measure.aggregate) {
                    let index = usize::from(aggregate);
                    self.slot(Slot::Aggregate(index), needs);
                    self.slot(Slot::LastAt(index), needs);
                }
                self.slot(Slot::Events, needs);
                return;
            }
            Subject::Score | Subject::Points(_) | Subject::Band(_) | Subject::Stage => return,
            Subject::Signal(signal) => match signal {
                Signal::Seniority => &[facts.job_title, facts.seniority],
                Signal::Departments => &[facts.job_title, facts.department],
                Signal::BuyingRole => &[
                    facts.job_title,
                    facts.seniority,
                    facts.department,
                    facts.buying_role,
                    facts.employees,
                ],
                Signal::TitleStatus | Signal::TitleFlags => &title,
                Signal::EmailKind | Signal::EmailDomain => &[facts.email],
                Signal::Channel => &facts.touch(),
                Signal::EventCount | Signal::DaysSinceFirstEvent | Signal::DaysSinceLastEvent => {
                    self.slot(Slot::Events, needs);
                    return;
                }
            },
        };
        for index in signal {
            self.fact(*index, needs);
        }
    }

    /// A fact comes from its own column and from the answers that may set it, which hang on what
    /// decides whether their questions apply.
    fn fact(&self, fact: u16, needs: &mut Needs) {
        self.slot(Slot::Fact(usize::from(fact)), needs);
        for (index, question) in self.program.questions.iter().enumerate() {
            let sets = question.fact == fact
                || question
                    .options
                    .iter()
                    .any(|option| option.sets.iter().any(|(set, _)| *set == fact));
            if !sets || !self.has(Slot::Question(index)) || !needs.questions.insert(index) {
                continue;
            }
            self.slot(Slot::Question(index), needs);
            if let Some(when) = &question.when {
                self.condition(when, needs);
            }
        }
    }

    fn has(&self, slot: Slot) -> bool {
        self.inputs.iter().any(|input| input.slot == slot)
    }

    fn slot(&self, slot: Slot, needs: &mut Needs) {
        needs
            .inputs
            .extend(self.inputs.iter().position(|input| input.slot == slot));
    }
}
