//! Every lead on its own: for the table, for owners and channels, and to tell who moved.

use super::leads::Leads;
use super::lookup::{Lookup, bounds};
use super::matches::{Found, Matches};
use super::points::{self, Sums, axis_limit, within};
use super::rules::Rules;
use super::tally::Count;
use super::wording::Outcome;
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

/// Leads that are added up at a time.
const CHUNK: usize = 8192;

/// Judges all leads.
pub fn judge(
    program: &Program,
    leads: &Leads,
    matches: &Matches,
    rules: &Rules,
    tables: &[Vec<i32>],
) -> Judged {
    let mut judged = Judged::default();
    let mut sums = Sums::default();
    for from in (0..leads.rows).step_by(CHUNK) {
        let to = (from + CHUNK).min(leads.rows);
        points::sums(program, matches, tables, (from, to), None, &mut sums);
        points::add_groups(program, &mut sums, None);
        let [fits, engagements] = &sums.axes;
        let limited = |axis, points: &[i32]| -> Vec<i32> {
            let limit = axis_limit(program, axis);
            points.iter().map(|points| within(limit, *points)).collect()
        };
        judged.fit.extend(limited(Axis::Fit, fits));
        judged
            .engagement
            .extend(limited(Axis::Engagement, engagements));
    }
    let lookup = Lookup::new(
        rules,
        bounds(judged.fit.iter().copied()),
        bounds(judged.engagement.iter().copied()),
    );
    let points = judged.fit.iter().zip(&judged.engagement).enumerate();
    let decide = |(row, (fit, engagement)): (usize, (&i32, &i32))| {
        lookup.decide(rules.class_of.get(row), *fit, *engagement)
    };
    judged.decision = points.map(decide).collect();
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
        let Some(count) = by_found.get_mut(matched.of.get(row) as usize) else {
            continue;
        };
        if let Some(leads) = count.leads.get_mut(usize::from(*outcome)) {
            *leads += 1;
        }
        if *outcome == Outcome::Won as u8 {
            count.revenue += leads.revenue.get(row).copied().unwrap_or(0);
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
