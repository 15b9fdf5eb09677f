//! How many attempts to reach a lead are worth making.

use super::file::Worth;

/// Parts of one in which rates are counted, so that no float decides a tie.
const MILLION: u128 = 1_000_000;

/// The last of the first attempts that each bring in more than they cost: attempt k does while
/// `contactOdds[k] · closeRate · averageRevenue · grossMargin > costPerAttempt`. `None` where cost
/// or odds are not stated; never more than there are odds.
pub fn attempts(worth: &Worth) -> Option<u32> {
    let cost = u128::from(worth.cost_per_attempt_minor?);
    if worth.contact_odds.is_empty() {
        return None;
    }
    let millionths = |share: f64| (share * MILLION as f64).round().max(0.0) as u128;
    let customer = millionths(worth.close_rate)
        .saturating_mul(millionths(worth.gross_margin.unwrap_or(1.0)))
        .saturating_mul(u128::from(worth.average_revenue_minor));
    let cost = cost.saturating_mul(MILLION.pow(3));
    let pays = |odds: &&f64| millionths(**odds).saturating_mul(customer) > cost;
    let paying = worth.contact_odds.iter().take_while(pays).count();
    u32::try_from(paying).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn worth(odds: &[f64], cost: Option<u64>) -> Worth {
        Worth {
            close_rate: 0.04,
            average_revenue_minor: 12_000_000,
            gross_margin: Some(0.8),
            cost_per_attempt_minor: cost,
            contact_odds: odds.to_vec(),
        }
    }

    #[track_caller]
    fn check(odds: &[f64], cost: Option<u64>, expected: Option<u32>) {
        assert_eq!(attempts(&worth(odds, cost)), expected);
    }

    #[test]
    fn the_run_ends_with_the_first_attempt_that_does_not_pay() {
        // A lead that is reached is worth 0.04 · 120,000.00 · 0.8 = 3,840.00.
        check(&[0.2, 0.1, 0.01], Some(2_500), Some(3));
        check(&[0.2, 0.1, 0.006, 0.5], Some(2_500), Some(2));
        check(&[0.006, 0.5], Some(2_500), Some(0));
        check(&[0.2], Some(0), Some(1));
        check(&[0.0], Some(0), Some(0));
    }

    #[test]
    fn an_attempt_that_only_earns_its_cost_does_not_pay() {
        check(&[0.1, 0.1], Some(38_400), Some(0));
        check(&[0.1, 0.1], Some(38_399), Some(2));
    }

    #[test]
    fn without_cost_or_odds_nothing_is_said() {
        check(&[0.2], None, None);
        check(&[], Some(2_500), None);
    }

    #[test]
    fn no_amount_overflows() {
        let mut most = worth(&[1.0], Some(u64::MAX));
        most.average_revenue_minor = u64::MAX;
        (most.close_rate, most.gross_margin) = (1.0, None);
        assert_eq!(attempts(&most), Some(0));
        most.cost_per_attempt_minor = Some(u64::MAX - 1);
        assert_eq!(attempts(&most), Some(1));
    }
}
