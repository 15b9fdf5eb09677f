//! A small number for each lead: one byte each while they fit.

/// A small number for each lead.
#[derive(Clone, Debug, PartialEq)]
pub enum Plane {
    /// All below 256.
    Narrow(Vec<u8>),
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

    /// Adds the number of the next lead.
    pub fn push(&mut self, number: u32) {
        match self {
            Plane::Narrow(numbers) => match u8::try_from(number) {
                Ok(number) => numbers.push(number),
                Err(_) => {
                    let mut wide: Vec<u32> =
                        numbers.iter().map(|number| u32::from(*number)).collect();
                    wide.push(number);
                    *self = Plane::Wide(wide);
                }
            },
            Plane::Wide(numbers) => numbers.push(number),
        }
    }

    /// The number of a lead.
    pub fn get(&self, row: usize) -> u32 {
        match self {
            Plane::Narrow(numbers) => numbers.get(row).map_or(0, |number| u32::from(*number)),
            Plane::Wide(numbers) => numbers.get(row).copied().unwrap_or(0),
        }
    }

    /// How many leads.
    pub fn len(&self) -> usize {
        match self {
            Plane::Narrow(numbers) => numbers.len(),
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
            Plane::Wide(numbers) => {
                for (to, number) in to.iter_mut().zip(numbers.iter().skip(from)) {
                    each(to, *number as usize);
                }
            }
        }
    }
}
