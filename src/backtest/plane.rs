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

    /// Adds to each of `sums` what `table` has at the number of its lead, from lead `from` on.
    pub fn add(&self, from: usize, sums: &mut [i32], table: &[i32]) {
        let add = |sum: &mut i32, place: u32| {
            *sum += table.get(place as usize).copied().unwrap_or(0);
        };
        match self {
            Plane::Narrow(numbers) => {
                // A place for every byte: none has to be compared with the end of the table.
                let mut all = [0; 1 << 8];
                all.iter_mut().zip(table).for_each(|(all, of)| *all = *of);
                each(numbers, from, sums, |sum, place| {
                    *sum += all.get(place as usize).copied().unwrap_or(0);
                });
            }
            Plane::Middle(numbers) => each(numbers, from, sums, add),
            Plane::Wide(numbers) => each(numbers, from, sums, add),
        }
    }

    /// Writes the numbers of the leads from `from` on.
    pub fn copy(&self, from: usize, to: &mut [u32]) {
        let set = |to: &mut u32, number: u32| *to = number;
        match self {
            Plane::Narrow(numbers) => each(numbers, from, to, set),
            Plane::Middle(numbers) => each(numbers, from, to, set),
            Plane::Wide(numbers) => each(numbers, from, to, set),
        }
    }
}

fn each<N: Copy + Into<u32>, T>(
    numbers: &[N],
    from: usize,
    to: &mut [T],
    mut each: impl FnMut(&mut T, u32),
) {
    for (to, number) in to.iter_mut().zip(numbers.get(from..).unwrap_or(&[])) {
        each(to, (*number).into());
    }
}
