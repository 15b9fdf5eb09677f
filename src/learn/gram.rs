//! Cross products of coded columns, `X' W X`, and linear systems on them.
//!
//! Columns are put together into groups with few joint levels: 40 criteria with two levels are 7
//! groups. One pass over the leads per pair of groups adds up weights by the pair of joint levels, in
//! a table that fits into the fastest memory, and the cross products of the columns are sums over
//! these tables.
// INVARIANT: joint levels are below `MOST`; codes are below the number of levels of their column.
#![allow(clippy::indexing_slicing, clippy::needless_range_loop)]

use super::column::Column;

/// Joint levels up to which columns are put together.
const JOINT: usize = 64;
/// Most levels of a column, and so of a group: they fit into a byte.
const MOST: usize = 256;

/// Columns, put together.
pub struct Groups {
    groups: Vec<Group>,
    /// Where the levels of each column begin in the cross products; behind them all ends.
    pub starts: Vec<usize>,
}

struct Group {
    /// The joint level of each lead.
    codes: Vec<u8>,
    /// Columns: index, number of levels, and how many joint levels one step is.
    members: Vec<(usize, usize, usize)>,
    /// Number of joint levels.
    size: usize,
}

impl Groups {
    /// Puts columns together. A column with more than 256 levels counts those beyond as its last.
    pub fn of(columns: &[Column]) -> Groups {
        let mut groups: Vec<Group> = Vec::new();
        let mut starts = vec![0];
        for (index, column) in columns.iter().enumerate() {
            let levels = column.levels.count.clamp(1, MOST);
            starts.push(starts[index] + levels);
            let rows = column.codes.len();
            let group = match groups.last_mut() {
                Some(group) if group.size * levels <= JOINT => group,
                _ => {
                    groups.push(Group {
                        codes: vec![0; rows],
                        members: Vec::new(),
                        size: 1,
                    });
                    let last = groups.len() - 1;
                    &mut groups[last]
                }
            };
            for (joint, code) in group.codes.iter_mut().zip(&column.codes) {
                *joint += (usize::from(*code).min(levels - 1) * group.size) as u8;
            }
            group.members.push((index, levels, group.size));
            group.size *= levels;
        }
        Groups { groups, starts }
    }

    /// Places of the levels that may have an effect: the first of each column is the reference.
    pub fn free(&self) -> Vec<usize> {
        let columns = self.starts.windows(2);
        columns.flat_map(|ends| ends[0] + 1..ends[1]).collect()
    }

    /// What is known of each place, column by column.
    pub fn by_column<T: Clone>(&self, of: &[T]) -> Vec<Vec<T>> {
        let columns = self.starts.windows(2);
        columns.map(|ends| of[ends[0]..ends[1]].to_vec()).collect()
    }

    /// Number of all levels.
    pub fn width(&self) -> usize {
        self.starts.last().copied().unwrap_or_default()
    }

    /// For each lead the sum of `effects` over its levels, and `intercept`.
    pub fn predict(&self, effects: &[f64], intercept: f64, out: &mut [f64]) {
        out.fill(intercept);
        for group in &self.groups {
            let mut table = [0.0; MOST];
            for (joint, sum) in table.iter_mut().enumerate().take(group.size) {
                *sum = group
                    .levels(joint)
                    .map(|(index, level)| effects[self.starts[index] + level])
                    .sum();
            }
            for (out, code) in out.iter_mut().zip(&group.codes) {
                *out += table[usize::from(*code)];
            }
        }
    }

    /// For each level the sum of `values` over its leads.
    pub fn sums(&self, values: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; self.width()];
        for group in &self.groups {
            // Four tables take turns, so that a lead need not wait for the sum of the one before.
            let mut tables = [[0.0; MOST]; 4];
            for (codes, values) in group.codes.chunks(4).zip(values.chunks(4)) {
                for ((table, code), value) in tables.iter_mut().zip(codes).zip(values) {
                    table[usize::from(*code)] += value;
                }
            }
            for joint in 0..group.size {
                let sum =
                    (tables[0][joint] + tables[1][joint]) + (tables[2][joint] + tables[3][joint]);
                for (index, level) in group.levels(joint) {
                    sums[self.starts[index] + level] += sum;
                }
            }
        }
        sums
    }

    /// `X' W X` over all levels of all columns, in rows.
    pub fn gram(&self, weights: &[f64]) -> Vec<f64> {
        let width = self.width();
        let mut gram = vec![0.0; width * width];
        for (place, left) in self.groups.iter().enumerate() {
            for right in &self.groups[place..] {
                let table = left.table(right, weights);
                for (a, levels_a, step_a) in &left.members {
                    // Over the joint levels of the left group for each level of its column.
                    let mut rows = vec![0.0; levels_a * right.size];
                    for (joint, values) in table.chunks(right.size).enumerate() {
                        let level = joint / step_a % levels_a;
                        for (sum, value) in rows[level * right.size..][..right.size]
                            .iter_mut()
                            .zip(values)
                        {
                            *sum += value;
                        }
                    }
                    for (b, levels_b, step_b) in right.members.iter().filter(|(b, ..)| b >= a) {
                        for (level, row) in rows.chunks(right.size).enumerate() {
                            let at = (self.starts[*a] + level) * width + self.starts[*b];
                            for (joint, value) in row.iter().enumerate() {
                                gram[at + joint / step_b % levels_b] += value;
                            }
                        }
                    }
                }
            }
        }
        for row in 0..width {
            for column in 0..row {
                let above = gram[column * width + row];
                if above != 0.0 {
                    gram[row * width + column] = above;
                }
            }
        }
        gram
    }
}

impl Group {
    /// The level of each member at a joint level.
    fn levels(&self, joint: usize) -> impl Iterator<Item = (usize, usize)> {
        self.members
            .iter()
            .map(move |(index, levels, step)| (*index, joint / step % levels))
    }

    /// Sums of weights by pair of joint levels.
    fn table(&self, other: &Group, weights: &[f64]) -> Vec<f64> {
        let mut table = vec![0.0; self.size * other.size];
        for ((a, b), weight) in self.codes.iter().zip(&other.codes).zip(weights) {
            table[usize::from(*a) * other.size + usize::from(*b)] += weight;
        }
        table
    }
}

/// A symmetric positive definite matrix, factored as L L' (Cholesky).
pub struct Factor {
    size: usize,
    lower: Vec<f64>,
}

impl Factor {
    /// Factors the matrix that `matrix` holds in rows; `None` where it is not positive definite.
    pub fn new(mut matrix: Vec<f64>, size: usize) -> Option<Factor> {
        for row in 0..size {
            let (above, own) = matrix.split_at_mut(row * size);
            for column in 0..row {
                let other = &above[column * size..][..=column];
                let sum: f64 = own[..column].iter().zip(other).map(|(a, b)| a * b).sum();
                own[column] = (own[column] - sum) / other[column];
            }
            let sum: f64 = own[..row].iter().map(|value| value * value).sum();
            let pivot = own[row] - sum;
            // A NaN is no pivot either.
            if pivot.is_nan() || pivot <= 0.0 {
                return None;
            }
            own[row] = pivot.sqrt();
        }
        Some(Factor {
            size,
            lower: matrix,
        })
    }

    /// Puts the solution in the place of the right-hand side.
    pub fn solve(&self, values: &mut [f64]) {
        let size = self.size;
        for row in 0..size {
            let lower = &self.lower[row * size..][..=row];
            let sum: f64 = lower[..row]
                .iter()
                .zip(values.iter())
                .map(|(a, b)| a * b)
                .sum();
            values[row] = (values[row] - sum) / lower[row];
        }
        for row in (0..size).rev() {
            let value = values[row] / self.lower[row * size + row];
            values[row] = value;
            for (column, slot) in values[..row].iter_mut().enumerate() {
                *slot -= self.lower[row * size + column] * value;
            }
        }
    }

    /// The inverse, in rows.
    pub fn inverse(&self) -> Vec<f64> {
        let size = self.size;
        let mut inverse = vec![0.0; size * size];
        for at in 0..size {
            let row = &mut inverse[at * size..][..size];
            row[at] = 1.0;
            self.solve(row);
        }
        inverse
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learn::column::Levels;

    fn columns() -> Vec<Column> {
        let code =
            |row: u32, turn: u32, levels: u32| (row.wrapping_mul(2_654_435_761) >> turn) % levels;
        [
            (3_u32, 2_usize),
            (5, 7),
            (9, 40),
            (11, 2),
            (13, 9),
            (17, 300),
        ]
        .iter()
        .map(|(turn, levels)| {
            let codes = (0..500)
                .map(|row| code(row, *turn, *levels as u32) as u16)
                .collect();
            Column::new(codes, Levels::pooled(*levels), None)
        })
        .collect()
    }

    #[test]
    fn cross_products_are_those_of_the_written_out_matrix() {
        let columns = columns();
        let groups = Groups::of(&columns);
        let weights: Vec<f64> = (0..500).map(|row| f64::from(row % 7) + 0.5).collect();
        let (gram, sums, width) = (groups.gram(&weights), groups.sums(&weights), groups.width());
        let place = |index: usize, row: usize| {
            let levels = groups.starts[index + 1] - groups.starts[index];
            groups.starts[index] + usize::from(columns[index].codes[row]).min(levels - 1)
        };
        let (mut expected, mut expected_sums) = (vec![0.0; width * width], vec![0.0; width]);
        for (row, weight) in weights.iter().enumerate() {
            for a in 0..columns.len() {
                expected_sums[place(a, row)] += weight;
                for b in 0..columns.len() {
                    expected[place(a, row) * width + place(b, row)] += weight;
                }
            }
        }
        assert_eq!(gram, expected);
        assert_eq!(sums, expected_sums);

        let effects: Vec<f64> = (0..width).map(|at| at as f64).collect();
        let mut out = vec![0.0; 500];
        groups.predict(&effects, 1.0, &mut out);
        for (row, out) in out.iter().enumerate() {
            let sum: f64 = (0..columns.len())
                .map(|index| effects[place(index, row)])
                .sum();
            assert_eq!(*out, sum + 1.0);
        }
    }

    #[test]
    fn a_factored_matrix_solves() {
        let matrix = vec![4.0, 2.0, 0.5, 2.0, 5.0, 1.0, 0.5, 1.0, 3.0];
        let inverse = Factor::new(matrix.clone(), 3).unwrap().inverse();
        for row in 0..3 {
            for column in 0..3 {
                let sum: f64 = (0..3)
                    .map(|k| matrix[row * 3 + k] * inverse[k * 3 + column])
                    .sum();
                assert!((sum - f64::from(u8::from(row == column))).abs() < 1e-14);
            }
        }
        assert!(Factor::new(vec![1.0, 2.0, 2.0, 1.0], 2).is_none());
    }
}
