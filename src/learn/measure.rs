//! How good scores and probabilities are.
// INVARIANT: all slices have one value for each lead.
#![allow(clippy::indexing_slicing, clippy::needless_range_loop)]

/// Leads of the same score: the score, and the weight of those that were won and of those that were lost.
pub type Tie = (f64, f64, f64);

/// Chance that a won lead ranks above a lost one; ties count half. `None` where one kind is missing.
pub fn auc(score: &[f64], won: &[f64], weight: &[f64]) -> Option<f64> {
    let leads = score.iter().zip(won).zip(weight);
    auc_of(
        leads
            .map(|((score, won), weight)| (*score, weight * won, weight * (1.0 - won)))
            .collect(),
    )
}

/// The same of leads that were put together by score; in any order, and one score may come again.
pub fn auc_of(mut ties: Vec<Tie>) -> Option<f64> {
    ties.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut below, mut pairs, mut wins) = (0.0, 0.0, 0.0);
    for tied in ties.chunk_by(|a, b| a.0 == b.0) {
        let (won, lost) = tied
            .iter()
            .fold((0.0, 0.0), |(won, lost), tie| (won + tie.1, lost + tie.2));
        pairs += won * (below + lost / 2.0);
        below += lost;
        wins += won;
    }
    (wins > 0.0 && below > 0.0).then(|| pairs / (wins * below))
}

/// Log-loss of one lead with probability `p`.
pub fn lead_loss(p: f64, won: f64) -> f64 {
    let p = p.clamp(1e-12, 1.0 - 1e-12);
    -(won * libm::log(p) + (1.0 - won) * libm::log(1.0 - p))
}

/// Mean log-loss.
pub fn log_loss(p: &[f64], won: &[f64], weight: &[f64]) -> f64 {
    let (mut sum, mut all) = (0.0, 0.0);
    for row in 0..p.len() {
        sum += weight[row] * lead_loss(p[row], won[row]);
        all += weight[row];
    }
    if all > 0.0 { sum / all } else { 0.0 }
}

/// One tenth of the leads, from the least likely on.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tenth {
    /// Weight of its leads.
    pub leads: f64,
    /// Weight of those that were won.
    pub won: f64,
    /// Mean predicted probability.
    pub predicted: f64,
}

/// The reliability diagram: leads in tenths by predicted probability; leads of the same probability
/// stay together.
pub fn reliability(p: &[f64], won: &[f64], weight: &[f64]) -> Vec<Tenth> {
    let mut order: Vec<usize> = (0..p.len()).filter(|row| weight[*row] > 0.0).collect();
    order.sort_unstable_by(|a, b| p[*a].total_cmp(&p[*b]).then(a.cmp(b)));
    let all: f64 = weight.iter().sum();
    let mut tenths: Vec<Tenth> = Vec::new();
    let (mut done, mut last) = (0.0, f64::NAN);
    let mut part = Tenth::default();
    for row in order {
        let full = done >= all * (tenths.len() + 1) as f64 / 10.0;
        if full && p[row] != last && part.leads > 0.0 {
            tenths.push(std::mem::take(&mut part));
        }
        part.leads += weight[row];
        part.won += weight[row] * won[row];
        part.predicted += weight[row] * p[row];
        done += weight[row];
        last = p[row];
    }
    if part.leads > 0.0 {
        tenths.push(part);
    }
    for tenth in &mut tenths {
        tenth.predicted /= tenth.leads;
    }
    tenths
}

/// Expected calibration error: how far predicted and observed shares are apart, by tenths.
pub fn calibration_error(tenths: &[Tenth]) -> f64 {
    let all: f64 = tenths.iter().map(|tenth| tenth.leads).sum();
    let apart = tenths
        .iter()
        .map(|tenth| (tenth.won - tenth.predicted * tenth.leads).abs());
    if all > 0.0 {
        apart.sum::<f64>() / all
    } else {
        0.0
    }
}

/// Share of all wins (or of `worth`, where it is the money won) among the best `share` of the leads
/// by `score`; leads that tie at the edge count in part.
pub fn recall(score: &[f64], worth: &[f64], weight: &[f64], share: f64) -> f64 {
    let mut order: Vec<usize> = (0..score.len()).collect();
    order.sort_unstable_by(|a, b| score[*b].total_cmp(&score[*a]).then(a.cmp(b)));
    let room = share * weight.iter().sum::<f64>();
    let total: f64 = (0..worth.len()).map(|row| weight[row] * worth[row]).sum();
    let (mut taken, mut found, mut at) = (0.0, 0.0, 0);
    while at < order.len() && taken < room {
        let (mut leads, mut tied) = (0.0, 0.0);
        let value = score[order[at]];
        while at < order.len() && score[order[at]] == value {
            leads += weight[order[at]];
            tied += weight[order[at]] * worth[order[at]];
            at += 1;
        }
        let part = if leads > 0.0 {
            ((room - taken) / leads).min(1.0)
        } else {
            0.0
        };
        taken += leads;
        found += part * tied;
    }
    if total > 0.0 { found / total } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WON: [f64; 4] = [0.0, 0.0, 1.0, 1.0];
    const ONCE: [f64; 4] = [1.0; 4];

    #[test]
    fn ranks() {
        assert_eq!(auc(&[1.0, 2.0, 3.0, 4.0], &WON, &ONCE), Some(1.0));
        assert_eq!(auc(&[4.0, 3.0, 2.0, 1.0], &WON, &ONCE), Some(0.0));
        assert_eq!(auc(&[1.0; 4], &WON, &ONCE), Some(0.5));
        assert_eq!(auc(&[1.0, 3.0, 2.0, 4.0], &WON, &ONCE), Some(0.75));
        assert_eq!(auc(&[1.0; 4], &ONCE, &ONCE), None);
        // A lead of weight 2 is two leads.
        assert_eq!(
            auc(&[1.0, 3.0, 2.0], &[0.0, 0.0, 1.0], &[2.0, 1.0, 1.0]),
            auc(&[1.0, 1.0, 3.0, 2.0], &[0.0, 0.0, 0.0, 1.0], &ONCE)
        );
    }

    #[test]
    fn finds_wins_among_the_best() {
        assert_eq!(recall(&[1.0, 2.0, 3.0, 4.0], &WON, &ONCE, 0.25), 0.5);
        assert_eq!(recall(&[1.0, 2.0, 3.0, 4.0], &WON, &ONCE, 0.5), 1.0);
        assert_eq!(recall(&[1.0; 4], &WON, &ONCE, 0.5), 0.5);
    }

    #[test]
    fn calibration_error_is_none_where_shares_agree() {
        assert_eq!(calibration_error(&reliability(&[0.5; 4], &WON, &ONCE)), 0.0);
        assert_eq!(
            calibration_error(&reliability(&[0.75; 4], &WON, &ONCE)),
            0.25
        );
        assert_eq!(log_loss(&[0.5; 4], &WON, &ONCE), std::f64::consts::LN_2);
    }
}
