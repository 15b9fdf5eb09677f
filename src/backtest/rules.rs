//! What follows from a score: bands, stage, route and worth, as a table.
//!
//! Score tests compare totals with constants, so for leads for which the same other conditions hold
//! ([`Rules::classes`]) the decision is the same wherever no constant lies between their scores: a
//! *cell*. `route.rs` decides for one lead, this for all of them.

use crate::condition::{self, Known, Look, Mode, Truths, Value, truths};
use crate::program::{Axis, Check, Condition, Program, Subject, Test};
use crate::route::{self, Stage};

use super::matches::{Class, Matches};
use super::plan::looks_at_score;
use super::plane::Plane;

/// What is decided of a lead, beside its bands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Index of the stage; [`NO_STAGE`], or [`DISQUALIFIED`] where the scorecard has none for it.
    pub stage: i32,
    /// Whether people set the stage.
    pub given: bool,
    /// Whether any disqualifier holds.
    pub disqualified: bool,
    /// Index of the route in the texts.
    pub route: u32,
    /// Index of the segment; the number of segments for leads of none.
    pub segment: u32,
}

/// No stage's condition holds.
pub const NO_STAGE: i32 = -1;
/// Disqualified, where the scorecard has no stage of that kind.
pub const DISQUALIFIED: i32 = -2;

/// Conditions that do not look at the score, told for some leads where they are known, and the stage
/// that people set.
pub type Told = (Vec<Option<bool>>, Option<u16>);

/// Decisions of one scorecard.
#[derive(Clone, Debug)]
pub struct Rules {
    /// The program with each greatest condition that does not look at the score in place of its
    /// tests: those are told by class.
    program: Program,
    classes: Vec<Told>,
    /// Index of the class of each lead.
    pub class_of: Plane,
    cuts: Cuts,
    /// Places of the constants among the cuts, for which the table was made.
    made_for: Vec<usize>,
    table: Vec<u32>,
    decisions: Vec<Decision>,
}

/// Where decisions change along fit, engagement and score.
#[derive(Clone, Debug, Default, PartialEq)]
struct Cuts {
    fit: Vec<i32>,
    engagement: Vec<i32>,
    score: Vec<i32>,
}

impl Rules {
    /// The rules of a program for matched leads.
    pub fn new(program: &Program, matches: &Matches) -> Rules {
        let (rewritten, atoms) = rewritten(program);
        let mut told = program.clone();
        for (index, test) in (0..).zip(&mut told.tests) {
            *test = is_told(index);
        }
        let mut classes: Vec<Told> = Vec::new();
        let mut place_of = Vec::with_capacity(matches.classes.len());
        for class in &matches.classes {
            let truth = |atom| settled(truths(&told, atom, class, Mode::Now));
            let of: Told = (atoms.iter().map(truth).collect(), class.stage);
            let place = classes.iter().position(|other| *other == of);
            place_of.push(place.unwrap_or_else(|| {
                classes.push(of);
                classes.len() - 1
            }) as u32);
        }
        let class_of = matches.class_of.looked_up(&place_of);
        Rules::made(rewritten, classes, class_of)
    }

    /// The rules of a program for leads of these classes, whichever leads those are.
    pub fn of(program: &Program, classes: Vec<Told>) -> Rules {
        Rules::made(rewritten(program).0, classes, Plane::default())
    }

    fn made(program: Program, classes: Vec<Told>, class_of: Plane) -> Rules {
        let mut rules = Rules {
            program,
            classes,
            class_of,
            cuts: Cuts::default(),
            made_for: Vec::new(),
            table: Vec::new(),
            decisions: Vec::new(),
        };
        rules.make();
        rules
    }

    /// All decisions that occur.
    pub fn decisions(&self) -> &[Decision] {
        &self.decisions
    }

    /// All classes.
    pub fn classes(&self) -> &[Told] {
        &self.classes
    }

    /// Where the decision on leads with these points of fit stands in the table of a class, as far
    /// as fit tells; the offsets of all three add up.
    pub fn offset_of_fit(&self, points: i32) -> u32 {
        let beside = (self.cuts.engagement.len() + 1) * (self.cuts.score.len() + 1);
        (passed(&self.cuts.fit, points) * beside) as u32
    }

    /// As far as engagement tells.
    pub fn offset_of_engagement(&self, points: i32) -> u32 {
        (passed(&self.cuts.engagement, points) * (self.cuts.score.len() + 1)) as u32
    }

    /// As far as the score tells.
    pub fn offset_of_score(&self, points: i32) -> u32 {
        passed(&self.cuts.score, points) as u32
    }

    /// Index of the decision on leads of a class at this offset.
    pub fn decided(&self, class: u32, offset: u32) -> u32 {
        let place = class as usize * self.cells() + offset as usize;
        self.table.get(place).copied().unwrap_or(0)
    }

    /// Index of the band of fit and of engagement.
    pub fn bands(&self, fit: i32, engagement: i32) -> (usize, usize) {
        (
            self.band(Axis::Fit, fit),
            self.band(Axis::Engagement, engagement),
        )
    }

    /// Index of the band of points on an axis.
    pub fn band(&self, axis: Axis, points: i32) -> usize {
        let (fit, engagement) = &self.program.bands;
        match axis {
            Axis::Fit => band(fit, points),
            Axis::Engagement => band(engagement, points),
        }
    }

    /// Number of bands of engagement.
    pub fn bands_of_engagement(&self) -> u32 {
        self.program.bands.1.len() as u32
    }

    /// Follows the same program with other bands and other constants.
    pub fn follow(&mut self, program: &Program) {
        self.program = rewritten(program).0;
        self.make();
    }

    fn cells(&self) -> usize {
        let Cuts {
            fit,
            engagement,
            score,
        } = &self.cuts;
        (fit.len() + 1) * (engagement.len() + 1) * (score.len() + 1)
    }

    /// Makes the table anew where the order of the constants changed.
    fn make(&mut self) {
        let bands = &self.program.bands;
        let edges = |bands: &[Option<i32>]| bands.iter().copied().flatten().collect::<Vec<_>>();
        let (fit, engagement) = (edges(&bands.0), edges(&bands.1));
        let of_tests = |subject: &Subject| -> Vec<i32> {
            let tests = self
                .program
                .tests
                .iter()
                .filter(|test| test.subject == *subject);
            tests.flat_map(|test| constants(&test.check)).collect()
        };
        let all = [
            [fit, of_tests(&Subject::Points(Axis::Fit))].concat(),
            [engagement, of_tests(&Subject::Points(Axis::Engagement))].concat(),
            of_tests(&Subject::Score),
        ];
        let sorted = |constants: &Vec<i32>| {
            let mut sorted = constants.clone();
            sorted.sort_unstable();
            sorted.dedup();
            sorted
        };
        let [fit, engagement, score] = [sorted(&all[0]), sorted(&all[1]), sorted(&all[2])];
        let cuts = Cuts {
            fit,
            engagement,
            score,
        };
        let axes = [&cuts.fit, &cuts.engagement, &cuts.score];
        let places = all.iter().zip(axes).flat_map(|(constants, cuts)| {
            constants
                .iter()
                .map(|constant| cuts.partition_point(|cut| cut < constant))
        });
        let made_for: Vec<usize> = places.collect();
        self.cuts = cuts;
        if self.made_for == made_for && !self.table.is_empty() {
            return;
        }
        self.made_for = made_for;
        // Decisions are only ever added, so that an index means the same before and after a move.
        self.table.clear();
        for class in 0..self.classes.len() {
            for fit in values(&self.cuts.fit) {
                for engagement in values(&self.cuts.engagement) {
                    for score in values(&self.cuts.score) {
                        let decision = self.decision(class, fit, engagement, score);
                        let place = self.decisions.iter().position(|other| *other == decision);
                        let place = place.unwrap_or_else(|| {
                            self.decisions.push(decision);
                            self.decisions.len() - 1
                        });
                        self.table.push(place as u32);
                    }
                }
            }
        }
    }

    /// As `route::Decision` decides.
    fn decision(&self, class: usize, fit: i32, engagement: i32, score: i32) -> Decision {
        let program = &self.program;
        let none = (Vec::new(), None);
        let mut cell = Cell {
            told: self.classes.get(class).unwrap_or(&none),
            bands: self.bands(fit, engagement),
            points: [fit, engagement, score],
            stage: None,
        };
        let disqualified = program
            .disqualifiers
            .iter()
            .any(|when| condition::holds(program, when, &cell));
        let suggested = || {
            let mut holding = route::suggested(program);
            holding.find(|(_, when)| condition::holds(program, when, &cell))
        };
        let stage = match cell.told.1 {
            Some(given) => Stage::Given(given.into()),
            None if disqualified => Stage::disqualified(program),
            None => suggested().map_or(Stage::None, |(index, _)| Stage::Suggested(index)),
        };
        cell.stage = Some(stage.place(program));
        let route = program.routes.iter().position(|route| {
            route.for_disqualified == disqualified && condition::holds(program, &route.when, &cell)
        });
        let segments = program.value.iter().flat_map(|value| &value.segments);
        let segment = segments
            .clone()
            .position(|segment| condition::holds(program, &segment.when, &cell));
        Decision {
            stage: match stage {
                Stage::Given(index) | Stage::Suggested(index) => index as i32,
                Stage::Disqualified => DISQUALIFIED,
                Stage::None => NO_STAGE,
            },
            given: matches!(stage, Stage::Given(_)),
            disqualified,
            route: route.unwrap_or_else(|| program.fallback(disqualified)) as u32,
            segment: segment.unwrap_or_else(|| segments.count()) as u32,
        }
    }
}

/// A program with each greatest condition that does not look at the score in place of its tests, and
/// those conditions.
fn rewritten(program: &Program) -> (Program, Vec<Condition>) {
    let mut rewriting = Rewriting {
        program,
        tests: Vec::new(),
        atoms: Vec::new(),
    };
    let mut rewritten = Program {
        criteria: Vec::new(),
        groups: Vec::new(),
        ..program.clone()
    };
    rewriting.all(&mut rewritten);
    rewritten.tests = rewriting.tests;
    (rewritten, rewriting.atoms)
}

/// A truth that is decided; nothing of any other.
fn settled(truth: Truths) -> Option<bool> {
    match truth {
        Truths::TRUE => Some(true),
        Truths::FALSE => Some(false),
        _ => None,
    }
}

/// A test that is told, by its index.
fn is_told(index: usize) -> Test {
    Test {
        subject: Subject::Fact(index as u16),
        check: Check::Is(true),
        words: 0,
    }
}

fn known(truth: Option<bool>) -> Known<'static> {
    match truth {
        Some(truth) => Known::settled(Value::Boolean(truth)),
        None => Known::given(None),
    }
}

impl Look for Class {
    fn look(&self, subject: &Subject) -> Known<'_> {
        match subject {
            Subject::Fact(index) => {
                let truth = self.truths.get(usize::from(*index)).copied();
                known(truth.and_then(settled))
            }
            _ => Known::given(None),
        }
    }
}

/// Leads of a class with scores between the same constants.
struct Cell<'a> {
    told: &'a Told,
    bands: (usize, usize),
    points: [i32; 3],
    /// What tests see of the stage, once it is decided.
    stage: Option<u16>,
}

impl Look for Cell<'_> {
    fn look(&self, subject: &Subject) -> Known<'_> {
        let [fit, engagement, score] = self.points.map(f64::from);
        let choice = |index: usize| Known::settled(Value::Choice(index as u16));
        match subject {
            Subject::Fact(index) => known(self.told.0.get(usize::from(*index)).copied().flatten()),
            Subject::Score => Known::settled(Value::Number(score)),
            Subject::Points(Axis::Fit) => Known::settled(Value::Number(fit)),
            Subject::Points(Axis::Engagement) => Known::settled(Value::Number(engagement)),
            Subject::Band(Axis::Fit) => choice(self.bands.0),
            Subject::Band(Axis::Engagement) => choice(self.bands.1),
            Subject::Stage => Known::given(self.stage.map(Value::Choice)),
            _ => Known::given(None),
        }
    }
}

/// Puts conditions that do not look at the score as a whole in place of their tests.
struct Rewriting<'a> {
    program: &'a Program,
    tests: Vec<Test>,
    atoms: Vec<Condition>,
}

impl Rewriting<'_> {
    /// All conditions that decide.
    fn all(&mut self, program: &mut Program) {
        program
            .disqualifiers
            .iter_mut()
            .for_each(|when| self.rewrite(when));
        let stages = program
            .stages
            .iter_mut()
            .filter_map(|stage| stage.when.as_mut());
        stages.for_each(|when| self.rewrite(when));
        program
            .routes
            .iter_mut()
            .for_each(|route| self.rewrite(&mut route.when));
        let segments = program
            .value
            .iter_mut()
            .flat_map(|value| &mut value.segments);
        segments.for_each(|segment| self.rewrite(&mut segment.when));
    }

    fn rewrite(&mut self, condition: &mut Condition) {
        if self.is_free(condition) {
            let atom = self.atoms.iter().position(|atom| atom == condition);
            let atom = atom.unwrap_or_else(|| {
                self.atoms.push(condition.clone());
                self.atoms.len() - 1
            });
            *condition = self.test(is_told(atom));
            return;
        }
        match condition {
            Condition::All(of) | Condition::Any(of) => {
                of.iter_mut().for_each(|of| self.rewrite(of))
            }
            Condition::Not(of) => self.rewrite(of),
            Condition::AtLeast(of) => of.of.iter_mut().for_each(|of| self.rewrite(of)),
            Condition::Test(index) => {
                if let Some(test) = self.program.tests.get(usize::from(*index)) {
                    *condition = self.test(test.clone());
                }
            }
        }
    }

    fn test(&mut self, test: Test) -> Condition {
        self.tests.push(test);
        Condition::Test((self.tests.len() - 1) as u16)
    }

    fn is_free(&self, condition: &Condition) -> bool {
        match condition {
            Condition::All(of) | Condition::Any(of) => of.iter().all(|of| self.is_free(of)),
            Condition::Not(of) => self.is_free(of),
            Condition::AtLeast(of) => of.of.iter().all(|of| self.is_free(of)),
            Condition::Test(index) => {
                let test = self.program.tests.get(usize::from(*index));
                test.is_none_or(|test| !looks_at_score(&test.subject))
            }
        }
    }
}

/// The whole numbers at which a check begins to say something else.
fn constants(check: &Check) -> Vec<i32> {
    match check {
        Check::Within(interval) => {
            let next = |number: f64, beyond: bool| {
                if beyond {
                    number.floor() as i32 + 1
                } else {
                    number.ceil() as i32
                }
            };
            let min = interval.min.map(|min| next(min, interval.above));
            let max = interval.max.map(|max| next(max, !interval.below));
            min.into_iter().chain(max).collect()
        }
        Check::Numbers(numbers) => {
            let both = numbers.iter().map(|number| number.ceil() as i32);
            both.flat_map(|number| [number, number.saturating_add(1)])
                .collect()
        }
        _ => Vec::new(),
    }
}

/// How many of the cuts points have reached.
fn passed(cuts: &[i32], points: i32) -> usize {
    cuts.partition_point(|cut| *cut <= points)
}

/// A value below all cuts, then one from each on.
fn values(cuts: &[i32]) -> Vec<i32> {
    let below = cuts.first().map_or(0, |first| first.saturating_sub(1));
    [below].into_iter().chain(cuts.iter().copied()).collect()
}

/// Index of the band that holds `points`: bands go from the highest down.
fn band(bands: &[Option<i32>], points: i32) -> usize {
    let place = bands
        .iter()
        .position(|from| from.is_none_or(|from| points >= from));
    place.unwrap_or(bands.len().saturating_sub(1))
}
