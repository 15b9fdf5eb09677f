//! Where leads stand beside what moves: their sums and their class, which most edits leave alone.

use super::cube::Lever;
use super::index::{Index, hash_number};
use super::lookup::bounds;
use super::matches::Matches;
use super::points::{self, Sums, within};
use super::rules::Rules;
use crate::program::{Axis, Program};

/// Where all leads stand while a lever moves, but for what they found in the criterion that does.
#[derive(Clone, Debug)]
pub struct Standing {
    /// What moves.
    pub lever: Lever,
    /// All sums that occur.
    pub sums: Vec<Still>,
    /// Index of the sums of each lead.
    sums_of: Vec<u32>,
    /// All pairs of sums, by their index, and class that occur, and where their leads end in `order`.
    pub places: Vec<([u32; 2], u32)>,
    /// Leads one place after the other: what is counted of a place stays in the processor's cache.
    pub order: Vec<u32>,
}

/// Sums that stand still.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Still {
    /// Points of the group that moves; 0 where none does.
    pub group: i32,
    /// Points of the axis that moves.
    pub axis: i32,
    /// Points of the other axis.
    pub other: i32,
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
