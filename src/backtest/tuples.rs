//! Which combinations of cells occur, and which of them each row has.

use super::index::{Index, hash_number};
use super::plane::Plane;
use std::borrow::Cow;
use std::sync::OnceLock;

/// The combinations of cells that occur in a unit's inputs.
#[derive(Debug)]
pub struct Tuples {
    /// A row that has each combination.
    pub rows: Vec<u32>,
    /// The combination of each row.
    pub of: Plane,
    /// The number that each combination is, once somebody asked: boundaries move, numbers do not.
    pub numbers: OnceLock<Vec<Option<f64>>>,
}

impl Tuples {
    /// These rows with a combination each, and the combination of all rows.
    pub fn new(rows: Vec<u32>, of: Plane) -> Self {
        Tuples {
            rows,
            of,
            numbers: OnceLock::new(),
        }
    }
}

/// A number for each row, as cells or combinations of them are told apart by.
pub struct Codes<'c> {
    codes: Cow<'c, [u32]>,
    /// A number that all are below.
    end: usize,
}

/// Most pairs that are numbered as they stand, so that a list of all of them stays small.
const TABLE: usize = 1 << 18;

impl<'c> Codes<'c> {
    /// These numbers, all of them below `end`.
    pub fn of(codes: &'c [u32], end: usize) -> Self {
        let codes = Cow::Borrowed(codes);
        Codes { codes, end }
    }

    /// The same of numbers that are made for it.
    pub fn made(codes: impl Iterator<Item = u32>, end: usize) -> Self {
        let codes = codes.collect();
        Codes { codes, end }
    }

    /// What `values` has at each number.
    pub fn looked_up(&self, values: &[u32]) -> Codes<'static> {
        let value = |code: &u32| values.get(*code as usize).copied().unwrap_or(0);
        let end = values.iter().max().map_or(0, |most| *most as usize);
        Codes::made(self.codes.iter().map(value), end + 1)
    }

    /// Numbers of the pairs with others.
    pub fn with(&self, others: &Codes) -> Codes<'static> {
        let both = self.codes.iter().zip(others.codes.iter());
        let end = self.end.saturating_mul(others.end);
        if end <= TABLE {
            let width = others.end as u32;
            return Codes::made(both.map(|(first, second)| first * width + second), end);
        }
        let mut index = Index::default();
        let mut pairs: Vec<u64> = Vec::new();
        let codes = both
            .map(|(first, second)| {
                let pair = u64::from(*first) << 32 | u64::from(*second);
                let hash = hash_number(pair);
                let known = index.find(hash, |code| pairs.get(code as usize) == Some(&pair));
                known.unwrap_or_else(|| {
                    let code = pairs.len() as u32;
                    index.insert(hash, code);
                    pairs.push(pair);
                    code
                })
            })
            .collect();
        let end = pairs.len();
        Codes { codes, end }
    }

    /// What occurs, in the order in which it first does.
    pub fn tuples(&self) -> Tuples {
        let mut place = vec![u32::MAX; self.end];
        let mut rows = Vec::new();
        let mut number = |(row, code): (usize, &u32)| {
            let Some(place) = place.get_mut(*code as usize) else {
                return 0;
            };
            if *place == u32::MAX {
                *place = rows.len() as u32;
                rows.push(row as u32);
            }
            *place
        };
        let codes = self.codes.iter().enumerate();
        let of = if self.end <= 1 << 8 {
            Plane::Narrow(codes.map(|of| number(of) as u8).collect())
        } else {
            let numbers: Vec<u32> = codes.map(&mut number).collect();
            Plane::of(numbers.into_iter(), rows.len())
        };
        Tuples::new(rows, of)
    }
}
