//! Finds what words and phrases mean: as they stand, inflected, compounded or misspelt.
//!
//! The vocabulary knows words by their hash, so that each way to change a word is one question.

use alloc::vec::Vec;
use core::ops::Range;

use super::hash::Hash;
use super::meaning::{Kind, Meaning};
use super::table::Table;
use super::words::{Gap, Word};
use crate::text::is_unspaced;

/// Most words of a phrase after the first.
const MOST_MORE: usize = 3;
/// Bytes of the longest entry in a script without spaces.
const LONGEST_UNSPACED: usize = 36;
/// Bytes of the shortest stem.
const SHORTEST_STEM: usize = 3;
/// Letters from which one wrong letter is forgiven, and up to which it is looked for.
const MISSPELT_LENGTHS: Range<usize> = 6..24;
/// Letters that are added to see whether one is missing; each try may hit a word by chance.
const OFTEN_MISSING: &[u8] = b"aeiorstnl";
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

/// Follows the letters of a stem in the vocabulary.
pub(super) const STEM_MARK: u8 = b'*';

/// Endings of plural, feminine and declined forms, and what stands there in the vocabulary:
/// Leiterin, managers, directora, chargée, leitende, fondatrice.
const FORMS: [(&str, &str); 4] = [
    ("in innen s es e a as n r er m em u y i ka", ""),
    ("a as e es os i ies in en", "o e y"),
    ("e en em", "er"),
    ("rice euse", "eur or"),
];

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
pub(super) fn look_up(words: &[Word]) -> Vec<Hit> {
    let lookup = Lookup(Table::new());
    let mut hits = Vec::with_capacity(words.len() + 2);
    let mut rest = words;
    while let [word, others @ ..] = rest {
        let from = words.len() - rest.len();
        rest = others;
        let mut gap = word.gap;
        let mut add = |entry: Option<Entry>| {
            hits.push(Hit {
                meaning: entry.map_or(Meaning::NONE, |entry| entry.meaning),
                words: from..from + 1 + entry.map_or(0, |entry| entry.more),
                gap,
                doubt: entry.map_or(0, |entry| entry.doubt),
                own: true,
                known: entry.is_some(),
            });
            gap = Gap::Space;
        };
        if word.folded.starts_with(is_unspaced) {
            lookup.segment(&word.folded, add);
            continue;
        }
        match lookup.find(word.folded.as_bytes(), others) {
            Found::One(entry) => {
                rest = others.get(entry.more..).unwrap_or_default();
                add(Some(entry));
            }
            Found::Two(first, last) => {
                add(Some(first));
                add(Some(last));
            }
            Found::None => add(None),
        }
    }
    hits
}

/// What fits a word.
#[derive(Clone, Copy, Debug)]
struct Entry {
    meaning: Meaning,
    /// Bytes of the word that the entry covers, and words after the first that belong to it.
    length: usize,
    more: usize,
    doubt: u8,
}

enum Found {
    None,
    One(Entry),
    /// The parts of a compound.
    Two(Entry, Entry),
}

struct Lookup(Table);

impl Lookup {
    /// Parts a word of a script without spaces into entries, always the longest that fits; what
    /// fits none is left out, or is a hit of its own if that is all.
    fn segment(&self, word: &str, mut add: impl FnMut(Option<Entry>)) {
        let mut rest = word;
        let mut found = false;
        while let Some(c) = rest.chars().next() {
            let longest = self.longest(rest.as_bytes());
            if longest.is_some() {
                add(longest);
                found = true;
            }
            let length = longest.map_or(c.len_utf8(), |entry| entry.length);
            rest = rest.get(length..).unwrap_or_default();
        }
        if !found {
            add(None);
        }
    }

    /// The longest entry that `word` begins with.
    fn longest(&self, word: &[u8]) -> Option<Entry> {
        let mut hash = Hash::new();
        let mut longest = None;
        for (at, byte) in word.iter().take(LONGEST_UNSPACED).enumerate() {
            hash.add(*byte);
            longest = self
                .entry(hash, at + 1)
                .or_else(|| self.stem(hash, at + 1))
                .or(longest);
        }
        longest
    }

    /// The word that `hash` stands for.
    fn entry(&self, hash: Hash, length: usize) -> Option<Entry> {
        self.0.get(hash).map(|meaning| Entry {
            meaning,
            length,
            more: 0,
            doubt: 0,
        })
    }

    /// The stem that `hash` stands for.
    fn stem(&self, hash: Hash, length: usize) -> Option<Entry> {
        let entry = self
            .entry(hash.and(STEM_MARK), length)
            .filter(|_| length >= SHORTEST_STEM)?;
        Some(Entry {
            doubt: STEM,
            ..entry
        })
    }

    /// What fits `word`, and the words after it, best.
    fn find(&self, word: &[u8], others: &[Word]) -> Found {
        let stands = self.stands(word, others);
        // A stem with a long rest may be the beginning of a compound: Vertriebs-leiter.
        let is_open = |entry: Entry| {
            entry.more == 0 && entry.doubt == STEM && word.len() > entry.length + LONGEST_SUFFIX
        };
        match stands {
            Some(entry) if !is_open(entry) => return Found::One(entry),
            _ => {}
        }
        match (self.compound(word), stands) {
            (Found::Two(first, last), _) => Found::Two(first, last),
            (_, Some(entry)) => Found::One(entry),
            (Found::One(end), _) => Found::One(end),
            (Found::None, None) => self.misspelt(word).map_or(Found::None, Found::One),
        }
    }

    /// The entry that fits `word` best: the longest phrase that goes on in `others`, the word
    /// itself, one of its forms, the longest stem. Spaces do not matter: `teamleader` is `team
    /// leader`.
    fn stands(&self, word: &[u8], others: &[Word]) -> Option<Entry> {
        let mut hash = Hash::new();
        let mut best = None;
        let joined = others.iter().take_while(|other| other.gap <= Gap::And);
        let rest = joined.map(|other| other.folded.as_bytes());
        for (more, part) in [word]
            .into_iter()
            .chain(rest)
            .take(1 + MOST_MORE)
            .enumerate()
        {
            let mut stem = None;
            for (at, byte) in part.iter().enumerate() {
                hash.add(*byte);
                if more == 0 {
                    stem = self.stem(hash, at + 1).or(stem);
                }
            }
            let whole = self.entry(hash, word.len());
            let form = || self.form(word).filter(|_| more == 0);
            if let Some(entry) = whole.or_else(form).or(stem) {
                best = Some(Entry { more, ..entry });
            }
        }
        best
    }

    /// The entry of which `word` is a form.
    fn form(&self, word: &[u8]) -> Option<Entry> {
        let form = |ending: &str, instead: &str| {
            let stem = word.strip_suffix(ending.as_bytes())?;
            let least = if instead.is_empty() { 3 } else { 4 };
            let entry = self.entry(Hash::new().with(stem).with(instead.as_bytes()), word.len());
            let entry = entry.filter(|_| stem.len() >= least)?;
            Some(Entry {
                doubt: INFLECTED,
                ..entry
            })
        };
        FORMS.iter().find_map(|(endings, instead)| {
            let mut endings = endings.split(' ');
            endings.find_map(|ending| instead.split(' ').find_map(|instead| form(ending, instead)))
        })
    }

    /// The two entries that a compound is made of (Vertriebs-leiterin), or only the level word at
    /// the end of something unknown (Fuhrpark-leiter).
    fn compound(&self, word: &[u8]) -> Found {
        let mut end = Found::None;
        for at in 2..(word.len() + 1).saturating_sub(SHORTEST_LAST) {
            let Some((left, right)) = word.split_at_checked(at) else {
                break;
            };
            let last = self
                .entry(Hash::new().with(right), 0)
                .or_else(|| self.form(right).filter(|_| right.len() >= SHORTEST_ENDING));
            let Some(mut last) = last else {
                continue;
            };
            last.doubt = COMPOUND;
            // Two letters begin many words; only where they name a department do they count.
            let first = self
                .stands(left, &[])
                .filter(|first| at > 2 || first.meaning.names());
            if let Some(mut first) = first {
                first.doubt = COMPOUND;
                return Found::Two(first, last);
            }
            let stands = matches!(
                last.meaning.kind(),
                Some(Kind::Rank | Kind::Job | Kind::Trainee)
            );
            if stands && right.len() >= SHORTEST_ENDING && matches!(end, Found::None) {
                end = Found::One(last);
            }
        }
        end
    }

    /// The entry that `word` becomes with one letter less, one more, or two swapped; not the
    /// first.
    fn misspelt(&self, word: &[u8]) -> Option<Entry> {
        if !MISSPELT_LENGTHS.contains(&word.len()) {
            return None;
        }
        let mut before = Hash::new();
        for (at, letter) in word.iter().enumerate() {
            before.add(*letter);
            let after = word.get(at + 1..).unwrap_or_default();
            let less = after.get(1..).map(|rest| before.with(rest));
            let swapped = match after {
                [a, b, rest @ ..] => Some(before.and(*b).and(*a).with(rest)),
                _ => None,
            };
            // At the end they would be forms.
            let more = OFTEN_MISSING
                .iter()
                .filter(|_| !after.is_empty())
                .map(|letter| before.and(*letter).with(after));
            let mut tries = less.into_iter().chain(swapped).chain(more);
            if let Some(entry) = tries.find_map(|hash| self.entry(hash, word.len())) {
                return Some(Entry {
                    doubt: MISSPELT,
                    ..entry
                });
            }
        }
        None
    }
}

/// What the vocabulary says about `key`.
#[cfg(test)]
pub(super) fn meaning_of(key: &str) -> Option<Meaning> {
    Table::new().get(Hash::new().with(key.as_bytes()))
}
