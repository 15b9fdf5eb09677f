//! Word tables: one text of words in byte order with a space between two. They cost the page
//! their compressed bytes and nothing else: no index, no start-up work.

use alloc::borrow::Cow;
use core::cmp::Ordering;

/// The entry of `table` that equals `word`, by binary search.
///
/// INVARIANT: `table` is sorted by bytes, words are not empty and one space stands between two.
/// [`assert_sorted`] checks it in the tests of every table.
#[inline(never)]
pub(super) fn find<'t>(table: &'t str, word: &str) -> Option<&'t str> {
    let mut rest = table;
    while !rest.is_empty() {
        // The word around the middle: entries are ASCII, so every byte is a boundary.
        let (before, after) = rest.as_bytes().split_at_checked(rest.len() / 2)?;
        let start = before
            .iter()
            .rposition(|b| *b == b' ')
            .map_or(0, |space| space + 1);
        let length = after.iter().position(|b| *b == b' ').unwrap_or(after.len());
        let end = before.len() + length;
        let entry = rest.get(start..end)?;
        rest = match word.cmp(entry) {
            Ordering::Equal => return Some(entry),
            Ordering::Less => rest.get(..start.saturating_sub(1))?,
            Ordering::Greater => rest.get(end + 1..)?,
        };
    }
    None
}

/// `text` without white space around it, nor characters without a glyph that copying brings along
/// (zero-width space, byte order mark).
#[inline(never)]
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}'))
}

/// `text` with ASCII letters in lower case; copied only if it has any in upper case.
#[inline(never)]
pub(super) fn lower(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(text.to_ascii_lowercase())
    } else {
        Cow::Borrowed(text)
    }
}

/// The domain itself, then each parent domain that still has a dot.
pub(super) fn parents(domain: &str) -> impl Iterator<Item = &str> {
    let mut next = Some(domain);
    core::iter::from_fn(move || {
        let domain = next?;
        let (_, parent) = cut(domain, b".")?;
        next = Some(parent);
        Some(domain)
    })
}

/// What stands before and after the first of the ASCII bytes `at` in `text`, if there is one.
#[inline(never)]
pub(super) fn cut<'t>(text: &'t str, at: &[u8]) -> Option<(&'t str, &'t str)> {
    let place = text.bytes().position(|byte| at.contains(&byte))?;
    Some((text.get(..place)?, text.get(place + 1..)?))
}

/// What stands before the first of the ASCII bytes `at` in `text`, or all of it.
pub(super) fn until<'t>(text: &'t str, at: &[u8]) -> &'t str {
    cut(text, at).map_or(text, |(before, _)| before)
}

#[cfg(test)]
#[track_caller]
pub(super) fn assert_sorted(table: &str) {
    let words: Vec<_> = table.split(' ').collect();
    for pair in words.windows(2) {
        assert!(pair[0] < pair[1], "{} stands before {}", pair[0], pair[1]);
    }
    for word in &words {
        assert!(!word.is_empty() && word.is_ascii(), "{word:?}");
        assert_eq!(find(table, word), Some(*word));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_is_there_and_nothing_else() {
        assert_sorted("a ab b ba c");
        for word in ["", "aa", "bb", "d", " ", "a ab", "é"] {
            assert_eq!(find("a ab b ba c", word), None, "{word}");
        }
        assert_eq!(find("", "a"), None);
        assert_eq!(find("a", "a"), Some("a"));
    }

    #[test]
    fn parents_keep_a_dot() {
        assert_eq!(parents("a.b.c").collect::<Vec<_>>(), ["a.b.c", "b.c"]);
        assert_eq!(parents("c").count(), 0);
    }
}
