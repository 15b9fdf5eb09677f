//! Splits a title into words and tells what stands between them.

use alloc::string::String;
use alloc::vec::Vec;

use crate::text::{ascii_of, fold, is_among, is_dropped, is_unspaced, is_word};

/// Characters of a title that are read: what CRMs keep of it.
const LONGEST: usize = 128;

/// What stands before a word, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// White space, hyphen, apostrophe or nothing: the words belong together.
    Space,
    /// `&`, `+`, "and": two things under one roof.
    And,
    /// Comma, colon, dash.
    Comma,
    /// Slash, semicolon, bracket, bullet, new line: something else begins.
    Break,
}

/// A word of a title.
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// Where it starts and ends in the title, in bytes.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Folded, only letters and digits.
    pub(super) folded: String,
    /// What stands before it.
    pub(super) gap: Gap,
}

/// Splits a title into words. Numbers, gender marks and lone letters are left out; letters parted
/// by full stops or `&` (`V.P.`, `R&D`) are one word; "and" only shows in the gap.
pub(super) fn split(text: &str) -> Vec<Word> {
    let end = text
        .char_indices()
        .nth(LONGEST)
        .map_or(text.len(), |(end, _)| end);
    let text = text.get(..end).unwrap_or(text);
    let mut words = Vec::new();
    let mut gap = Gap::Space;
    let mut start = None;
    // Characters since the last thing that is none, while in a word.
    let mut piece = 0;
    let mut before = ' ';
    let ends = text.char_indices().chain([(end, ' ')]);
    for (at, c) in ends {
        if let Some(from) = start {
            // A change to or from a script without spaces parts words: 取締役CFO.
            let joins = is_unspaced(c) == is_unspaced(before);
            if is_word(c) && joins {
                piece += 1;
                before = c;
                continue;
            }
            if is_dropped(c) {
                continue;
            }
            if piece == 1 && matches!(c, '.' | '&') && begins_letter(text, at + 1) {
                piece = 0;
                continue;
            }
            gap = push(&mut words, text, from, at, gap);
            start = None;
        }
        if is_word(c) {
            (start, piece) = (Some(at), 1);
        } else {
            gap = gap.max(gap_of(c, before));
        }
        before = c;
    }
    words
}

/// Whether a single letter stands at `at`.
fn begins_letter(text: &str, at: usize) -> bool {
    let mut next = text.get(at..).unwrap_or_default().chars();
    next.next().is_some_and(is_word) && !next.next().is_some_and(is_word)
}

/// Adds the word from `start` to `end` if it is one; returns what stands before the next.
fn push(words: &mut Vec<Word>, text: &str, start: usize, end: usize, gap: Gap) -> Gap {
    let word = text.get(start..end).unwrap_or_default();
    let folded: String = fold(word).chars().filter(|c| is_word(*c)).collect();
    let bytes = folded.as_bytes();
    if is_among(bytes, "and und et og och ve y e", b' ') {
        return gap.max(Gap::And);
    }
    if bytes.len() == 1 || bytes.iter().all(u8::is_ascii_digit) {
        return gap;
    }
    words.push(Word {
        start,
        end,
        folded,
        gap,
    });
    Gap::Space
}

/// What `c` says about the words on its two sides.
fn gap_of(c: char, before: char) -> Gap {
    match ascii_of(c) {
        '/' | ';' | '|' | '(' | ')' | '[' | ']' | '{' | '}' | '<' | '>' | '\n' | '\\' | '*' => {
            Gap::Break
        }
        '•' | '·' | '・' | '。' => Gap::Break,
        ',' | ':' | '–' | '—' | '、' | '،' | '!' | '?' => Gap::Comma,
        '-' if before == ' ' => Gap::Comma,
        '&' | '+' => Gap::And,
        _ => Gap::Space,
    }
}
