//! Finds what words and phrases mean: as they stand, inflected, compounded or misspelt.

use alloc::string::String;
use alloc::vec::Vec;

use core::cmp::Ordering;

use super::table::TABLE;
use super::words::{Gap, Word};
use super::{Department, Level};

/// Most words in a phrase of the vocabulary.
const LONGEST_PHRASE: usize = 4;
/// Most characters in an entry of a script without spaces.
const LONGEST_UNSPACED: usize = 7;
/// Letters of the longest word that is taken apart.
const LONGEST_COMPOUND: usize = 40;
/// Unknown words of a title that are tried with a letter changed.
const MOST_MISSPELT: usize = 3;
/// Letters from which one wrong letter is forgiven.
const SHORTEST_MISSPELT: usize = 6;

/// How a level word works in a title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Names a position: director, manager. The highest one counts.
    Rank,
    /// Grades another word: senior, junior; a position only where it stands alone.
    Grade,
    /// A profession, with the level that it has without further words.
    Job,
    /// Someone in training, whatever else the title says.
    Trainee,
}

/// What an entry of the vocabulary means: tags, upper case, each followed by lower-case letters
/// that stand for values in the order of their `ALL`. Written by the test `title_table`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meaning(&'static [u8]);

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
    Guess,
}

impl Mark {
    #[cfg(test)]
    pub(super) const IDS: &str = "board deputy assistant former interim freelance people student \
        retired unemployed junk to of office at chief officer guess";
}

impl Meaning {
    /// The letters after `tag`.
    fn after(self, tag: u8) -> &'static [u8] {
        let from = self
            .0
            .iter()
            .position(|&b| b == tag)
            .map_or(self.0.len(), |at| at + 1);
        let rest = self.0.get(from..).unwrap_or_default();
        let end = rest.iter().position(|b| !b.is_ascii_lowercase());
        rest.get(..end.unwrap_or(rest.len())).unwrap_or_default()
    }

    /// How its level word works, if it is one.
    pub(super) fn kind(self) -> Option<Kind> {
        self.0.iter().find_map(|tag| match tag {
            b'R' => Some(Kind::Rank),
            b'G' => Some(Kind::Grade),
            b'J' => Some(Kind::Job),
            b'T' => Some(Kind::Trainee),
            _ => None,
        })
    }

    /// The levels it may mean, likeliest first.
    pub(super) fn levels(self) -> impl Iterator<Item = Level> {
        let tag = match self.kind() {
            Some(Kind::Rank) => b'R',
            Some(Kind::Grade) => b'G',
            Some(Kind::Job) => b'J',
            _ => b'T',
        };
        values(Level::ALL, self.after(tag))
    }

    /// The departments it may mean, likeliest first.
    pub(super) fn departments(self) -> impl Iterator<Item = Department> {
        values(
            Department::ALL,
            self.after(if self.is_weak() { b'W' } else { b'D' }),
        )
    }

    /// Whether its departments give way to those of other words.
    pub(super) fn is_weak(self) -> bool {
        self.0.contains(&b'W')
    }

    /// The sub-role within `department`.
    pub(super) fn sub_role(self, department: Department) -> Option<&'static str> {
        let &[letter] = self.after(b'S') else {
            return None;
        };
        department
            .sub_roles()
            .split(' ')
            .nth(letter.wrapping_sub(b'a').into())
    }

    pub(super) fn has(self, mark: Mark) -> bool {
        self.after(b'M').contains(&(b'a' + mark as u8))
    }

    /// Whether it may end a compound whose beginning is not known.
    fn ends_compounds(self) -> bool {
        self.0.contains(&b'X')
    }
}

fn values<T: Copy>(all: &'static [T], letters: &'static [u8]) -> impl Iterator<Item = T> {
    letters
        .iter()
        .filter_map(|b| all.get(usize::from(b.wrapping_sub(b'a'))).copied())
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
}

/// Everything found in a title, in order.
#[derive(Debug, Default)]
pub(super) struct LookedUp<'t> {
    pub(super) hits: Vec<Hit<'t>>,
    /// Words that the vocabulary does not know.
    pub(super) unknown: usize,
    /// What stands before unknown words also stands before the next known one.
    gap: Option<Gap>,
    /// Whether one of them is in another script than the Latin one.
    pub(super) foreign: bool,
}

impl<'t> LookedUp<'t> {
    fn hit(&mut self, meaning: Meaning, text: &'t str, gap: Gap, doubt: u8) {
        let gap = self.gap.take().map_or(gap, |before| before.max(gap));
        self.hits.push(Hit {
            meaning,
            text,
            gap,
            doubt,
        });
    }

    fn miss(&mut self, word: &Word<'_>) {
        self.unknown += 1;
        self.gap = self.gap.max(Some(word.gap));
        self.foreign |= !word.folded.is_ascii();
    }
}

/// Looks up all words of a title, longest phrases first.
pub(super) fn look_up<'t>(title: &'t str, words: &[Word<'t>]) -> LookedUp<'t> {
    let mut found = LookedUp::default();
    let mut rest = words;
    while let [word, others @ ..] = rest {
        if word.is_unspaced() {
            unspaced(word, &mut found);
            rest = others;
        } else if let Some((meaning, used)) = phrase(rest) {
            let end = rest.get(used - 1).unwrap_or(word).end;
            let text = title.get(word.start..end).unwrap_or(word.text);
            found.hit(meaning, text, word.gap, 0);
            rest = rest.get(used..).unwrap_or_default();
        } else {
            single(word, &mut found);
            rest = others;
        }
    }
    found
}

/// The longest phrase that `words` begin with, and the number of its words.
fn phrase(words: &[Word<'_>]) -> Option<(Meaning, usize)> {
    let mut key = String::new();
    let mut longest = None;
    for (at, word) in words.iter().take(LONGEST_PHRASE).enumerate() {
        if at > 0 {
            if word.gap > Gap::And {
                break;
            }
            key.push(' ');
        }
        key.push_str(&word.folded);
        if let Some(meaning) = find(&key) {
            longest = Some((meaning, at + 1));
        }
    }
    longest
}

/// Takes a word apart that the vocabulary lacks as it stands.
fn single<'t>(word: &Word<'t>, found: &mut LookedUp<'t>) {
    if let Some(meaning) = inflected(&word.folded) {
        found.hit(meaning, word.text, word.gap, 2);
    } else if let Some((left, right)) = compound(&word.folded) {
        let (gap, doubt) = match left {
            Some(left) => {
                found.hit(left, word.text, word.gap, 4);
                (Gap::Space, 4)
            }
            None => (word.gap, 8),
        };
        found.hit(right, word.text, gap, doubt);
    } else if found.unknown < MOST_MISSPELT
        && let Some(meaning) = misspelt(&word.folded)
    {
        found.hit(meaning, word.text, word.gap, 25);
    } else {
        found.miss(word);
    }
}

/// Reads a run of characters without spaces from left to right, longest entries first.
fn unspaced<'t>(word: &Word<'t>, found: &mut LookedUp<'t>) {
    let mut rest = word.folded.as_str();
    let mut gap = word.gap;
    let before = found.hits.len();
    while let Some(first) = rest.chars().next() {
        let ends = rest
            .char_indices()
            .map(|(at, c)| at + c.len_utf8())
            .take(LONGEST_UNSPACED);
        let longest = ends
            .filter_map(|end| Some((find(rest.get(..end)?)?, end)))
            .last();
        let used = match longest {
            Some((meaning, end)) => {
                found.hit(meaning, word.text, gap, 4);
                gap = Gap::Space;
                end
            }
            None => first.len_utf8(),
        };
        rest = rest.get(used..).unwrap_or_default();
    }
    if found.hits.len() == before {
        found.miss(word);
    }
}

/// Endings of plural and feminine forms, and what stands in their place in the vocabulary.
const ENDINGS: &[(&str, &str)] = &[
    ("innen", ""),
    ("in", ""),
    ("es", ""),
    ("s", ""),
    ("e", ""),
    ("a", ""),
    ("a", "o"),
    ("a", "e"),
    ("n", ""),
];

/// A plural or feminine form of an entry: Leiterin, directora, chargée, managers.
fn inflected(word: &str) -> Option<Meaning> {
    ENDINGS.iter().find_map(|(ending, instead)| {
        let stem = word.strip_suffix(ending)?;
        if stem.len() < 3 {
            None
        } else {
            find(&(String::from(stem) + instead))
        }
    })
}

/// A compound of two entries (Vertriebs-leiterin, account-manager), or of something unknown and
/// an entry that often ends compounds (…leiter, …ingenieur).
fn compound(word: &str) -> Option<(Option<Meaning>, Meaning)> {
    if word.len() > LONGEST_COMPOUND {
        return None;
    }
    let mut unknown_left = None;
    for (at, _) in word.char_indices().skip(2) {
        let (left, right) = word.split_at_checked(at)?;
        if right.len() < 3 {
            break;
        }
        let feminine = right.strip_suffix("in").filter(|stem| stem.len() > 3);
        let Some(meaning) = find(right).or_else(|| feminine.and_then(find)) else {
            continue;
        };
        let known_left = find(left)
            .or_else(|| find(left.strip_suffix('s')?))
            .or_else(|| find(left.strip_suffix('n')?));
        if let Some(meaning) = find(&(String::from(left) + " " + right)) {
            return Some((None, meaning));
        }
        if let Some(left) = known_left.filter(|_| right.len() > 3) {
            return Some((Some(left), meaning));
        }
        if unknown_left.is_none() && meaning.ends_compounds() && left.len() > 2 {
            unknown_left = Some((None, meaning));
        }
    }
    unknown_left
}

/// The first entry of one word that a single wrong, missing, surplus or swapped letter turns
/// `word` into.
fn misspelt(word: &str) -> Option<Meaning> {
    if word.len() < SHORTEST_MISSPELT {
        return None;
    }
    TABLE.as_bytes().split(|&b| b == b'\n').find_map(|line| {
        let (key, meaning) = parts(line)?;
        let same_start = key.first() == word.as_bytes().first();
        (same_start && key.len() >= SHORTEST_MISSPELT && are_close(key, word.as_bytes()))
            .then_some(meaning)
    })
}

/// Whether one insertion, deletion, replacement or swap of neighbours turns `a` into `b`.
fn are_close(a: &[u8], b: &[u8]) -> bool {
    if a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let a = a.get(same..).unwrap_or_default();
    let b = b.get(same..).unwrap_or_default();
    match (a, b) {
        ([a0, a1, a_rest @ ..], [b0, b1, b_rest @ ..])
            if a0 == b1 && a1 == b0 && a_rest == b_rest =>
        {
            true
        }
        ([_, a_rest @ ..], [_, b_rest @ ..]) => a_rest == b_rest || a_rest == b || a == b_rest,
        _ => true,
    }
}

/// What the table says about `key`: binary search over its sorted lines.
pub(super) fn find(key: &str) -> Option<Meaning> {
    let mut rest = TABLE.as_bytes();
    // INVARIANT: `rest` begins and ends with whole lines.
    while !rest.is_empty() {
        let middle = rest.len() / 2;
        let start = rest
            .get(..middle)?
            .iter()
            .rposition(|&b| b == b'\n')
            .map_or(0, |at| at + 1);
        let (before, from) = rest.split_at_checked(start)?;
        let end = from.iter().position(|&b| b == b'\n')?;
        let (line, after) = from.split_at_checked(end)?;
        let (entry, meaning) = parts(line)?;
        match entry.cmp(key.as_bytes()) {
            Ordering::Less => rest = after.get(1..)?,
            Ordering::Equal => return Some(meaning),
            Ordering::Greater => rest = before,
        }
    }
    None
}

/// Key and meaning of a line of the table.
fn parts(line: &'static [u8]) -> Option<(&'static [u8], Meaning)> {
    let at = line.iter().position(|&b| b == b'=')?;
    Some((line.get(..at)?, Meaning(line.get(at + 1..)?)))
}
