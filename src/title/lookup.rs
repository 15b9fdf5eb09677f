//! Finds what words and phrases mean: as they stand, inflected, compounded or misspelt.

use alloc::vec::Vec;

use super::table::TABLE;
use super::words::{Gap, Word};
use super::{Department, Level};

/// Letters from which one wrong letter is forgiven.
const SHORTEST_MISSPELT: usize = 6;
/// Letters of an entry that may end a compound whose beginning is not known.
const SHORTEST_ENDING: usize = 5;

/// Percent by which trust falls, because a word was not found as it stands.
const INFLECTED: u8 = 2;
const COMPOUND: u8 = 4;
const MISSPELT: u8 = 25;

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

/// What an entry of the vocabulary means: tags, upper case, each followed by lower-case letters
/// that stand for values in the order of their `ALL`; a sub-role is spelt out. Written by the test
/// `title_table`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meaning(&'static str);

/// Marks of `vocab.csv`, in the order of their letters.
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

impl Meaning {
    /// The letters after `tag`.
    #[inline(never)]
    fn after(self, tag: u8) -> Option<&'static str> {
        let bytes = self.0.as_bytes();
        let from = bytes.iter().position(|b| *b == tag)? + 1;
        let rest = bytes.get(from..)?.iter();
        let length = rest.take_while(|b| !b.is_ascii_uppercase()).count();
        self.0.get(from..from + length)
    }

    /// How its level word works, if it is one, and the letters of its levels.
    fn level_word(self) -> Option<(Kind, &'static str)> {
        [
            (b'J', Kind::Job),
            (b'G', Kind::Grade),
            (b'R', Kind::Rank),
            (b'T', Kind::Trainee),
        ]
        .into_iter()
        .find_map(|(tag, kind)| Some((kind, self.after(tag)?)))
    }

    /// How its level word works, if it is one.
    pub(super) fn kind(self) -> Option<Kind> {
        self.level_word().map(|(kind, _)| kind)
    }

    /// The levels it may mean, likeliest first.
    pub(super) fn levels(self) -> Vec<Level> {
        let letters = self.level_word().map_or("", |(_, letters)| letters);
        values(letters, Level::from_index)
    }

    /// The departments it may mean, likeliest first.
    pub(super) fn departments(self) -> Vec<Department> {
        let letters = self.after(b'D').or_else(|| self.after(b'W'));
        values(letters.unwrap_or_default(), Department::from_index)
    }

    /// Whether its departments give way to those of other words.
    pub(super) fn is_weak(self) -> bool {
        self.after(b'W').is_some()
    }

    /// The sub-role within the first of its departments.
    pub(super) fn sub_role(self) -> Option<&'static str> {
        self.after(b'S')
    }

    pub(super) fn has(self, mark: Mark) -> bool {
        let marks = self.after(b'M').unwrap_or_default();
        marks.bytes().any(|letter| letter == b'a' + mark as u8)
    }
}

fn values<T>(letters: &str, of_index: impl Fn(usize) -> Option<T>) -> Vec<T> {
    let mut values = Vec::new();
    for letter in letters.bytes() {
        values.extend(of_index(usize::from(letter.wrapping_sub(b'a'))));
    }
    values
}

/// A word or phrase that the vocabulary knows.
#[derive(Clone, Debug)]
pub(super) struct Hit<'t> {
    pub(super) meaning: Meaning,
    /// As typed.
    pub(super) text: &'t str,
    /// What stands before it.
    pub(super) gap: Gap,
    /// Percent by which trust falls, because the word was not found as it stands.
    pub(super) doubt: u8,
    /// Whether it speaks of the holder of the title, as he or she is now.
    pub(super) own: bool,
}

/// Everything found in a title, in order.
#[derive(Debug, Default)]
pub(super) struct LookedUp<'t> {
    pub(super) hits: Vec<Hit<'t>>,
    /// Whether there are words that the vocabulary does not know.
    pub(super) unknown: bool,
    /// Whether one of them is in another script than the Latin one.
    pub(super) foreign: bool,
}

/// Looks up all words of a title, longest phrases first.
pub(super) fn look_up<'t>(title: &'t str, words: &[Word<'t>]) -> LookedUp<'t> {
    let mut found = LookedUp::default();
    let mut rest = words;
    // What stands before unknown words also stands before the next known one.
    let mut gap = Gap::Space;
    while let [word, others @ ..] = rest {
        gap = gap.max(word.gap);
        rest = others;
        let mut text = word.text;
        let (left, right) = if let Some((meaning, more)) = phrase(word, others) {
            if let Some(last) = more.checked_sub(1).and_then(|last| others.get(last)) {
                text = title.get(word.start..last.end).unwrap_or(text);
            }
            rest = others.get(more..).unwrap_or_default();
            (None, Some((meaning, 0)))
        } else {
            near(&word.folded, true)
                .map_or_else(|| compound(&word.folded), |near| (None, Some(near)))
        };
        if right.is_none() {
            found.unknown = true;
            found.foreign |= !word.folded.is_ascii();
        }
        for (meaning, doubt) in [left, right].into_iter().flatten() {
            found.hits.push(Hit {
                meaning,
                text,
                gap,
                doubt,
                own: true,
            });
            gap = Gap::Space;
        }
    }
    found
}

/// Every entry of the table, spaces left out, with its meaning.
fn entries() -> impl Iterator<Item = (Meaning, &'static str)> {
    let mut meaning = "";
    let mut rest = TABLE;
    core::iter::from_fn(move || {
        let end = rest
            .bytes()
            .position(|b| matches!(b, b'=' | b' ' | b'\n'))?;
        let (mut entry, after) = rest.split_at_checked(end)?;
        rest = after;
        if let Some(after) = after.strip_prefix('=') {
            meaning = entry;
            let end = after.bytes().position(|b| matches!(b, b' ' | b'\n'))?;
            (entry, rest) = after.split_at_checked(end)?;
        }
        rest = rest.get(1..)?;
        Some((Meaning(meaning), entry))
    })
}

/// The longest phrase that begins with `word`, and how many of the words after it belong to it.
/// Spaces do not matter: `teamleader` is `team leader`.
fn phrase(word: &Word<'_>, others: &[Word<'_>]) -> Option<(Meaning, usize)> {
    let mut longest = None;
    for (meaning, entry) in entries() {
        let mut rest = entry.strip_prefix(word.folded.as_str());
        let mut more = 0;
        while let Some(left) = rest
            && !left.is_empty()
        {
            let next = others.get(more).filter(|next| next.gap <= Gap::And);
            rest = next.and_then(|next| left.strip_prefix(next.folded.as_str()));
            more += 1;
        }
        if rest.is_some() && longest.is_none_or(|(_, longest)| more > longest) {
            longest = Some((meaning, more));
        }
    }
    longest
}

/// The entry that is `word` or one of its forms, and how doubtful that is.
fn near(word: &str, may_be_misspelt: bool) -> Option<(Meaning, u8)> {
    let mut nearest = None;
    for (meaning, entry) in entries() {
        if let Some(doubt) = doubt(word.as_bytes(), entry.as_bytes())
            && (may_be_misspelt || doubt < MISSPELT)
            && nearest.is_none_or(|(_, least)| doubt < least)
        {
            nearest = Some((meaning, doubt));
        }
    }
    nearest
}

/// How doubtful it is that `word` is a form of `entry`: the same, a plural or feminine form
/// (Leiterin, directora, chargée, managers), or with one letter wrong, missing, surplus or swapped.
fn doubt(word: &[u8], entry: &[u8]) -> Option<u8> {
    let same = word.iter().zip(entry).take_while(|(a, b)| a == b).count();
    let (ending, instead) = (word.get(same..)?, entry.get(same..)?);
    let inflects = matches!(
        ending,
        b"in" | b"innen" | b"s" | b"es" | b"e" | b"a" | b"as" | b"n" | b"r" | b"er"
    );
    if ending.is_empty() && instead.is_empty() {
        return Some(0);
    }
    if same >= 3 && inflects && matches!(instead, b"" | b"o" | b"e") {
        return Some(INFLECTED);
    }
    let close = match (ending, instead) {
        ([a0, a1, a @ ..], [b0, b1, b @ ..]) if a0 == b1 && a1 == b0 => a == b,
        ([_, a @ ..], [_, b @ ..]) => a == b || a == instead || ending == b,
        (a, b) => a.len() + b.len() == 1,
    };
    (same > 0 && close && word.len().min(entry.len()) >= SHORTEST_MISSPELT).then_some(MISSPELT)
}

type Part = Option<(Meaning, u8)>;

/// The two entries that a compound is made of (Vertriebs-leiterin, 営業-部長), or the level word
/// at the end of something unknown (Fuhrpark-leiter).
fn compound(word: &str) -> (Part, Part) {
    let mut parts = (None, None);
    for (at, _) in word.char_indices().skip(2) {
        let Some((left, right)) = word.split_at_checked(at) else {
            break;
        };
        if right.len() < 3 {
            break;
        }
        let Some((meaning, _)) = near(right, false) else {
            continue;
        };
        let right = Some((meaning, COMPOUND));
        if let Some((left, _)) = near(left, false) {
            return (Some((left, COMPOUND)), right);
        }
        if parts.1.is_none() && meaning.kind().is_some() && word.len() - at >= SHORTEST_ENDING {
            parts.1 = right;
        }
    }
    parts
}

/// What the table says about `key`, as it stands.
#[cfg(test)]
pub(super) fn find(key: &str) -> Option<Meaning> {
    near(key, false).and_then(|(meaning, doubt)| (doubt == 0).then_some(meaning))
}
