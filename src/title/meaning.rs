//! What an entry of the vocabulary means, packed into one number.

use super::{Department, Level};

/// How a level word works in a title, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// A profession, with the level that it has without further words.
    Job,
    /// Grades another word: senior, junior; a position only where it stands alone.
    Grade,
    /// Names a position: director, manager. The highest one counts.
    Rank,
    /// Someone in training, whatever else the title says.
    Trainee,
}

/// Marks of `vocab.csv`, in the order of their numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Board,
    Deputy,
    Assistant,
    Former,
    Interim,
    Freelance,
    People,
    Student,
    Retired,
    Unemployed,
    Junk,
    To,
    Of,
    Office,
    At,
    Chief,
    Officer,
}

impl Mark {
    #[cfg(test)]
    pub(super) const IDS: &str = "board deputy assistant former interim freelance people student \
        retired unemployed junk to of office at chief officer";
}

/// Bits from the lowest: kind 3, mark 5, sub-role 4, weak 1, three levels of 4, four departments
/// of 5. Each number is one more than the place, so that 0 means none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Meaning(pub(super) u64);

impl Meaning {
    /// An entry that says nothing.
    pub(super) const NONE: Self = Meaning(0);
    /// Where the bits of each part begin.
    pub(super) const MARK: u32 = 3;
    pub(super) const SUB_ROLE: u32 = 8;
    pub(super) const WEAK: u32 = 12;
    pub(super) const LEVELS: u32 = 13;
    pub(super) const DEPARTMENTS: u32 = 25;

    /// The place that `width` bits from `shift` on stand for.
    fn place(self, shift: u32, width: u32) -> Option<usize> {
        (self.0 >> shift & ((1 << width) - 1))
            .checked_sub(1)
            .map(|place| place as usize)
    }

    /// How its level word works, if it is one.
    pub(super) fn kind(self) -> Option<Kind> {
        match self.place(0, 3)? {
            0 => Some(Kind::Job),
            1 => Some(Kind::Grade),
            2 => Some(Kind::Rank),
            _ => Some(Kind::Trainee),
        }
    }

    pub(super) fn has(self, mark: Mark) -> bool {
        self.place(Self::MARK, 5) == Some(mark as usize)
    }

    /// Whether its departments give way to those of other words.
    pub(super) fn is_weak(self) -> bool {
        self.0 >> Self::WEAK & 1 == 1
    }

    /// The levels it may mean, likeliest first.
    pub(super) fn levels(self) -> impl Iterator<Item = Level> {
        (0..3).map_while(move |at| Level::from_index(self.place(Self::LEVELS + 4 * at, 4)?))
    }

    /// The likeliest of the levels it may mean.
    pub(super) fn level(self) -> Option<Level> {
        self.levels().next()
    }

    /// The departments it may mean, likeliest first.
    pub(super) fn departments(self) -> impl Iterator<Item = Department> {
        (0..4)
            .map_while(move |at| Department::from_index(self.place(Self::DEPARTMENTS + 5 * at, 5)?))
    }

    /// Whether it may mean several departments.
    pub(super) fn forks(self) -> bool {
        self.departments().nth(1).is_some()
    }

    /// Whether it names one department outright.
    pub(super) fn names(self) -> bool {
        !self.is_weak() && self.departments().count() == 1
    }

    /// The sub-role within the first of its departments.
    pub(super) fn sub_role(self) -> Option<&'static str> {
        let sub_roles = self.departments().next()?.sub_roles();
        sub_roles.split(' ').nth(self.place(Self::SUB_ROLE, 4)?)
    }
}
