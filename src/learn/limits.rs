//! Limits of criteria, groups and axes, for scores of many leads with other points.
//!
//! The same rules as `score::earn`, which works on bins of one lead; a proposal has levels that no
//! program has yet.
#![allow(clippy::indexing_slicing, clippy::needless_range_loop)] // Groups are those of the program.

use super::column::Column;
use crate::program::{Axis, Limit, Program};

/// Where the points of a criterion go.
#[derive(Clone, Debug)]
pub struct Way {
    /// Its own limit.
    pub limit: Limit,
    /// The group that it adds to.
    pub group: Option<usize>,
    /// The axis that it, or its group, adds to.
    pub axis: Axis,
}

/// All limits of a scorecard.
#[derive(Clone, Debug)]
pub struct Limits {
    /// For each feature its way.
    pub ways: Vec<Way>,
    /// For each criterion that is not learned its way, and the points of each lead.
    pub fixed: Vec<(Way, Vec<i32>)>,
    groups: Vec<(Limit, Axis)>,
    axes: [Limit; 2],
}

impl Limits {
    /// The limits of a program; `None` where it has none.
    pub fn of(program: &Program, ways: Vec<Way>, fixed: Vec<(Way, Vec<i32>)>) -> Option<Limits> {
        let limits = Limits {
            ways,
            fixed,
            groups: program
                .groups
                .iter()
                .map(|group| (group.limit.clone(), group.axis))
                .collect(),
            axes: [program.axes.0.clone(), program.axes.1.clone()],
        };
        let own = limits
            .ways
            .iter()
            .chain(limits.fixed.iter().map(|(way, _)| way))
            .map(|way| &way.limit);
        let limited = |limit: &Limit| limit.min.is_some() || limit.max.is_some();
        let any = own
            .chain(limits.groups.iter().map(|(limit, _)| limit))
            .chain(&limits.axes)
            .any(limited);
        any.then_some(limits)
    }

    /// The limits for some of the leads only.
    pub fn of_rows(&self, rows: &[u32]) -> Limits {
        let pick = |points: &Vec<i32>| rows.iter().map(|row| points[*row as usize]).collect();
        Limits {
            fixed: self
                .fixed
                .iter()
                .map(|(way, points)| (way.clone(), pick(points)))
                .collect(),
            ..self.clone()
        }
    }

    /// The score of each lead.
    pub fn scores(&self, columns: &[Column], points: &[Vec<i32>]) -> Vec<i64> {
        let rows = columns
            .first()
            .map(|column| column.codes.len())
            .or_else(|| self.fixed.first().map(|(_, points)| points.len()));
        (0..rows.unwrap_or_default())
            .map(|row| self.score(columns, points, row))
            .collect()
    }

    fn score(&self, columns: &[Column], points: &[Vec<i32>], row: usize) -> i64 {
        let mut groups = vec![0; self.groups.len()];
        let mut axes = [0; 2];
        let mut add = |way: &Way, points: i32| {
            let points = within(i64::from(points), &way.limit);
            match way.group {
                Some(group) => groups[group] += points,
                None => axes[way.axis.index()] += points,
            }
        };
        // Combinations come behind the features that have a way of their own.
        let free = Way {
            limit: Limit {
                min: None,
                max: None,
            },
            group: None,
            axis: Axis::Fit,
        };
        let ways = self.ways.iter().chain(std::iter::repeat(&free));
        for ((way, column), points) in ways.zip(columns).zip(points) {
            add(way, points[usize::from(column.codes[row])]);
        }
        for (way, points) in &self.fixed {
            add(way, points[row]);
        }
        for ((limit, axis), points) in self.groups.iter().zip(groups) {
            axes[axis.index()] += within(points, limit);
        }
        axes.iter()
            .zip(&self.axes)
            .map(|(points, limit)| within(*points, limit))
            .sum()
    }
}

fn within(points: i64, limit: &Limit) -> i64 {
    let points = limit.max.map_or(points, |max| points.min(i64::from(max)));
    limit.min.map_or(points, |min| points.max(i64::from(min)))
}
