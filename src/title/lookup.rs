//! Finds what words and phrases mean: as they stand, inflected, compounded or misspelt.
//!
//! The table is one text, sorted by bytes: each entry a key, `*` if any word that begins so is
//! meant, and two capitals that number its meaning. Whatever can fit a word begins with the same
//! letters, so that a search by halves finds the few entries to look at.

use alloc::vec::Vec;
use core::ops::Range;

use super::meaning::{Kind, Meaning};
use super::table::{MEANINGS, TABLE};
use super::words::{Gap, Word};
use crate::text::{is_among, is_unspaced};

/// Letters from which one wrong letter is forgiven.
const SHORTEST_MISSPELT: usize = 6;
/// Letters of an entry that may end a compound, and of one that may after an unknown beginning.
const SHORTEST_LAST: usize = 4;
const SHORTEST_ENDING: usize = 5;
/// Letters that an ending may have after a stem without being looked at as the end of a compound.
const LONGEST_SUFFIX: usize = 3;

/// Percent by which trust falls, because a word was not found as it stands.
const INFLECTED: u8 = 1;
const STEM: u8 = 3;
const COMPOUND: u8 = 4;
const MISSPELT: u8 = 25;

/// A word or phrase of a title.
#[derive(Clone, Debug)]
pub(super) struct Hit {
    pub(super) meaning: Meaning,
    /// Places of its words among those of the title; both parts of a compound have the same.
    pub(super) words: Range<usize>,
    /// What stands before it.
    pub(super) gap: Gap,
    /// Percent by which trust falls, because the word was not found as it stands.
    pub(super) doubt: u8,
    /// Whether it speaks of the holder of the title, as he or she is now.
    pub(super) own: bool,
    /// Whether the vocabulary knows it.
    pub(super) known: bool,
}

/// Looks up all words of a title, longest phrases first. Each word is in a hit.
pub(super) fn look_up(words: &[Word<'_>]) -> Vec<Hit> {
    let mut hits = Vec::with_capacity(words.len() + 2);
    let mut rest = words;
    while let [word, others @ ..] = rest {
        let from = words.len() - rest.len();
        rest = others;
        let mut add = |entry: Option<Entry>, more: usize, is_first: bool| {
            hits.push(Hit {
                meaning: entry.map_or(Meaning::NONE, |entry| entry.meaning()),
                words: from..from + 1 + more,
                gap: if is_first { word.gap } else { Gap::Space },
                doubt: entry.map_or(0, |entry| entry.doubt),
                own: true,
                known: entry.is_some(),
            });
        };
        if word.folded.starts_with(is_unspaced) {
            segment(&word.folded, add);
            continue;
        }
        match find(word.folded.as_bytes(), others) {
            Found::One(entry) => {
                rest = others.get(entry.more..).unwrap_or_default();
                add(Some(entry), entry.more, true);
            }
            Found::Two(first, last) => {
                add(Some(first), 0, true);
                add(Some(last), 0, false);
            }
            Found::None => add(None, 0, true),
        }
    }
    hits
}

/// Parts a word of a script without spaces into entries, always the longest that fits; what fits
/// none is left out, or is a hit of its own if that is all.
fn segment(word: &str, mut add: impl FnMut(Option<Entry>, usize, bool)) {
    let mut rest = word;
    let mut is_first = true;
    while let Some(c) = rest.chars().next() {
        let first = rest.get(..c.len_utf8()).unwrap_or_default();
        let fits = entries(first.as_bytes()).filter(|entry| rest.as_bytes().starts_with(entry.key));
        let longest = fits.max_by_key(|entry| entry.key.len());
        if longest.is_some() {
            add(longest, 0, is_first);
            is_first = false;
        }
        let length = longest.map_or(first.len(), |entry| entry.key.len());
        rest = rest.get(length..).unwrap_or_default();
    }
    if is_first {
        add(None, 0, true);
    }
}

/// An entry of the table, and how it fits.
#[derive(Clone, Copy, Debug)]
struct Entry {
    key: &'static [u8],
    is_stem: bool,
    /// Place of its meaning.
    number: usize,
    /// Words after the first that belong to it.
    more: usize,
    doubt: u8,
}

impl Entry {
    fn meaning(self) -> Meaning {
        MEANINGS.get(self.number).copied().map_or(Meaning::NONE, Meaning)
    }
}

enum Found {
    None,
    One(Entry),
    /// The parts of a compound.
    Two(Entry, Entry),
}

/// What fits `word`, and the words after it, best.
fn find(word: &[u8], others: &[Word<'_>]) -> Found {
    let stands = nearest(word, others);
    // A stem with a long rest may be the beginning of a compound: Vertriebs-leiter.
    if let Some(entry) = stands
        && !(entry.is_stem && word.len() > entry.key.len() + LONGEST_SUFFIX)
    {
        return Found::One(entry);
    }
    match (compound(word), stands) {
        (Found::Two(first, last), _) => Found::Two(first, last),
        (_, Some(entry)) => Found::One(entry),
        (Found::One(end), _) => Found::One(end),
        (Found::None, None) => misspelt(word).map_or(Found::None, Found::One),
    }
}

/// The entry that fits `word` best: the longest phrase that goes on in `others`, the word itself,
/// one of its forms, the longest stem.
fn nearest(word: &[u8], others: &[Word<'_>]) -> Option<Entry> {
    let mut best: Option<Entry> = None;
    let head = word.get(..word.len().min(3))?;
    for entry in entries(head) {
        let mut fit = entry;
        if let Some(more) = phrase(word, others, entry.key) {
            fit.more = more;
        } else if is_form(word, entry.key) {
            fit.doubt = INFLECTED;
        } else if entry.is_stem && word.starts_with(entry.key) {
            fit.doubt = STEM;
        } else {
            continue;
        }
        let rank = |entry: Entry| (entry.more, u8::MAX - entry.doubt, entry.key.len());
        if best.is_none_or(|best| rank(fit) > rank(best)) {
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

/// Whether `word` is a plural, feminine or declined form of `entry`: Leiterin, directora, chargée,
/// managers, leitende, fondatrice.
fn is_form(word: &[u8], entry: &[u8]) -> bool {
    let same = word.iter().zip(entry).take_while(|(a, b)| a == b).count();
    let (Some(ending), Some(instead)) = (word.get(same..), entry.get(same..)) else {
        return false;
    };
    let endings = match instead {
        b"" if same >= 3 => "in innen s es e a as n r er m em u y i ka",
        b"o" | b"e" | b"y" if same >= 4 => "a as e es os i ies in en",
        b"er" => "e en em",
        b"eur" => "rice euse",
        b"or" => "rice",
        _ => return false,
    };
    is_among(ending, endings, b' ')
}

/// The two entries that a compound is made of (Vertriebs-leiterin), or only the level word at the
/// end of something unknown (Fuhrpark-leiter).
fn compound(word: &[u8]) -> Found {
    let part = |part: &[u8]| {
        let mut entry = nearest(part, &[])?;
        entry.doubt = COMPOUND;
        Some(entry)
    };
    let mut end = Found::None;
    for at in 2..(word.len() + 1).saturating_sub(SHORTEST_LAST) {
        let Some((left, right)) = word.split_at_checked(at) else {
            break;
        };
        let Some(last) = part(right).filter(|last| !last.is_stem) else {
            continue;
        };
        if let Some(first) = part(left) {
            return Found::Two(first, last);
        }
        if matches!(end, Found::None) && right.len() >= SHORTEST_ENDING {
            let names_one = matches!(last.meaning().kind(), Some(Kind::Rank | Kind::Job | Kind::Trainee));
            if names_one {
                end = Found::One(last);
            }
        }
    }
    end
}

/// An entry that differs from `word` by one letter wrong, missing, surplus or swapped; not the
/// first.
fn misspelt(word: &[u8]) -> Option<Entry> {
    let mut entry = entries(word.get(..1)?).find(|entry| is_close(word, entry.key))?;
    entry.doubt = MISSPELT;
    Some(entry)
}

fn is_close(word: &[u8], entry: &[u8]) -> bool {
    if word.len().min(entry.len()) < SHORTEST_MISSPELT || word.len().abs_diff(entry.len()) > 1 {
        return false;
    }
    let same = word.iter().zip(entry).take_while(|(a, b)| a == b).count();
    match (word.get(same..), entry.get(same..)) {
        (Some([a0, a1, a @ ..]), Some([b0, b1, b @ ..])) if a0 == b1 && a1 == b0 => a == b,
        (Some(ending @ [_, a @ ..]), Some(instead @ [_, b @ ..])) => {
            a == b || a == instead || ending == b
        }
        (Some(a), Some(b)) => a.len() + b.len() == 1,
        _ => false,
    }
}

/// The entries whose key begins with `head`, in order.
fn entries(head: &[u8]) -> impl Iterator<Item = Entry> {
    let table = TABLE.as_bytes();
    let from = |at: usize| table.get(at..).unwrap_or_default();
    // INVARIANT: an entry begins at `low`, and every entry before it is below `head`.
    let (mut low, mut high) = (0, table.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let begin = low + beginning(table.get(low..middle + 1).unwrap_or_default());
        match first(from(begin)) {
            Some((entry, length)) if entry.key < head => low = begin + length,
            _ => high = begin,
        }
    }
    let mut rest = from(low);
    core::iter::from_fn(move || {
        let (entry, length) = first(rest)?;
        rest = rest.get(length..)?;
        entry.key.starts_with(head).then_some(entry)
    })
}

/// Where the last entry begins that begins in `table`.
fn beginning(table: &[u8]) -> usize {
    let is_start = |pair: &[u8]| matches!(pair, [a, b] if a.is_ascii_uppercase() && !b.is_ascii_uppercase());
    table.windows(2).rposition(is_start).map_or(0, |at| at + 1)
}

/// The entry that `table` begins with, and its length.
fn first(table: &'static [u8]) -> Option<(Entry, usize)> {
    let end = table.iter().position(u8::is_ascii_uppercase)?;
    let key = table.get(..end)?;
    let number = |at| table.get(at).map(|letter: &u8| usize::from(letter.wrapping_sub(b'A')));
    let entry = Entry {
        key: key.strip_suffix(b"*").unwrap_or(key),
        is_stem: key.ends_with(b"*"),
        number: number(end)? * 26 + number(end + 1)?,
        more: 0,
        doubt: 0,
    };
    Some((entry, end + 2))
}

/// What the table says about `key`, as it stands.
#[cfg(test)]
pub(super) fn meaning_of(key: &str) -> Option<Meaning> {
    let entry = entries(key.as_bytes()).find(|entry| entry.key == key.as_bytes())?;
    Some(entry.meaning())
}
