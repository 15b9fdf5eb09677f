//! Where a logistic fit stands: its loss, and how each lead pulls at it.

use super::fit::Outcomes;

/// A product of numbers up to 2 that may still grow by one.
const MOST: f64 = 1e300;

/// What the loss does where a fit stands.
#[derive(Clone, Debug, Default)]
pub struct Slope {
    /// Newton's weight `w μ (1 - μ)` of each lead.
    pub curvature: Vec<f64>,
    /// `w (y - μ)` of each lead.
    pub residual: Vec<f64>,
}

impl Slope {
    /// Goes to these log odds; gives the log-loss there. One exponential serves all three.
    pub fn go(&mut self, eta: &[f64], outcomes: &Outcomes) -> f64 {
        self.curvature.resize(eta.len(), 0.0);
        self.residual.resize(eta.len(), 0.0);
        let told = outcomes.won.iter().zip(&outcomes.weight);
        let slopes = self.curvature.iter_mut().zip(&mut self.residual);
        let mut loss = 0.0;
        // Leads of one weight share a logarithm, of the product of what each adds; each is at most 2.
        let (mut product, mut of_weight) = (1.0, 1.0);
        for ((eta, (won, weight)), (curvature, residual)) in eta.iter().zip(told).zip(slopes) {
            let small = libm::exp(-eta.abs());
            let share = 1.0 / (1.0 + small);
            let mu = if *eta > 0.0 { share } else { small * share };
            *curvature = weight * mu * (1.0 - mu);
            *residual = weight * (won - mu);
            loss += weight * (eta.max(0.0) - won * eta);
            if *weight != of_weight || product > MOST {
                loss += of_weight * libm::log(product);
                (product, of_weight) = (1.0, *weight);
            }
            product *= 1.0 + small;
        }
        loss + of_weight * libm::log(product)
    }
}
