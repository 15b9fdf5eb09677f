//! Finds what words and phrases mean: as they stand, inflected, compounded or misspelt.

use alloc::vec::Vec;

use super::Level;
use super::table::TABLE;
use super::words::{Gap, Word};
use crate::text::is_among;

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

/// What an entry of the vocabulary means.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meaning {
    /// How its level word works, if it is one.
    pub(super) kind: Option<Kind>,
    /// Letters of the levels it may mean, likeliest first, in the order of their `ALL`.
    pub(super) levels: &'static [u8],
    /// Letters of the departments it may mean, likewise.
    pub(super) departments: &'static [u8],
    /// Whether its departments give way to those of other words.
    pub(super) is_weak: bool,
    /// The sub-role within the first of its departments.
    pub(super) sub_role: Option<&'static str>,
    marks: u32,
}

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
    /// Reads how the table writes a meaning: tags, upper case, each followed by lower-case letters
    /// that stand for values; a sub-role is spelt out. Written by the test `title_table`.
    fn of(text: &'static [u8]) -> Self {
        let (rank, grade) = (after(text, b'R'), after(text, b'G'));
        let (job, trainee) = (after(text, b'J'), after(text, b'T'));
        let (named, weak) = (after(text, b'D'), after(text, b'W'));
        let kind = match () {
            () if trainee.is_some() => Some(Kind::Trainee),
            () if rank.is_some() => Some(Kind::Rank),
            () if grade.is_some() => Some(Kind::Grade),
            () if job.is_some() => Some(Kind::Job),
            () => None,
        };
        let marks = after(text, b'M').unwrap_or_default();
        Meaning {
            kind,
            levels: rank.or(grade).or(job).or(trainee).unwrap_or_default(),
            departments: named.or(weak).unwrap_or_default(),
            is_weak: weak.is_some(),
            sub_role: after(text, b'S').and_then(|id| str::from_utf8(id).ok()),
            marks: marks
                .iter()
                .fold(0, |marks, letter| marks | 1 << place(*letter)),
        }
    }

    /// The likeliest of the levels it may mean.
    pub(super) fn level(self) -> Option<Level> {
        Level::from_index(place(*self.levels.first()?))
    }

    pub(super) fn has(self, mark: Mark) -> bool {
        self.marks & 1 << mark as u32 != 0
    }
}

/// The letters after `tag`.
#[inline(never)]
fn after(text: &'static [u8], tag: u8) -> Option<&'static [u8]> {
    let from = text.iter().position(|b| *b == tag)? + 1;
    let rest = text.get(from..)?;
    rest.split(u8::is_ascii_uppercase).next()
}

/// The index that a letter stands for.
pub(super) fn place(letter: u8) -> usize {
    usize::from(letter.wrapping_sub(b'a') & 31)
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
        let parts = match nearest(word.folded.as_bytes(), others, MISSPELT) {
            Some(entry) => {
                let (phrase, after) = others.split_at_checked(entry.more).unwrap_or_default();
                if let Some(last) = phrase.last() {
                    text = title.get(word.start..last.end).unwrap_or(text);
                }
                rest = after;
                [None, Some(entry)]
            }
            None => compound(word.folded.as_bytes()),
        };
        if parts[1].is_none() {
            found.unknown = true;
            found.foreign |= !word.folded.is_ascii();
        }
        for entry in parts.into_iter().flatten() {
            found.hits.push(Hit {
                meaning: Meaning::of(entry.meaning),
                text,
                gap,
                doubt: entry.doubt,
                own: true,
            });
            gap = Gap::Space;
        }
    }
    found
}

/// An entry of the table that fits words of a title.
#[derive(Clone, Copy)]
struct Entry {
    /// As [`Meaning::of`] reads it.
    meaning: &'static [u8],
    /// Words after the first that belong to it.
    more: usize,
    doubt: u8,
}

/// The entry that fits `word` best and with no more than `most` doubt: a phrase that goes on in
/// `others`, the word itself, one of its forms.
fn nearest(word: &[u8], others: &[Word<'_>], most: u8) -> Option<Entry> {
    let mut best: Option<Entry> = None;
    let mut meaning: &[u8] = &[];
    // A line is a meaning, `=` and entries with a space between two.
    for part in TABLE
        .as_bytes()
        .split_inclusive(|b| matches!(b, b'=' | b' ' | b'\n'))
    {
        let Some((end, part)) = part.split_last() else {
            continue;
        };
        if *end == b'=' {
            meaning = part;
            continue;
        }
        // Every way to fit begins with the same letter; most entries end here.
        if part.first() != word.first() {
            continue;
        }
        let fit = match (doubt(word, part), phrase(word, others, part)) {
            (Some(doubt), None) if doubt <= most => Entry {
                meaning,
                more: 0,
                doubt,
            },
            (_, Some(more)) => Entry {
                meaning,
                more,
                doubt: 0,
            },
            _ => continue,
        };
        if best.is_none_or(|best| (fit.doubt, best.more) < (best.doubt, fit.more)) {
            best = Some(fit);
        }
    }
    best
}

/// How many of the `others` make `entry` after `word`. Spaces do not matter: `teamleader` is
/// `team leader`.
fn phrase(word: &[u8], others: &[Word<'_>], entry: &[u8]) -> Option<usize> {
    let mut rest = entry.strip_prefix(word)?;
    let mut more = 0;
    while !rest.is_empty() {
        let next = others.get(more).filter(|next| next.gap <= Gap::And)?;
        rest = rest.strip_prefix(next.folded.as_bytes())?;
        more += 1;
    }
    Some(more)
}

/// How doubtful it is that `word` is a form of `entry`: the same, a plural or feminine form
/// (Leiterin, directora, chargée, managers), or with one letter wrong, missing, surplus or swapped.
fn doubt(word: &[u8], entry: &[u8]) -> Option<u8> {
    let same = word.iter().zip(entry).take_while(|(a, b)| a == b).count();
    let (ending, instead) = (word.get(same..)?, entry.get(same..)?);
    if ending.is_empty() && instead.is_empty() {
        return Some(0);
    }
    let inflects = is_among(ending, "in innen s es e a as n r er", b' ');
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

/// The two entries that a compound is made of (Vertriebs-leiterin, 営業-部長), or only the level
/// word at the end of something unknown (Fuhrpark-leiter).
fn compound(word: &[u8]) -> [Option<Entry>; 2] {
    let part = |part: &[u8]| {
        let entry = nearest(part, &[], INFLECTED).filter(|_| part.len() > 1)?;
        Some(Entry {
            doubt: COMPOUND,
            ..entry
        })
    };
    let mut end = None;
    for at in 2..word.len().saturating_sub(2) {
        let Some((left, right)) = word.split_at_checked(at) else {
            break;
        };
        if let Some(last) = part(right) {
            let first = part(left);
            if first.is_some() {
                return [first, Some(last)];
            }
            let stands = right.len() >= SHORTEST_ENDING && Meaning::of(last.meaning).kind.is_some();
            end = end.or(stands.then_some(last));
        }
    }
    [None, end]
}

/// What the table says about `key`, as it stands.
#[cfg(test)]
pub(super) fn find(key: &str) -> Option<Meaning> {
    nearest(key.as_bytes(), &[], 0).map(|entry| Meaning::of(entry.meaning))
}
