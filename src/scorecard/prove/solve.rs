//! Whether any lead can make conditions true, false, or fail to.
//!
//! A search over the ways to meet several goals at once. Each way ends in wanted truths of single
//! tests; tests of one subject are looked at together, and so are all tests of points.
//! Different subjects count as independent, and a search that takes too long ends: both can only
//! make it say that something is possible, never that it is not.

use std::cell::Cell;

use super::points::{Reach, points_possible};
use super::values::{Wanted, kind, possible};
use crate::condition::Truths;
use crate::program::{Condition, Program, Subject};

/// What is wanted of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Want {
    /// That it is true.
    True,
    /// That it is false.
    False,
    /// That it is false or unknown.
    NotTrue,
    /// That it is true or unknown.
    NotFalse,
}

/// So many of several conditions must be as wanted.
#[derive(Clone, Copy, Debug)]
pub struct Goal<'p> {
    of: &'p [Condition],
    need: usize,
    want: Want,
}

impl<'p> Goal<'p> {
    /// One condition.
    pub fn one(condition: &'p Condition, want: Want) -> Self {
        Goal {
            of: std::slice::from_ref(condition),
            need: 1,
            want,
        }
    }

    /// At least one of several.
    pub fn any(of: &'p [Condition], want: Want) -> Self {
        Goal { of, need: 1, want }
    }

    /// All of several.
    pub fn all(of: &'p [Condition], want: Want) -> Self {
        Goal {
            of,
            need: of.len(),
            want,
        }
    }

    /// What a condition of parts wants of them. All true: every part is; not all true: one is not.
    fn inside(condition: &'p Condition, want: Want) -> Option<Self> {
        let (of, least) = match condition {
            Condition::Test(_) => return None,
            Condition::Not(of) => {
                let want = match want {
                    Want::True => Want::False,
                    Want::False => Want::True,
                    Want::NotTrue => Want::NotFalse,
                    Want::NotFalse => Want::NotTrue,
                };
                return Some(Goal::one(of, want));
            }
            Condition::All(of) => (of, of.len()),
            Condition::Any(of) => (of, 1),
            Condition::AtLeast(of) => (&of.of, of.n as usize),
        };
        let need = match want {
            Want::True | Want::NotFalse => least,
            Want::False | Want::NotTrue => (of.len() + 1).saturating_sub(least),
        };
        Some(Goal { of, need, want })
    }
}

/// One way to meet the goals so far.
#[derive(Clone, Default)]
struct Way<'p> {
    goals: Vec<Goal<'p>>,
    tests: Vec<(u16, Truths)>,
}

/// Steps of one search, and of all searches of one scorecard.
const STEPS: usize = 20_000;
const ALL_STEPS: usize = 2_000_000;

/// Searches for leads.
pub struct Solver<'p> {
    program: &'p Program,
    /// Which points leads can have.
    pub reach: Reach,
    left: Cell<usize>,
}

impl<'p> Solver<'p> {
    /// A solver that takes all points for possible.
    pub fn new(program: &'p Program) -> Self {
        Solver {
            program,
            reach: Reach::default(),
            left: Cell::new(ALL_STEPS),
        }
    }

    /// Whether a lead can be as wanted.
    pub fn can(&self, condition: &'p Condition, want: Want) -> bool {
        self.can_all(vec![Goal::one(condition, want)])
    }

    /// Whether one lead can meet all goals. Says yes where it cannot tell.
    pub fn can_all(&self, goals: Vec<Goal<'p>>) -> bool {
        let mut steps = STEPS.min(self.left.get());
        let before = steps;
        let mut ways = vec![Way {
            goals,
            tests: Vec::new(),
        }];
        let mut found = false;
        while let Some(way) = ways.pop() {
            // A way costs what it holds, so that long lists of tests buy no unbounded work.
            let cost = 1 + way.goals.len() + way.tests.len();
            if steps < cost || self.follow(way, &mut ways, &mut steps) {
                found = true;
                break;
            }
            steps = steps.saturating_sub(cost);
        }
        self.left.set(self.left.get() - (before - steps));
        found
    }

    /// Follows one way until it is met, fails, or forks: then the forks are put on `ways`.
    fn follow(&self, mut way: Way<'p>, ways: &mut Vec<Way<'p>>, steps: &mut usize) -> bool {
        loop {
            // What must be goes first: it rules out most of what may be.
            let forced = way
                .goals
                .iter()
                .rposition(|goal| goal.of.len() <= goal.need);
            let next = forced.or(way.goals.len().checked_sub(1));
            let Some(Goal { of, need, want }) = next.map(|index| way.goals.swap_remove(index))
            else {
                return true;
            };
            let Some((first, rest)) = of.split_first().filter(|_| need > 0) else {
                if need > 0 {
                    return false;
                }
                continue;
            };
            if of.len() < need {
                return false;
            }
            if of.len() > need {
                let mut without = way.clone();
                without.goals.push(Goal {
                    of: rest,
                    need,
                    want,
                });
                ways.push(without);
            }
            way.goals.push(Goal {
                of: rest,
                need: need - 1,
                want,
            });
            if let Some(goal) = Goal::inside(first, want) {
                way.goals.push(goal);
            } else if let Condition::Test(test) = first {
                let truth = match want {
                    Want::True | Want::NotFalse => Truths::TRUE,
                    Want::False | Want::NotTrue => Truths::FALSE,
                };
                if matches!(want, Want::NotTrue | Want::NotFalse) {
                    let mut unknown = way.clone();
                    if self.take(&mut unknown, *test, Truths::UNKNOWN, steps) {
                        ways.push(unknown);
                    }
                }
                if !self.take(&mut way, *test, truth, steps) {
                    return false;
                }
            }
            if *steps == 0 {
                return true;
            }
            *steps -= 1;
        }
    }

    /// Adds the wanted truth of a test; whether that is still possible with the others.
    fn take(&self, way: &mut Way<'p>, test: u16, truth: Truths, steps: &mut usize) -> bool {
        if let Some((_, other)) = way.tests.iter().find(|(other, _)| *other == test) {
            return *other == truth;
        }
        way.tests.push((test, truth));
        let all = || {
            let tests = way.tests.iter();
            tests.filter_map(|(test, truth)| {
                Some((self.program.tests.get(usize::from(*test))?, *truth))
            })
        };
        let Some(subject) = self
            .program
            .tests
            .get(usize::from(test))
            .map(|test| &test.subject)
        else {
            return true;
        };
        if is_points(subject) {
            let wanted: Vec<_> = all()
                .filter(|(test, _)| is_points(&test.subject))
                .map(|(test, truth)| (&test.subject, &test.check, truth))
                .collect();
            return points_possible(self.program, &self.reach, &wanted);
        }
        let wanted: Vec<Wanted> = all()
            .filter(|(test, _)| test.subject == *subject)
            .map(|(test, truth)| (&test.check, truth))
            .collect();
        *steps = steps.saturating_sub(wanted.len());
        possible(kind(self.program, subject), &wanted)
    }
}

fn is_points(subject: &Subject) -> bool {
    matches!(
        subject,
        Subject::Score | Subject::Points(_) | Subject::Band(_)
    )
}
