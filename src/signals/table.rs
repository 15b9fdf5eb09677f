//! Word tables: one text of words in byte order with a space between two. They cost the page
//! their compressed bytes and nothing else: no index, no start-up work.

use std::borrow::Cow;
use std::cmp::Ordering;

/// The entry of `table` that equals `word`, by binary search.
///
/// INVARIANT: `table` is sorted by bytes, words are not empty and one space stands between two.
/// [`assert_sorted`] checks it in the tests of every table.
pub(super) fn find<'t>(table: &'t str, word: &str) -> Option<&'t str> {
    let mut rest = table;
    while !rest.is_empty() {
        // The word around the middle: entries are ASCII, so every byte is a boundary.
        let middle = rest.len() / 2;
        let start = rest.get(..middle)?.rfind(' ').map_or(0, |space| space + 1);
        let tail = rest.get(start..)?;
        let entry = tail.split(' ').next()?;
        rest = match word.cmp(entry) {
            Ordering::Equal => return Some(entry),
            Ordering::Less => rest.get(..start.saturating_sub(1))?,
            Ordering::Greater => tail.get(entry.len() + 1..)?,
        };
    }
    None
}

/// `text` with ASCII letters in lower case; copied only if it has any in upper case.
pub(super) fn lower(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(text.to_ascii_lowercase())
    } else {
        Cow::Borrowed(text)
    }
}

/// The domain itself, then each parent domain that still has a dot.
pub(super) fn parents(domain: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(domain), |domain| {
        domain.split_once('.').map(|(_, parent)| parent)
    })
    .filter(|domain| domain.contains('.'))
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
