//! What a lead's job title, and the facts that stand above it, say of its part in the decision.

use alloc::vec;
use alloc::vec::Vec;

use super::{Situation, Still, is_known, mask};
use crate::condition::{Known, Open, Value};
use crate::lead::FactValue;
use crate::program::Question;
use crate::title::{self, BuyingRole, Department, Level, Reading, Status};

impl Situation<'_> {
    /// Whether the title answers a question already: a resolved title is a known fact.
    pub fn is_told(&self, question: &Question) -> bool {
        let facts = &self.program.standard;
        let level = || is_known(&self.level());
        let departments = || is_known(&self.departments());
        let fact = question.fact;
        !question.required
            && ((fact == facts.seniority && level())
                || (fact == facts.department && departments())
                || (fact == facts.buying_role && level() && departments()))
    }

    /// What the job title says; `None` where there is none.
    pub fn title(&self) -> Option<&Reading> {
        let Some(FactValue::Text(text)) = self.fact(self.program.standard.job_title) else {
            return None;
        };
        let read = || (text.clone(), title::read(text));
        Some(&self.derived.title.get_or_init(read).1)
    }

    /// A signal that an explicit fact gives, else the title: what `read` makes of it.
    fn told(&self, fact: u16, read: impl FnOnce(&Reading) -> Known<'static>) -> Known<'_> {
        let explicit = self.known_fact(fact);
        if is_known(&explicit) {
            return explicit;
        }
        let planned = !self.still.is_empty();
        if planned && self.may_change(self.program.standard.job_title) {
            return Known::any();
        }
        let by_title = match self.title().map(read) {
            None if planned => Known::given(None),
            None => Known::any(),
            // Nobody asks what an ambiguous title meant, but a question may ask the fact.
            Some(known) if planned => Known::given(known.value),
            Some(known) => known,
        };
        if planned {
            by_title.or(explicit)
        } else {
            by_title
        }
    }

    pub(super) fn level(&self) -> Known<'_> {
        self.told(self.program.standard.seniority, |reading| {
            match reading.level.resolved() {
                [level, ..] => Known::settled(Value::Choice(level.index() as u16)),
                [] => unresolved(&reading.level, |level| level.index()),
            }
        })
    }

    pub(super) fn departments(&self) -> Known<'_> {
        self.told(self.program.standard.department, |reading| {
            match reading.departments.resolved() {
                [] => unresolved(&reading.departments, |department| department.index()),
                found => Known::settled(Value::Choices(mask(found.iter().map(|d| d.index())))),
            }
        })
    }

    /// The role now; open to every role that open facts could yet give.
    pub(super) fn buying_role(&self) -> Known<'static> {
        let explicit = self.known_fact(self.program.standard.buying_role);
        if let (Some(Value::Choice(role)), Open::Settled) = (&explicit.value, explicit.open) {
            return Known::settled(Value::Choice(*role));
        }
        let role = self.computed_role();
        if self.still.is_empty() {
            role
        } else {
            role.or(explicit)
        }
    }

    fn computed_role(&self) -> Known<'static> {
        if !self.still.is_empty() && self.may_change(self.program.standard.job_title) {
            return Known::any();
        }
        let (level, departments) = (self.level(), self.departments());
        let untold = self.title().is_none() && level.value.is_none() && departments.value.is_none();
        if untold {
            let settled = level.open == Open::Settled && departments.open == Open::Settled;
            return if settled {
                Known::given(None)
            } else {
                Known::any()
            };
        }
        let now_departments = match departments.value {
            Some(Value::Choices(set)) => self.main_first(set),
            _ => Vec::new(),
        };
        let sizes = self.possible_sizes();
        let mut open = 0_u64;
        let mut now = None;
        for level in possible_levels(&level) {
            for employees in &sizes {
                let role = self.role_of(level, &now_departments, *employees).index();
                now.get_or_insert(role);
                open |= 1 << role;
            }
        }
        if departments.open != Open::Settled {
            // Sets of departments are too many to try: every role stays possible.
            open = (1 << BuyingRole::ALL.len()) - 1;
        }
        let value = now.map(|role| Value::Choice(role as u16));
        Known {
            value,
            open: if open.count_ones() == 1 {
                Open::Settled
            } else {
                Open::Choices(open)
            },
        }
    }

    /// What an ambiguous title may mean for seniority, departments or buying role, as a mask; 0
    /// where the title leaves nothing open.
    pub fn readings(&self, fact: u16) -> u64 {
        let facts = &self.program.standard;
        let Some(reading) = self.title() else {
            return 0;
        };
        let levels = readings(&reading.level, |level| level.index());
        let departments = readings(&reading.departments, |department| department.index());
        if fact == facts.seniority {
            return levels;
        }
        if fact == facts.department {
            return departments;
        }
        if fact != facts.buying_role {
            return 0;
        }
        let mut roles = 0;
        let mut each = of_mask(departments)
            .into_iter()
            .map(Some)
            .collect::<Vec<_>>();
        if each.is_empty() {
            each.push(None);
        }
        let known = Known {
            value: None,
            open: Open::Choices(levels),
        };
        // Unknown itself is no reading, unless there is no other.
        for level in possible_levels(&known)
            .into_iter()
            .skip(usize::from(levels != 0))
        {
            for department in &each {
                for employees in self.possible_sizes() {
                    roles |= 1
                        << self
                            .role_of(level, department.as_slice(), employees)
                            .index();
                }
            }
        }
        roles
    }

    /// A set of departments, in the order in which the title puts them if it is the title's.
    fn main_first(&self, set: u64) -> Vec<Department> {
        let told = self.title().map(|reading| reading.departments.resolved());
        let told = told.unwrap_or_default();
        if mask(told.iter().map(|department| department.index())) == set {
            told.to_vec()
        } else {
            of_mask(set)
        }
    }

    fn role_of(
        &self,
        level: Option<Level>,
        departments: &[Department],
        employees: Option<f64>,
    ) -> BuyingRole {
        let (status, flags) = self.title().map_or((Status::Unknown, &[][..]), |reading| {
            (reading.status, reading.flags.as_slice())
        });
        let targets = &self.program.target_departments;
        title::buying_role(level, departments, status, flags, targets, employees)
    }

    /// Company sizes that may yet be, the present one first: what the role tells apart.
    fn possible_sizes(&self) -> Vec<Option<f64>> {
        let index = self.program.standard.employees;
        let mut sizes = Vec::new();
        match self.still.get(usize::from(index)) {
            Some(Still::Among(values)) => values
                .iter()
                .for_each(|value| push_sizes(value, &mut sizes)),
            Some(Still::Settled) => {
                push_sizes(self.fact(index).unwrap_or(&FactValue::Unknown), &mut sizes)
            }
            Some(Still::Any) => sizes.extend(ANY_SIZE),
            None => match self.fact(index) {
                None | Some(FactValue::Unknown) => sizes.extend(ANY_SIZE),
                Some(value) => push_sizes(value, &mut sizes),
            },
        }
        sizes
    }
}

/// Unknown, with the values that the title's words allow; any value where they allow none.
fn unresolved<T: Copy>(finding: &title::Finding<T>, index: impl Fn(T) -> usize) -> Known<'static> {
    let allowed = readings(finding, index);
    let open = if allowed == 0 || finding.certainty != title::Certainty::Ambiguous {
        Open::Any
    } else {
        Open::Choices(allowed)
    };
    Known { value: None, open }
}

/// Unknown, small, large.
const ANY_SIZE: [Option<f64>; 3] = [None, Some(1.0), Some(1e9)];

/// Appends a company size, for a range some of its middle and both ends.
fn push_sizes(value: &FactValue, sizes: &mut Vec<Option<f64>>) {
    match value {
        FactValue::Number(employees) => sizes.push(Some(*employees)),
        FactValue::Range(from, to) => {
            let (least, most) = (from.max(0.0), (to - 1.0).min(1e9).max(*from));
            sizes.extend([Some(least.midpoint(most)), Some(least), Some(most)]);
        }
        _ => sizes.push(None),
    }
}

/// What the words of a title may mean, as a mask.
fn readings<T: Copy>(finding: &title::Finding<T>, index: impl Fn(T) -> usize) -> u64 {
    let all = finding.values.iter().chain(&finding.alternatives);
    mask(all.map(|value| index(*value)))
}

/// Levels that may yet be, the present one first.
fn possible_levels(known: &Known) -> Vec<Option<Level>> {
    let now = match known.value {
        Some(Value::Choice(level)) => Level::from_index(usize::from(level)),
        _ => None,
    };
    let mut levels = vec![now];
    match known.open {
        Open::Any | Open::Among(_) => levels.extend(Level::ALL.iter().copied().map(Some)),
        Open::Choices(mask) => levels.extend(
            Level::ALL
                .iter()
                .copied()
                .filter(|level| mask >> level.index() & 1 == 1)
                .map(Some),
        ),
        Open::Settled | Open::Between(..) | Open::Points(..) => {}
    }
    levels
}

fn of_mask(mask: u64) -> Vec<Department> {
    Department::ALL
        .iter()
        .copied()
        .filter(|d| mask >> d.index() & 1 == 1)
        .collect()
}
