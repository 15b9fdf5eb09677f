//! Every lead on its own: for the table, for owners and channels, and to tell who moved.

use core::ops::Range;

use super::leads::Leads;
use super::lookup::{Lookup, bounds};
use super::matches::{Found, Matches};
use super::points::{self, Sums, axis_limit, within};
use super::rules::Rules;
use super::tally::Count;
use crate::program::{Axis, Program};

/// All leads, judged.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Judged {
    /// Fit of each.
    pub fit: Vec<i32>,
    /// Engagement of each.
    pub engagement: Vec<i32>,
    /// Index of the decision on each.
    pub decision: Vec<u32>,
}

impl Judged {
    /// Score of a lead.
    pub fn score(&self, row: usize) -> i32 {
        let of = |points: &[i32]| points.get(row).copied().unwrap_or(0);
        of(&self.fit) + of(&self.engagement)
    }
}

/// Leads that are added up at a time: their sums stay in the processor's cache.
const CHUNK: usize = 8192;

/// Judges the leads of these rows.
pub fn judge(
    program: &Program,
    matches: &Matches,
    rules: &Rules,
    tables: &[Vec<i32>],
    rows: Range<usize>,
) -> Judged {
    let mut judged = Judged::default();
    let mut sums = Sums::default();
    for from in rows.clone().step_by(CHUNK) {
        let to = (from + CHUNK).min(rows.end);
        points::sums(program, matches, tables, (from, to), None, &mut sums);
        points::add_groups(program, &mut sums, None);
        let [fits, engagements] = &sums.axes;
        let limited = |axis, points: &[i32], to: &mut Vec<i32>| {
            let limit = axis_limit(program, axis);
            to.extend(points.iter().map(|points| within(limit, *points)));
        };
        limited(Axis::Fit, fits, &mut judged.fit);
        limited(Axis::Engagement, engagements, &mut judged.engagement);
    }
    let lookup = Lookup::new(
        rules,
        bounds(judged.fit.iter().copied()),
        bounds(judged.engagement.iter().copied()),
    );
    // First the class of each lead, then what is decided of it.
    judged.decision = vec![0; rows.len()];
    rules.class_of.copy(rows.start, &mut judged.decision);
    let points = judged.fit.iter().zip(&judged.engagement);
    for (decision, (fit, engagement)) in judged.decision.iter_mut().zip(points) {
        *decision = lookup.decide(*decision, *fit, *engagement);
    }
    judged
}

/// How many leads found which bin of a criterion, by outcome; those that found none last.
pub fn bins(program: &Program, leads: &Leads, matches: &Matches, criterion: usize) -> Vec<Count> {
    let Some((of, matched)) = program
        .criteria
        .get(criterion)
        .zip(matches.criteria.get(criterion))
    else {
        return Vec::new();
    };
    let bin_of = |found: &Found| match found {
        (Some(bin), _) => usize::from(*bin),
        // Points per event: any strength is the one bin.
        (None, Some(_)) => 0,
        (None, None) => of.bins.len(),
    };
    let mut by_found = vec![Count::default(); matched.found.len()];
    for (row, outcome) in leads.outcomes.iter().enumerate() {
        if let Some(count) = by_found.get_mut(matched.of.get(row) as usize) {
            count.add_lead(*outcome, leads.revenue_of(row));
        }
    }
    let mut counts = vec![Count::default(); of.bins.len() + 1];
    for (found, count) in matched.found.iter().zip(&by_found) {
        if let Some(bin) = counts.get_mut(bin_of(found)) {
            bin.join(count);
        }
    }
    counts
}
