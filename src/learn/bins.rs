//! Bins from data: ranges and single values of numbers, levels of texts.
#![allow(clippy::indexing_slicing, clippy::needless_range_loop)] // Places come from searches in the same slices.

/// Up to so many different numbers each is a bin of its own; else there are so many ranges.
const RANGES: usize = 32;
/// From so many leads on, every k-th of them settles the ranges.
const ALL_LEADS: usize = 65_536;
/// Most single values of a number that get a bin of their own.
const MAX_EXACT: usize = 48;
/// Leads that a text needs to be a level of its own.
const OWN_LEVEL: f64 = 5.0;
/// Most levels of a text.
pub const MAX_LEVELS: usize = 1000;

/// Ranges of numbers, and single values that stand out among their neighbours (0, 50000, 999).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NumberBins {
    /// Edges, ascending: each range counts its lower edge and not its upper one.
    pub edges: Vec<f64>,
    /// Single values, ascending.
    pub exact: Vec<f64>,
}

impl NumberBins {
    /// Bins of these numbers; those that are NaN are unknown. With `exact` single values too.
    pub fn of(values: &[f64], exact: bool) -> NumberBins {
        let stride = if values.len() > ALL_LEADS {
            values.len().div_ceil(ALL_LEADS / 2)
        } else {
            1
        };
        let mut known: Vec<f64> = values
            .iter()
            .step_by(stride)
            .copied()
            .filter(|value| value.is_finite())
            .collect();
        known.sort_unstable_by(f64::total_cmp);
        let mut counts: Vec<(f64, usize)> = Vec::new();
        for value in &known {
            match counts.last_mut() {
                Some((last, count)) if last == value => *count += 1,
                _ => counts.push((*value, 1)),
            }
        }
        if counts.len() <= RANGES {
            let edges = counts.windows(2).map(|pair| between(pair[0].0, pair[1].0));
            return NumberBins {
                edges: edges.collect(),
                exact: Vec::new(),
            };
        }
        // Edges at the quantiles; a value that fills several ranges gets one.
        let mut edges: Vec<f64> = Vec::new();
        let (mut seen, mut next) = (0, 1);
        for pair in counts.windows(2) {
            seen += pair[0].1;
            if seen * RANGES >= known.len() * next {
                edges.push(between(pair[0].0, pair[1].0));
                next = seen * RANGES / known.len() + 1;
            }
        }
        let exact = if exact {
            standing_out(&counts, known.len())
        } else {
            Vec::new()
        };
        NumberBins { edges, exact }
    }

    /// Number of ranges.
    pub fn ranges(&self) -> usize {
        self.edges.len() + 1
    }

    /// The range of a number; `None` where it is unknown.
    pub fn range(&self, value: f64) -> Option<usize> {
        value
            .is_finite()
            .then(|| self.edges.partition_point(|edge| *edge <= value))
    }

    /// The single value that a number is, if any.
    pub fn single(&self, value: f64) -> Option<usize> {
        self.exact
            .binary_search_by(|exact| exact.total_cmp(&(value + 0.0)))
            .ok()
    }
}

/// Values with a thousandth of the leads, 20 of them, and three times the median of the 15 values
/// around them.
fn standing_out(counts: &[(f64, usize)], known: usize) -> Vec<f64> {
    let mut found: Vec<(usize, f64)> = Vec::new();
    for (at, (value, count)) in counts.iter().enumerate() {
        if *count < 20 || count * 1000 < known {
            continue;
        }
        let from = at.saturating_sub(7);
        let mut around: Vec<usize> = counts[from..counts.len().min(from + 15)]
            .iter()
            .map(|(_, count)| *count)
            .collect();
        around.sort_unstable();
        if *count >= 3 * around[around.len() / 2] {
            found.push((*count, *value));
        }
    }
    // The commonest, where they are too many.
    found.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.total_cmp(&b.1)));
    found.truncate(MAX_EXACT);
    let mut values: Vec<f64> = found.into_iter().map(|(_, value)| value).collect();
    values.sort_unstable_by(f64::total_cmp);
    values
}

/// The number with the fewest digits above `low` and not above `high`.
pub fn between(low: f64, high: f64) -> f64 {
    let mut scale = libm::pow(10.0, libm::ceil(libm::log10((high - low).max(1e-300))));
    for _ in 0..18 {
        let cut = libm::floor(high / scale) * scale;
        // What binary fractions make of it must still be the same side.
        let shown = rounded(cut);
        if shown > low && shown <= high {
            return shown + 0.0;
        }
        scale /= 10.0;
    }
    high
}

/// A number as its shortest text with 12 digits says it.
fn rounded(value: f64) -> f64 {
    format!("{value:.12e}").parse().unwrap_or(value)
}

/// Which texts are levels of their own, given how much each weighs in the order in which they came:
/// for each text its level, and the number of levels. All others share one.
pub fn own_levels(weights: &[f64], most: usize) -> (Vec<Option<u16>>, usize) {
    let mut order: Vec<usize> = (0..weights.len())
        .filter(|text| weights[*text] >= OWN_LEVEL)
        .collect();
    order.sort_by(|a, b| weights[*b].total_cmp(&weights[*a]).then(a.cmp(b)));
    order.truncate(most);
    let mut levels = vec![None; weights.len()];
    for (level, text) in (0_u16..).zip(&order) {
        levels[*text] = Some(level);
    }
    (levels, order.len())
}

/// Texts by number, in the order in which they came. Nothing is read in the order of the table, so
/// that the same texts always get the same numbers.
#[derive(Clone, Debug)]
pub struct Texts {
    slots: Vec<u32>,
    texts: Vec<Box<str>>,
}

impl Default for Texts {
    fn default() -> Self {
        Texts {
            slots: vec![0; 64],
            texts: Vec::new(),
        }
    }
}

impl Texts {
    /// The number of a text.
    pub fn number(&mut self, text: &str) -> u32 {
        if self.texts.len() * 2 >= self.slots.len() {
            let mut slots = vec![0; self.slots.len() * 4];
            for (number, text) in (1..).zip(&self.texts) {
                let place = Self::place(&slots, &self.texts, text);
                slots[place] = number;
            }
            self.slots = slots;
        }
        let place = Self::place(&self.slots, &self.texts, text);
        if self.slots[place] == 0 {
            self.texts.push(text.into());
            self.slots[place] = self.texts.len() as u32;
        }
        self.slots[place] - 1
    }

    /// The texts, by number.
    pub fn all(&self) -> &[Box<str>] {
        &self.texts
    }

    /// Where a text stands, or would.
    fn place(slots: &[u32], texts: &[Box<str>], text: &str) -> usize {
        let mask = slots.len() - 1;
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for byte in text.bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        }
        let mut place = (hash ^ hash >> 29) as usize & mask;
        while slots[place] != 0 && *texts[slots[place] as usize - 1] != *text {
            place = (place + 1) & mask;
        }
        place
    }
}
