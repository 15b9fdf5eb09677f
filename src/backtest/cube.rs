//! Leads that move alike, counted together: what makes a slider follow the pointer.
//!
//! While points of one criterion or limits of one group move, a lead's score depends on what it
//! found there and on three sums that stand still. Leads for which all of this and the class are the
//! same move as one, however many they are.
//!
//! Where each lead stands is kept apart ([`Standing`]): another boundary of the criterion that moves
//! changes nothing of it, another condition only the classes, so that leads are only counted again.

use super::index::{Index, hash_number};
use super::leads::Leads;
use super::lookup::{Lookup, bounds};
use super::matches::Matches;
use super::plane::Plane;
use super::points::{self, Sums, axis_limit, within};
use super::rules::Rules;
use super::wording::Outcome;
use crate::program::{Axis, Program};

/// What may move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lever {
    /// Points and limit of a criterion, and the limit of its group.
    Criterion(usize),
    /// The limit of a group.
    Group(usize),
    /// Limits of axes, bands and thresholds.
    Totals,
}

impl Lever {
    /// The criterion that moves.
    pub fn criterion(self) -> Option<usize> {
        match self {
            Lever::Criterion(index) => Some(index),
            Lever::Group(_) | Lever::Totals => None,
        }
    }

    /// The group whose limit may move.
    fn group(self, program: &Program) -> Option<usize> {
        match self {
            Lever::Criterion(index) => program.criteria.get(index)?.group.map(usize::from),
            Lever::Group(index) => Some(index),
            Lever::Totals => None,
        }
    }

    /// A number for its kind, and its index.
    pub fn code(self) -> (u8, u32) {
        match self {
            Lever::Criterion(index) => (0, index as u32),
            Lever::Group(index) => (1, index as u32),
            Lever::Totals => (2, 0),
        }
    }

    /// The lever with this code.
    pub fn of_code((kind, index): (u8, u32)) -> Lever {
        match kind {
            0 => Lever::Criterion(index as usize),
            1 => Lever::Group(index as usize),
            _ => Lever::Totals,
        }
    }

    /// The axis whose sums move.
    fn axis(self, program: &Program) -> Axis {
        let axis = match self {
            Lever::Criterion(index) => program.criteria.get(index).map(|of| of.axis),
            Lever::Group(index) => program.groups.get(index).map(|of| of.axis),
            Lever::Totals => None,
        };
        axis.unwrap_or(Axis::Fit)
    }
}

/// Leads that move as one.
#[derive(Clone, Debug)]
pub struct Bunch {
    /// What they have in common.
    pub stand: Stand,
    /// How many they are, by index of their outcome.
    pub leads: [u32; Outcome::ALL.len()],
    /// What those that were won brought, in minor units.
    pub revenue: i64,
    /// Decision before anything moved.
    pub before: u32,
}

/// Where leads stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stand {
    /// Their sums without what moves.
    sums: Still,
    /// Their class.
    pub class: u32,
    /// What they found in the criterion that moves.
    found: u32,
}

/// Sums that stand still.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Still {
    /// Points of the group that moves; 0 where none does.
    group: i32,
    /// Points of the axis that moves.
    axis: i32,
    /// Points of the other axis.
    other: i32,
}

/// Numbers of 32 bits that a bunch is written as.
const WORDS: usize = 7 + Outcome::ALL.len();

impl Bunch {
    /// None yet that stand here.
    fn at(stand: Stand) -> Bunch {
        Bunch {
            stand,
            leads: Default::default(),
            revenue: 0,
            before: 0,
        }
    }

    fn add(&mut self, outcome: u8, revenue: i64) {
        if let Some(leads) = self.leads.get_mut(usize::from(outcome)) {
            *leads += 1;
        }
        self.revenue += revenue;
    }

    /// As it is handed over.
    pub fn to_bytes(&self) -> [[u8; 4]; WORDS] {
        let Stand { sums, class, found } = self.stand;
        let Still { group, axis, other } = sums;
        let [won, lost, disqualified, open] = self.leads;
        let revenue = self.revenue as u64;
        let revenue = [revenue as u32, (revenue >> 32) as u32];
        let stand = [group as u32, axis as u32, other as u32, class, found];
        let [group, axis, other, class, found] = stand;
        let [low, high] = revenue;
        let words = [
            group,
            axis,
            other,
            class,
            found,
            won,
            lost,
            disqualified,
            open,
            low,
            high,
        ];
        words.map(u32::to_le_bytes)
    }

    /// As it was handed over.
    pub fn from_bytes(bytes: &[[u8; 4]; WORDS]) -> Bunch {
        let words = bytes.map(u32::from_le_bytes);
        let [group, axis, other, class, found, leads @ .., low, high] = words;
        let [group, axis, other] = [group, axis, other].map(|sum| sum as i32);
        let sums = Still { group, axis, other };
        Bunch {
            leads,
            revenue: (u64::from(low) | u64::from(high) << 32) as i64,
            ..Bunch::at(Stand { sums, class, found })
        }
    }
}

/// All leads in bunches, for one lever.
#[derive(Clone, Debug)]
pub struct Cube {
    /// What moves.
    pub lever: Lever,
    /// The bunches.
    pub bunches: Vec<Bunch>,
}

/// Where all leads stand while a lever moves, but for what they found in the criterion that does.
#[derive(Clone, Debug)]
pub struct Standing {
    lever: Lever,
    /// All sums that occur.
    sums: Vec<Still>,
    /// Index of the sums of each lead.
    sums_of: Vec<u32>,
    /// All pairs of sums, by their index, and class that occur, and where their leads end in `order`.
    places: Vec<([u32; 2], u32)>,
    /// Leads one place after the other: what is counted of a place stays in the processor's cache.
    order: Vec<u32>,
}

/// Numbers of triples, in the order in which they first come.
struct Triples {
    spans: [Span; 3],
    /// One more than the number of each triple within the spans, 0 where it has none; empty where those
    /// would be too many.
    all: Vec<u32>,
    /// Else by hash.
    some: Index,
    /// By number.
    known: Vec<[i32; 3]>,
}

/// From the least number on.
#[derive(Clone, Copy)]
struct Span {
    low: i32,
    count: usize,
}

impl Span {
    fn new(low: i32, high: i32) -> Span {
        Span {
            low,
            count: high.abs_diff(low) as usize + 1,
        }
    }

    /// From 0 to below `end`.
    fn below(end: usize) -> Span {
        Span { low: 0, count: end }
    }

    fn place(self, number: i32) -> usize {
        number.wrapping_sub(self.low) as u32 as usize
    }
}

/// Most triples of which each has a place: they take 16 MB.
const MOST_PLACES: usize = 1 << 22;

impl Triples {
    /// None yet; all will be within these spans.
    fn within(spans: [Span; 3]) -> Triples {
        let count = |places: usize, span: &Span| places.checked_mul(span.count);
        let places = spans.iter().try_fold(1, count);
        Triples {
            spans,
            all: vec![0; places.filter(|places| *places <= MOST_PLACES).unwrap_or(0)],
            some: Index::default(),
            known: Vec::new(),
        }
    }

    #[inline]
    fn number(&mut self, triple: [i32; 3]) -> u32 {
        let ([a, b, c], [first, second, third]) = (self.spans, triple);
        // Where it runs over there are no places.
        let place = a.place(first).wrapping_mul(b.count);
        let place = place.wrapping_add(b.place(second)).wrapping_mul(c.count);
        let place = place.wrapping_add(c.place(third));
        match self.all.get_mut(place) {
            Some(0) => {
                self.known.push(triple);
                let count = self.known.len() as u32;
                if let Some(number) = self.all.get_mut(place) {
                    *number = count;
                }
                count - 1
            }
            Some(number) => *number - 1,
            None => self.hashed(triple),
        }
    }

    fn hashed(&mut self, triple: [i32; 3]) -> u32 {
        let [first, second, third] = triple.map(|number| u64::from(number as u32));
        let rest = (second << 32 ^ third).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let hash = hash_number(first ^ rest);
        let known = &self.known;
        let same = |code: u32| known.get(code as usize) == Some(&triple);
        self.some.find(hash, same).unwrap_or_else(|| {
            let number = self.known.len() as u32;
            self.known.push(triple);
            self.some.insert(hash, number);
            number
        })
    }
}

/// Leads that are added up at a time: their sums stay in the processor's cache.
const CHUNK: usize = 8192;

impl Standing {
    /// Adds up all leads for a lever. `tables` are the points of all that was found.
    pub fn new(
        program: &Program,
        matches: &Matches,
        rules: &Rules,
        tables: &[Vec<i32>],
        lever: Lever,
    ) -> Standing {
        let (axis, group) = (lever.axis(program), lever.group(program));
        let mut triples = Triples::within(spans(program, tables, lever));
        let rows = rules.class_of.len();
        let mut sums_of = Vec::with_capacity(rows);
        let mut sums = Sums::default();
        let nothing = [0; CHUNK];
        for from in (0..rows).step_by(CHUNK) {
            let to = (from + CHUNK).min(rows);
            let moving = lever.criterion();
            points::sums(program, matches, tables, (from, to), moving, &mut sums);
            points::add_groups(program, &mut sums, group);
            let [fit, engagement] = &sums.axes;
            let (moves, still) = match axis {
                Axis::Fit => (fit, engagement),
                Axis::Engagement => (engagement, fit),
            };
            let group = group.and_then(|group| sums.groups.get(group));
            let group = group.map_or(&nothing[..], Vec::as_slice);
            let all = group.iter().zip(moves).zip(still);
            sums_of
                .extend(all.map(|((group, axis), other)| triples.number([*group, *axis, *other])));
        }
        let still = |[group, axis, other]: &[i32; 3]| Still {
            group: *group,
            axis: *axis,
            other: *other,
        };
        let mut standing = Standing {
            lever,
            sums: triples.known.iter().map(still).collect(),
            sums_of,
            places: Vec::new(),
            order: Vec::new(),
        };
        standing.classify(rules);
        standing
    }

    /// Takes leads for what their classes are now.
    pub fn classify(&mut self, rules: &Rules) {
        let spans = [self.sums.len(), rules.classes().len(), 1];
        let mut pairs = Triples::within(spans.map(Span::below));
        let mut classes = [0; CHUNK];
        let mut place_of = Vec::with_capacity(self.sums_of.len());
        for (chunk, sums) in self.sums_of.chunks(CHUNK).enumerate() {
            rules.class_of.copy(chunk * CHUNK, &mut classes);
            let both = sums.iter().zip(&classes);
            place_of
                .extend(both.map(|(sums, class)| pairs.number([*sums as i32, *class as i32, 0])));
        }
        // First how many leads each place has, then where they begin; they end where the last was put.
        let pair = |[sums, class, _]: &[i32; 3]| ([*sums as u32, *class as u32], 0);
        self.places = pairs.known.iter().map(pair).collect();
        for place in &place_of {
            if let Some((_, leads)) = self.places.get_mut(*place as usize) {
                *leads += 1;
            }
        }
        let mut before = 0;
        for (_, end) in &mut self.places {
            before += core::mem::replace(end, before);
        }
        self.order = vec![0; place_of.len()];
        for (row, place) in (0..).zip(&place_of) {
            if let Some((_, end)) = self.places.get_mut(*place as usize)
                && let Some(to) = self.order.get_mut(*end as usize)
            {
                *to = row;
                *end += 1;
            }
        }
    }
}

/// Between which points the sums of a group, of its axis and of the other one can lie.
fn spans(program: &Program, tables: &[Vec<i32>], lever: Lever) -> [Span; 3] {
    let (axis, group) = (lever.axis(program), lever.group(program));
    let mut axes = [(0, 0); 2];
    let mut groups = vec![(0, 0); program.groups.len()];
    let widen = |of: Option<&mut (i32, i32)>, (low, high): (i32, i32)| {
        if let Some(of) = of {
            *of = (of.0.saturating_add(low), of.1.saturating_add(high));
        }
    };
    for (index, (criterion, table)) in program.criteria.iter().zip(tables).enumerate() {
        if lever.criterion() == Some(index) {
            continue;
        }
        let points = bounds(table.iter().copied());
        let of = match criterion.group {
            Some(group) => groups.get_mut(usize::from(group)),
            None => axes.get_mut(criterion.axis.index()),
        };
        widen(of, (*points.start(), *points.end()));
    }
    for (index, (of, (low, high))) in program.groups.iter().zip(&groups).enumerate() {
        if group != Some(index) {
            let limited = (within(&of.limit, *low), within(&of.limit, *high));
            widen(axes.get_mut(of.axis.index()), limited);
        }
    }
    let group = group.and_then(|index| groups.get(index)).copied();
    let [fit, engagement] = axes;
    let (moves, still) = match axis {
        Axis::Fit => (fit, engagement),
        Axis::Engagement => (engagement, fit),
    };
    [group.unwrap_or((0, 0)), moves, still].map(|(low, high)| Span::new(low, high))
}

impl Cube {
    /// Bunches leads by where they stand. `points` are those of all that was found in the criterion
    /// that moves, here and below.
    pub fn new(
        program: &Program,
        leads: &Leads,
        matches: &Matches,
        rules: &Rules,
        points: &[i32],
        standing: &Standing,
    ) -> Cube {
        let lever = standing.lever;
        let matched = lever
            .criterion()
            .and_then(|index| matches.criteria.get(index));
        let nothing = Plane::default();
        let (found, founds) =
            matched.map_or((&nothing, 1), |matched| (&matched.of, matched.found.len()));
        let mut bunches: Vec<Bunch> = Vec::new();
        // One more than the index of the bunch of the place that found this; 0 where none has.
        let mut bunch_of = vec![0_usize; founds];
        let mut from = 0;
        for ([sums, class], end) in &standing.places {
            let others = bunches.len();
            let rows = standing.order.get(from as usize..*end as usize);
            from = *end;
            for row in rows.unwrap_or_default() {
                let row = *row as usize;
                let found = found.get(row);
                let Some(bunch) = bunch_of.get_mut(found as usize) else {
                    continue;
                };
                if *bunch == 0 {
                    let sums = standing.sums.get(*sums as usize);
                    bunches.push(Bunch::at(Stand {
                        sums: sums.copied().unwrap_or_default(),
                        class: *class,
                        found,
                    }));
                    *bunch = bunches.len();
                }
                if let Some(bunch) = bunches.get_mut(*bunch - 1) {
                    let outcome = leads
                        .outcomes
                        .get(row)
                        .copied()
                        .unwrap_or(Outcome::Open as u8);
                    bunch.add(outcome, leads.revenue_of(row));
                }
            }
            for bunch in bunches.iter().skip(others) {
                if let Some(of) = bunch_of.get_mut(bunch.stand.found as usize) {
                    *of = 0;
                }
            }
        }
        let mut cube = Cube { lever, bunches };
        cube.begin(program, rules, points);
        cube
    }

    /// From now on leads move from where they are.
    pub fn begin(&mut self, program: &Program, rules: &Rules, points: &[i32]) {
        let points = self.all_points(program, points);
        let lookup = Lookup::new(
            rules,
            bounds(points.iter().map(|(fit, _)| *fit)),
            bounds(points.iter().map(|(_, engagement)| *engagement)),
        );
        for (bunch, (fit, engagement)) in self.bunches.iter_mut().zip(points) {
            bunch.before = lookup.decide(bunch.stand.class, fit, engagement);
        }
    }

    /// Fit and engagement of all bunches.
    pub fn all_points(&self, program: &Program, points: &[i32]) -> Vec<(i32, i32)> {
        let group = self.lever.group(program);
        let group = group.and_then(|index| program.groups.get(index));
        let axis = self.lever.axis(program);
        let limits = [Axis::Fit, Axis::Engagement].map(|axis| axis_limit(program, axis));
        let of = |bunch: &Bunch| {
            let Stand { found, sums, .. } = &bunch.stand;
            let own = points.get(*found as usize).copied().unwrap_or(0);
            let own = group.map_or(own, |group| within(&group.limit, sums.group + own));
            let (fit, engagement) = match axis {
                Axis::Fit => (sums.axis + own, sums.other),
                Axis::Engagement => (sums.other, sums.axis + own),
            };
            let [of_fit, of_engagement] = limits;
            (within(of_fit, fit), within(of_engagement, engagement))
        };
        self.bunches.iter().map(of).collect()
    }
}
