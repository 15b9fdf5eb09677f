//! How well scores tell who will buy: standard measures, from counts by score.
//!
//! Positive is who was won, negative who was lost or disqualified; open leads say nothing yet.

/// Counts by score, ascending: score, positives, negatives.
pub type ByScore = [(i32, u64, u64)];

/// Area under the ROC curve: the chance that a positive scores above a negative, ties counting
/// half (Hanley and McNeil 1982). NaN without both.
pub fn roc_auc(counts: &ByScore) -> f64 {
    let (mut below, mut area, mut positives) = (0_u64, 0.0, 0_u64);
    for (_, won, lost) in counts {
        area += *won as f64 * (below as f64 + *lost as f64 / 2.0);
        below += lost;
        positives += won;
    }
    area / (positives as f64 * below as f64)
}

/// Average precision: precision at each threshold, weighted by the recall that it adds. NaN without
/// positives.
pub fn average_precision(counts: &ByScore) -> f64 {
    let all: u64 = counts.iter().map(|(_, won, _)| won).sum();
    let (mut won_above, mut above, mut sum) = (0_u64, 0_u64, 0.0);
    for (_, won, lost) in counts.iter().rev() {
        won_above += won;
        above += won + lost;
        if above > 0 {
            sum += won_above as f64 / above as f64 * (*won as f64 / all as f64);
        }
    }
    if all == 0 { f64::NAN } else { sum }
}

/// A threshold and what comes of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Leads from this score on count as positive.
    pub score: i32,
    /// Positives among them.
    pub won: u64,
    /// Negatives among them.
    pub lost: u64,
}

/// All thresholds, the highest first.
pub fn points(counts: &ByScore) -> Vec<Point> {
    let (mut won, mut lost) = (0, 0);
    let each = counts.iter().rev().map(|(score, positives, negatives)| {
        won += positives;
        lost += negatives;
        Point {
            score: *score,
            won,
            lost,
        }
    });
    each.collect()
}

/// Lift of the best `share` of leads: their rate of positives over that of all. Leads of one score
/// are not told apart: they count in part.
pub fn lift(counts: &ByScore, share: f64) -> f64 {
    let (won, all) = counts
        .iter()
        .fold((0, 0), |(won, all), (_, positives, negatives)| {
            (won + positives, all + positives + negatives)
        });
    let wanted = share * all as f64;
    let (mut taken, mut of_them) = (0.0, 0.0);
    for (_, positives, negatives) in counts.iter().rev() {
        let here = (positives + negatives) as f64;
        let part = ((wanted - taken) / here).clamp(0.0, 1.0);
        if here > 0.0 {
            taken += here * part;
            of_them += *positives as f64 * part;
        }
    }
    (of_them / taken) / (won as f64 / all as f64)
}

/// Wilson's score interval of a share, 95 % (Wilson 1927); the whole range without observations.
pub fn interval(hits: u64, of: u64) -> (f64, f64) {
    if of == 0 {
        return (0.0, 1.0);
    }
    const Z: f64 = 1.959_963_984_540_054;
    let (n, share) = (of as f64, hits as f64 / of as f64);
    let center = share + Z * Z / (2.0 * n);
    let spread = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
    let whole = 1.0 + Z * Z / n;
    (
        ((center - spread) / whole).max(0.0),
        ((center + spread) / whole).min(1.0),
    )
}
