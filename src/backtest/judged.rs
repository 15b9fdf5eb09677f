//! Every lead on its own: for the table, for owners and channels, and to tell who moved.

use super::leads::Leads;
use super::matches::Matches;
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
        for (row, (fit, engagement)) in (from..to).zip(fits.iter().zip(engagements)) {
            let fit = within(axis_limit(program, Axis::Fit), *fit);
            let engagement = within(axis_limit(program, Axis::Engagement), *engagement);
            judged.fit.push(fit);
            judged.engagement.push(engagement);
            judged
                .decision
                .push(rules.decide(rules.class_of.get(row) as usize, fit, engagement));
        }
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
    let mut counts = vec![Count::default(); of.bins.len() + 1];
    for (row, outcome) in leads.outcomes.iter().enumerate() {
        let found = matched.found.get(matched.of.get(row) as usize);
        let bin = match found {
            Some((Some(bin), _)) => usize::from(*bin),
            // Points per event: any strength is the one bin.
            Some((None, Some(_))) => 0,
            _ => of.bins.len(),
        };
        if let Some(count) = counts.get_mut(bin) {
            if let Some(leads) = count.leads.get_mut(usize::from(*outcome)) {
                *leads += 1;
            }
            if *outcome == super::wording::Outcome::Won as u8 {
                count.revenue += leads.revenue.get(row).copied().unwrap_or(0);
            }
        }
    }
    counts
}
