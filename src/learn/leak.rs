//! Columns that may be known only after the outcome: too good to be true.
#![allow(clippy::indexing_slicing, clippy::needless_range_loop)] // Levels are those of the same column.

use super::column::Column;
use super::describe::percent;
use super::feature::Feature;
use super::fit::Outcomes;
use super::measure;
use super::prepare::Named;
use super::proposal::Leak;

/// Fewest leads of each kind to warn of anything.
const LEAST: f64 = 20.0;

/// Warnings, in the order of the features.
pub fn leaks(
    features: &[Feature],
    merged: &[Column],
    outcomes: &Outcomes,
    ids: &[Named],
) -> Vec<Leak> {
    let wins = outcomes.wins();
    let won: f64 = wins.iter().sum();
    let lost = outcomes.weight.iter().sum::<f64>() - won;
    if won < LEAST || lost < LEAST {
        return Vec::new();
    }
    let mut found = Vec::new();
    for ((feature, column), named) in features.iter().zip(merged).zip(ids) {
        let (leads, wins) = (column.sums(&outcomes.weight), column.sums(&wins));
        // Alone, each level at its own share of wins.
        let shares: Vec<f64> = leads
            .iter()
            .zip(&wins)
            .map(|(leads, wins)| (wins + won / (won + lost)) / (leads + 1.0))
            .collect();
        let ties = shares.iter().zip(&leads).zip(&wins);
        let ties = ties.map(|((share, leads), wins)| (*share, *wins, leads - wins));
        let alone = measure::auc_of(ties.collect()).unwrap_or(0.5);
        let unknown = feature.unknown();
        let known_won = 1.0 - wins[unknown] / won;
        let known_lost = 1.0 - (leads[unknown] - wins[unknown]) / lost;
        let why = if alone >= 0.95 {
            format!(
                "it alone tells won from lost in {} of all pairs; check that it is known before the outcome",
                percent(alone)
            )
        } else if (known_won - known_lost).abs() >= 0.6 {
            format!(
                "it is known for {} of the won leads and {} of the lost ones; is it filled in afterwards?",
                percent(known_won),
                percent(known_lost)
            )
        } else {
            let sure = (0..leads.len()).find(|level| {
                wins[*level] >= 0.3 * won
                    && wins[*level] >= 0.98 * leads[*level]
                    && won < 0.9 * (won + lost)
            });
            let Some(level) = sure else { continue };
            format!(
                "one of its bins holds {} of all wins and hardly a loss; check that it is known before the outcome",
                percent(wins[level] / won)
            )
        };
        found.push(Leak {
            id: named.id.clone(),
            why,
        });
    }
    found
}
