//! A small number for each lead: one byte each while they fit, else two or four.

/// A small number for each lead.
#[derive(Clone, Debug, PartialEq)]
pub enum Plane {
    /// All below 256.
    Narrow(Vec<u8>),
    /// All below 65,536.
    Middle(Vec<u16>),
    /// Some are larger.
    Wide(Vec<u32>),
}

impl Default for Plane {
    fn default() -> Self {
        Plane::Narrow(Vec::new())
    }
}

impl Plane {
    /// Zero for each of so many leads.
    pub fn filled(rows: usize) -> Self {
        Plane::Narrow(vec![0; rows])
    }

    /// These numbers, all of them below `end`.
    pub fn of(numbers: impl Iterator<Item = u32>, end: usize) -> Self {
        if end <= 1 << 8 {
            Plane::Narrow(numbers.map(|number| number as u8).collect())
        } else if end <= 1 << 16 {
            Plane::Middle(numbers.map(|number| number as u16).collect())
        } else {
            Plane::Wide(numbers.collect())
        }
    }

    /// For each lead what `values` has at its number.
    pub fn looked_up(&self, values: &[u32]) -> Self {
        let end = values.iter().max().map_or(0, |most| *most as usize + 1);
        let value = |place: usize| values.get(place).copied().unwrap_or(0);
        match self {
            Plane::Narrow(of) => Plane::of(of.iter().map(|place| value(usize::from(*place))), end),
            Plane::Middle(of) => Plane::of(of.iter().map(|place| value(usize::from(*place))), end),
            Plane::Wide(of) => Plane::of(of.iter().map(|place| value(*place as usize)), end),
        }
    }

    /// The number of a lead.
    pub fn get(&self, row: usize) -> u32 {
        match self {
            Plane::Narrow(numbers) => numbers.get(row).map_or(0, |number| u32::from(*number)),
            Plane::Middle(numbers) => numbers.get(row).map_or(0, |number| u32::from(*number)),
            Plane::Wide(numbers) => numbers.get(row).copied().unwrap_or(0),
        }
    }

    /// How many leads.
    pub fn len(&self) -> usize {
        match self {
            Plane::Narrow(numbers) => numbers.len(),
            Plane::Middle(numbers) => numbers.len(),
            Plane::Wide(numbers) => numbers.len(),
        }
    }

    /// Calls `each` with place in `to` and number, from lead `from` on.
    pub fn each<T>(&self, from: usize, to: &mut [T], mut each: impl FnMut(&mut T, usize)) {
        match self {
            Plane::Narrow(numbers) => {
                for (to, number) in to.iter_mut().zip(numbers.iter().skip(from)) {
                    each(to, usize::from(*number));
                }
            }
            Plane::Middle(numbers) => {
                for (to, number) in to.iter_mut().zip(numbers.iter().skip(from)) {
                    each(to, usize::from(*number));
                }
            }
            Plane::Wide(numbers) => {
                for (to, number) in to.iter_mut().zip(numbers.iter().skip(from)) {
                    each(to, *number as usize);
                }
            }
        }
    }
}
