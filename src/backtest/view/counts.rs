//! Counts as numbers in a row.

use crate::backtest::stats;
use crate::backtest::tally::{Count, Histogram, Tally};

/// A tally as numbers in a row. Every list begins with its length; a count is leads by outcome,
/// revenue, and the 95 % interval of the share of those that were won among the closed ones.
pub fn packed(tally: &Tally) -> Vec<f64> {
    let mut out = Vec::new();
    for histogram in &tally.histograms {
        out.push(f64::from(histogram.low));
        counts(&histogram.counts, &mut out);
    }
    for list in [&tally.grades, &tally.stages, &tally.routes, &tally.segments] {
        counts(list, &mut out);
    }
    let bands = score_bands(&tally.histograms[0]);
    out.push(f64::from(bands.0));
    counts(&bands.1, &mut out);
    for one in [
        &tally.qualified,
        &tally.all,
        &tally.moved.gained,
        &tally.moved.lost,
    ] {
        count(one, &mut out);
    }
    let by_score = by_score(&tally.histograms[0]);
    out.extend([
        tally.moved.stage as f64,
        tally.moved.route as f64,
        tally.value,
        tally.qualified_value,
        stats::roc_auc(&by_score),
        stats::average_precision(&by_score),
        stats::lift(&by_score, 0.1),
    ]);
    out
}

/// Points of a score band.
pub const BAND: i32 = 10;

/// Counts by bands of ten points, and where the first begins.
fn score_bands(histogram: &Histogram) -> (i32, Vec<Count>) {
    let first = histogram.low.div_euclid(BAND);
    let mut bands: Vec<Count> = Vec::new();
    for (points, count) in (histogram.low..).zip(&histogram.counts) {
        let place = (points.div_euclid(BAND) - first) as usize;
        bands.resize(bands.len().max(place + 1), Count::default());
        if let Some(band) = bands.get_mut(place) {
            band.revenue += count.revenue;
            band.leads
                .iter_mut()
                .zip(count.leads)
                .for_each(|(band, leads)| *band += leads);
        }
    }
    (first * BAND, bands)
}

/// Counts of those that were won and of those that were not, by score.
pub fn by_score(histogram: &Histogram) -> Vec<(i32, u64, u64)> {
    let each = (histogram.low..).zip(&histogram.counts);
    each.map(|(score, count)| {
        let [won, lost, disqualified, _] = count.leads;
        (score, won, lost + disqualified)
    })
    .collect()
}

fn counts(list: &[Count], out: &mut Vec<f64>) {
    out.push(list.len() as f64);
    list.iter().for_each(|of| count(of, out));
}

fn count(count: &Count, out: &mut Vec<f64>) {
    let [won, lost, disqualified, _] = count.leads;
    let (low, high) = stats::interval(won, won + lost + disqualified);
    out.extend(count.leads.map(|leads| leads as f64));
    out.extend([count.revenue as f64, low, high]);
}
