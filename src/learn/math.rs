//! The few functions beyond `+ - * /` and the square root that learning needs, from `libm`: those
//! of the standard library differ between platforms in the last bits.

/// `1 / (1 + e^-x)`.
pub fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-x))
}

/// `ln(p / (1 - p))`.
pub fn logit(p: f64) -> f64 {
    libm::log(p / (1.0 - p))
}

/// How far from the middle 90 % of a normal distribution reach, in standard deviations.
pub const NINETY: f64 = 1.644_853_626_951_472_2;

/// The 90 % interval of a share after `won` of `won + lost` (Jeffreys: the middle of the posterior
/// Beta(won + 1/2, lost + 1/2), here by its normal approximation on the logit scale).
pub fn share_interval(won: f64, lost: f64) -> [f64; 2] {
    let (a, b) = (won + 0.5, lost + 0.5);
    let (middle, deviation) = (libm::log(a / b), (1.0 / a + 1.0 / b).sqrt());
    [
        logistic(middle - NINETY * deviation),
        logistic(middle + NINETY * deviation),
    ]
}

/// Isotonic regression: the rising sequence that is nearest to `values` by weighted squares
/// (pool adjacent violators).
pub fn rising(values: &mut [f64], weights: &[f64]) {
    // Blocks of equal values so far: mean, weight, length.
    let mut blocks: Vec<(f64, f64, usize)> = Vec::with_capacity(values.len());
    for (value, weight) in values.iter().zip(weights) {
        let mut block = (*value, weight.max(1e-9), 1);
        while let Some(last) = blocks.last().copied() {
            if last.0 <= block.0 {
                break;
            }
            blocks.pop();
            let weight = last.1 + block.1;
            let mean = (last.0 * last.1 + block.0 * block.1) / weight;
            block = (mean, weight, last.2 + block.2);
        }
        blocks.push(block);
    }
    let means = blocks
        .iter()
        .flat_map(|(mean, _, length)| std::iter::repeat_n(*mean, *length));
    for (value, mean) in values.iter_mut().zip(means) {
        *value = mean;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_right_and_do_not_overflow() {
        assert_eq!(logistic(0.0), 0.5);
        assert_eq!(logistic(-1e4), 0.0);
        assert!((logit(logistic(1.25)) - 1.25).abs() < 1e-12);
    }

    #[test]
    fn intervals_of_shares_hold_the_share_and_never_leave_it() {
        for (won, lost) in [(0.0, 0.0), (0.0, 40.0), (7.0, 3.0), (500.0, 1.0)] {
            let [low, high] = share_interval(won, lost);
            let share = (won + 0.5) / (won + lost + 1.0);
            assert!(0.0 < low && low < share && share < high && high < 1.0);
        }
    }

    #[test]
    fn isotonic_regression_pools_what_falls() {
        let mut values = [1.0, 3.0, 2.0, 2.0, 5.0];
        rising(&mut values, &[1.0, 1.0, 1.0, 2.0, 1.0]);
        assert_eq!(values, [1.0, 2.25, 2.25, 2.25, 5.0]);
    }
}
