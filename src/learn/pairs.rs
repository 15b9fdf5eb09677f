//! Combinations of two facts that earn more, or less, than both do apart: only where chance does not
//! explain it.
//!
//! A screen in the manner of FAST (Lou et al. 2013): what the fit leaves unexplained, by coarse cells
//! of every two features. A pair counts where its chi-square would come by chance three times in a
//! million; with hundreds of pairs that is still a false alarm in hundreds of tables.
#![allow(clippy::indexing_slicing, clippy::needless_range_loop)] // Groups and levels are those of the same features.

use super::column::{Column, Levels};
use super::feature::{Bins, Both, Feature};

/// Leads that are looked at.
const SAMPLE: usize = 32_768;
/// Normal deviate that the chi-square of a pair, and of one of its cells, must exceed.
const CERTAIN: f64 = 4.5;
/// Groups of an ordered feature, and words looked at of others.
const GROUPS: usize = 4;
const WORDS: usize = 5;
/// Most combinations, and most of one pair.
const MOST: usize = 5;
const MOST_OF_PAIR: usize = 2;
/// Curvature that a cell needs: about so many leads, four times over where the outcome is even.
const LEAST: f64 = 5.0;

/// Coarse groups of a feature: the group of each level, and the levels of those that a condition can
/// name.
struct Coarse {
    group: Vec<usize>,
    named: Vec<Vec<u16>>,
    count: usize,
}

/// A pair that is certain: its deviate, its features, and its cells that are, by their groups.
struct Pair {
    deviate: f64,
    features: [usize; 2],
    cells: Vec<(f64, usize, usize)>,
}

/// The combinations that are certain, as features; `curvature` and `residual` are what the fit leaves
/// of each lead.
pub fn combinations(features: &[Feature], curvature: &[f64], residual: &[f64]) -> Vec<Feature> {
    let rows = curvature.len();
    let stride = rows.div_ceil(SAMPLE).max(1);
    let coarse: Vec<Option<Coarse>> = features
        .iter()
        .map(|feature| coarse(feature, curvature))
        .collect();
    let mut found: Vec<Pair> = Vec::new();
    for a in 0..features.len() {
        for b in a + 1..features.len() {
            let (Some(left), Some(right)) = (&coarse[a], &coarse[b]) else {
                continue;
            };
            let mut cells = vec![(0.0, 0.0); left.count * right.count];
            for row in (0..rows).step_by(stride) {
                let level = |feature: &Feature| usize::from(feature.column.codes[row]);
                let cell = left.group[level(&features[a])] * right.count
                    + right.group[level(&features[b])];
                cells[cell].0 += curvature[row];
                cells[cell].1 += residual[row];
            }
            let told: Vec<(f64, usize)> = cells
                .iter()
                .enumerate()
                .filter(|(_, (mass, _))| *mass >= LEAST)
                .map(|(cell, (mass, rest))| (rest / mass.sqrt(), cell))
                .collect();
            let freedom = (left.count as f64 - 1.0) * (right.count as f64 - 1.0);
            let freedom = freedom.min(told.len() as f64 - 1.0);
            let square: f64 = told.iter().map(|(deviate, _)| deviate * deviate).sum();
            if freedom < 1.0 || deviate(square, freedom) <= CERTAIN {
                continue;
            }
            let mut own: Vec<(f64, usize, usize)> = told
                .into_iter()
                .map(|(deviate, cell)| (deviate.abs(), cell / right.count, cell % right.count))
                .filter(|(deviate, x, y)| {
                    *deviate > CERTAIN && *x < left.named.len() && *y < right.named.len()
                })
                .collect();
            own.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)).then(x.2.cmp(&y.2)));
            own.truncate(MOST_OF_PAIR);
            found.push(Pair {
                deviate: deviate(square, freedom),
                features: [a, b],
                cells: own,
            });
        }
    }
    found.sort_by(|x, y| {
        y.deviate
            .total_cmp(&x.deviate)
            .then(x.features.cmp(&y.features))
    });
    let rules = found.iter().flat_map(
        |Pair {
             features: [a, b],
             cells,
             ..
         }| cells.iter().map(move |(_, x, y)| (*a, *b, *x, *y)),
    );
    rules
        .take(MOST)
        .filter_map(|(a, b, x, y)| {
            let side = |index: usize, place: usize| {
                Some((index, coarse[index].as_ref()?.named[place].clone()))
            };
            Some(both(features, [side(a, x)?, side(b, y)?]))
        })
        .collect()
}

/// The normal deviate of a chi-square (Wilson and Hilferty 1931).
fn deviate(square: f64, freedom: f64) -> f64 {
    let spread = 2.0 / (9.0 * freedom);
    (libm::cbrt(square / freedom) - (1.0 - spread)) / spread.sqrt()
}

fn coarse(feature: &Feature, curvature: &[f64]) -> Option<Coarse> {
    let column = &feature.column;
    let masses = column.sums(curvature);
    let all: f64 = masses.iter().sum();
    let mut group = vec![0; masses.len()];
    let mut named: Vec<Vec<u16>> = Vec::new();
    match &feature.bins {
        Bins::Numbers(numbers) => {
            let mut before = 0.0;
            for level in 0..numbers.ranges() {
                // A group ends where a quarter of all leads is full.
                if named.is_empty() || before >= all * named.len() as f64 / GROUPS as f64 {
                    named.push(Vec::new());
                }
                group[level] = named.len() - 1;
                if let Some(last) = named.last_mut() {
                    last.push(level as u16);
                }
                before += masses[level];
            }
        }
        Bins::Texts(texts) => {
            // Own levels stand by weight already.
            let own = texts.len().min(WORDS);
            named = (0..own as u16).map(|level| vec![level]).collect();
            for (level, group) in group.iter_mut().enumerate() {
                *group = level.min(own);
            }
        }
        Bins::Own(_) | Bins::Both(_) => return None,
    }
    // Behind those with a name all others are one group.
    let count = named.len() + 1;
    if let Bins::Numbers(numbers) = &feature.bins {
        group[numbers.ranges()..].fill(named.len());
    }
    (named.len() > 1).then_some(Coarse {
        group,
        named,
        count,
    })
}

/// The feature of a combination: no, yes, and unknown, which counts as no.
fn both(features: &[Feature], sides: [(usize, Vec<u16>); 2]) -> Feature {
    let rows = features[sides[0].0].column.codes.len();
    let inside = |(index, levels): &(usize, Vec<u16>), row: usize| {
        levels.contains(&features[*index].column.codes[row])
    };
    let codes = (0..rows)
        .map(|row| u16::from(sides.iter().all(|side| inside(side, row))))
        .collect();
    let name = format!(
        "{} and {}",
        features[sides[0].0].name, features[sides[1].0].name
    );
    Feature {
        name,
        bins: Bins::Both(Both { sides }),
        column: Column::new(codes, Levels::pooled(3), None),
        exact: None,
        present: None,
        kept: vec![false; 3],
    }
}
