//! Splits a title into words and tells what stands between them.

use crate::text::{ascii_of, fold, is_unspaced, is_word};

/// Characters of a title that are read; CRMs keep 128.
const LONGEST: usize = 256;

/// What stands before a word, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// White space, hyphen, apostrophe or nothing: the words belong together.
    Space,
    /// A full stop without space, as in `V.P.`
    Dot,
    /// `&`, `+`, "and": two things under one roof.
    And,
    /// Comma, colon, dash.
    Comma,
    /// Slash, semicolon, bracket, bullet, new line: something else begins.
    Break,
}

/// A word of a title.
#[derive(Clone, Debug)]
pub(super) struct Word<'t> {
    /// As typed.
    pub(super) text: &'t str,
    /// Where it starts and ends in the title, in bytes.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Folded, dots and `&` of abbreviations taken out.
    pub(super) folded: String,
    /// What stands before it.
    pub(super) gap: Gap,
}

impl Word<'_> {
    /// Whether it is in a script without spaces, so that one word may be several.
    pub(super) fn is_unspaced(&self) -> bool {
        self.folded.chars().next().is_some_and(is_unspaced)
    }

    fn is_letter(&self) -> bool {
        let mut bytes = self.folded.bytes();
        matches!((bytes.next(), bytes.next()), (Some(b'a'..=b'z'), None))
    }
}

/// Splits a title into words. Numbers, gender marks and lone letters are left out.
pub(super) fn split(text: &str) -> Vec<Word<'_>> {
    let text = match text.char_indices().nth(LONGEST) {
        Some((end, _)) => text.get(..end).unwrap_or_default(),
        None => text,
    };
    tidy(text, raw(text))
}

/// Words as the characters part them.
fn raw(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut gap = Gap::Space;
    let mut start = None;
    let mut before = ' ';
    let ends = text.char_indices().chain([(text.len(), ' ')]);
    for (at, c) in ends {
        // Characters that folding drops (accents, joiners) part no words.
        let joins = is_word(c) || !c.is_whitespace() && fold(c.encode_utf8(&mut [0; 4])).is_empty();
        if let Some(from) = start
            && (!joins || is_unspaced(before) != is_unspaced(c))
        {
            let word = text.get(from..at).unwrap_or_default();
            words.push(Word { text: word, folded: fold(word), gap, start: from, end: at });
            (start, gap) = (None, Gap::Space);
        }
        if is_word(c) {
            start = start.or(Some(at));
        } else if at < text.len() && start.is_none() {
            gap = gap.max(gap_of(c, before));
        }
        before = c;
    }
    words
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
        '.' => Gap::Dot,
        _ => Gap::Space,
    }
}

/// Joins abbreviations (`V.P.`, `R&D`), turns "and" into a gap, drops gender marks and what is
/// neither word nor abbreviation.
fn tidy<'t>(text: &'t str, raw: Vec<Word<'t>>) -> Vec<Word<'t>> {
    let mut words: Vec<Word<'t>> = Vec::with_capacity(raw.len());
    let mut gap = Gap::Space;
    let mut abbreviation = false;
    let mut rest = raw.into_iter().peekable();
    while let Some(mut word) = rest.next() {
        let letter = word.is_letter();
        if abbreviation
            && letter
            && matches!(word.gap, Gap::Dot | Gap::And)
            && let Some(last) = words.last_mut()
        {
            last.folded.push_str(&word.folded);
            last.text = text.get(last.start..word.end).unwrap_or(last.text);
            last.end = word.end;
            continue;
        }
        let goes_on = rest.peek().is_some_and(|next| {
            letter && next.is_letter() && matches!(next.gap, Gap::Dot | Gap::And)
        });
        abbreviation = goes_on;
        gap = gap.max(word.gap);
        match word.folded.as_str() {
            "and" | "und" | "et" | "og" | "och" | "ve" | "y" | "e" => gap = gap.max(Gap::And),
            folded if folded.bytes().all(|b| b.is_ascii_digit()) => {}
            _ if letter && !goes_on => {}
            _ => {
                word.gap = gap;
                gap = Gap::Space;
                words.push(word);
            }
        }
    }
    words
}
