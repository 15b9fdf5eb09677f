//! How sure the points are: the covariance of the effects of the merged bins.
#![allow(clippy::indexing_slicing, clippy::needless_range_loop)] // Groups of levels are made here.

use super::column::{Column, Levels};
use super::feature::Feature;
use super::fit::{Fit, Outcomes};
use super::gram::{Factor, Groups};

/// Most levels of all columns together for which error bars are worked out.
const MAX_WIDTH: usize = 600;

/// Standard errors of a card.
pub struct Errors {
    /// For each feature and level: in logits, against the commonest level; `None` where the level is
    /// that one, or there are too many.
    pub levels: Vec<Vec<Option<f64>>>,
    /// What is needed for leads; absent where there are too many levels, or no leads.
    known: Option<Known>,
}

/// The covariance of the effects, and where those of each lead stand in it.
struct Known {
    covariance: Vec<f64>,
    size: usize,
    /// For each column and merged level its place; 0 is the intercept.
    places: Vec<Vec<usize>>,
    columns: Vec<Column>,
}

impl Errors {
    /// Standard error of the log odds of a lead.
    pub fn lead(&self, row: usize) -> Option<f64> {
        let known = self.known.as_ref()?;
        let at = known.of(row);
        let variance: f64 = at
            .iter()
            .map(|a| {
                at.iter()
                    .map(|b| known.covariance[a * known.size + b])
                    .sum::<f64>()
            })
            .sum();
        Some(variance.max(0.0).sqrt())
    }

    /// Standard error of a sum over leads of `by` times their log odds.
    pub fn sum(&self, by: &[f64]) -> Option<f64> {
        let known = self.known.as_ref()?;
        let mut along = vec![0.0; known.size];
        for (row, by) in by.iter().enumerate() {
            for at in known.of(row) {
                along[at] += by;
            }
        }
        let rows = known.covariance.chunks(known.size).zip(&along);
        let variance: f64 = rows
            .map(|(row, a)| a * row.iter().zip(&along).map(|(v, b)| v * b).sum::<f64>())
            .sum();
        Some(variance.max(0.0).sqrt())
    }
}

impl Known {
    /// The effects of a lead.
    fn of(&self, row: usize) -> Vec<usize> {
        let own = self.columns.iter().zip(&self.places);
        let own = own
            .map(|(column, places)| places[usize::from(column.codes[row])])
            .filter(|place| *place > 0);
        std::iter::once(0).chain(own).collect()
    }
}

/// Errors of the levels with different points, given the fit.
pub fn errors(
    features: &[Feature],
    merged: &[Column],
    points: &[Vec<i32>],
    outcomes: &Outcomes,
    fit: &Fit,
) -> Errors {
    let curvature = &fit.slope.curvature;
    // Levels with the same points are one, unless each is a bin of the scorecard; the commonest is
    // the reference and comes first.
    let mut maps: Vec<Vec<u16>> = Vec::new();
    let mut columns: Vec<Column> = Vec::new();
    for ((feature, column), points) in features.iter().zip(merged).zip(points) {
        let masses = column.sums(curvature);
        let commonest = (0..masses.len()).fold(0, |best, level| {
            if masses[level] > masses[best] {
                level
            } else {
                best
            }
        });
        let key = |level: usize| {
            if feature.present.is_some() {
                level as i32
            } else {
                points[level]
            }
        };
        let mut keys: Vec<i32> = (0..masses.len())
            .filter(|level| key(*level) != key(commonest))
            .map(key)
            .collect();
        keys.sort_unstable();
        keys.dedup();
        let group = |level: usize| {
            keys.binary_search(&key(level))
                .map_or(0, |place| place as u16 + 1)
        };
        let map: Vec<u16> = (0..masses.len()).map(group).collect();
        let codes = column
            .codes
            .iter()
            .map(|code| map[usize::from(*code)])
            .collect();
        columns.push(Column::new(codes, Levels::pooled(keys.len() + 1), None));
        maps.push(map);
    }
    let width: usize = columns.iter().map(|column| column.levels.count).sum();
    let none = || Errors {
        levels: maps.iter().map(|map| vec![None; map.len()]).collect(),
        known: None,
    };
    if width > MAX_WIDTH || outcomes.won.is_empty() {
        return none();
    }
    let groups = Groups::of(&columns);
    let (gram, sums) = (groups.gram(curvature), groups.sums(curvature));
    let free = groups.free();
    let size = free.len() + 1;
    let mut matrix = vec![0.0; size * size];
    matrix[0] = curvature.iter().sum::<f64>() + 1e-3;
    let mut place = vec![0_usize; groups.width()];
    for (row, at) in free.iter().enumerate() {
        let row = row + 1;
        place[*at] = row;
        matrix[row] = sums[*at];
        matrix[row * size] = sums[*at];
        for (column, other) in free.iter().enumerate() {
            matrix[row * size + column + 1] = gram[at * groups.width() + other];
        }
    }
    for (index, (feature, map)) in features.iter().zip(&maps).enumerate() {
        penalise(
            &mut matrix,
            size,
            &feature.column.levels,
            fit.lambda[index],
            map,
            |group| {
                if group == 0 {
                    None
                } else {
                    Some(place[groups.starts[index] + usize::from(group)])
                }
            },
        );
    }
    let Some(factor) = Factor::new(matrix, size) else {
        return none();
    };
    let covariance = factor.inverse();
    let levels = maps.iter().enumerate().map(|(index, map)| {
        let error = |group: &u16| {
            let at = place[groups.starts[index] + usize::from(*group)];
            (*group > 0).then(|| covariance[at * size + at].sqrt())
        };
        map.iter().map(error).collect()
    });
    let levels = levels.collect();
    let places = groups.by_column(&place);
    Errors {
        levels,
        known: Some(Known {
            covariance,
            size,
            places,
            columns,
        }),
    }
}

/// Adds what the smoothing of a column says of its groups of levels.
fn penalise(
    matrix: &mut [f64],
    size: usize,
    levels: &Levels,
    lambda: f64,
    map: &[u16],
    place: impl Fn(u16) -> Option<usize>,
) {
    let mut add = |a: Option<usize>, b: Option<usize>, value: f64| {
        if let (Some(a), Some(b)) = (a, b) {
            matrix[a * size + b] += value;
        }
    };
    for level in 1..levels.chain.min(map.len()) {
        let (a, b) = (map[level - 1], map[level]);
        if a != b {
            let (a, b) = (place(a), place(b));
            add(a, a, lambda);
            add(b, b, lambda);
            add(a, b, -lambda);
            add(b, a, -lambda);
        }
    }
    let mut groups: Vec<u16> = map.to_vec();
    groups.sort_unstable();
    groups.dedup();
    for group in groups {
        let at = place(group);
        add(at, at, if levels.is_ordered() { 0.01 } else { lambda });
    }
}
