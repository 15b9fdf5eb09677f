//! Word tables: one text of words with a separator between two. They cost the page their
//! compressed bytes and nothing else: no index, no start-up work.

use crate::text::is_among;
pub(super) use crate::text::{cut, trim};

/// Whether `word` stands in `table`, between whose words stands a space.
pub(super) fn has(table: &str, word: &str) -> bool {
    is_among(word.as_bytes(), table, b' ')
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
        assert!(has(table, word));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_is_there_and_nothing_else() {
        assert_sorted("a ab b ba c");
        for word in ["", "aa", "bb", "d", " ", "a ab", "é"] {
            assert!(!has("a ab b ba c", word), "{word}");
        }
        assert!(!has("", "a"));
        assert!(has("a", "a"));
        assert!(is_among(b"e mail", "email|e mail", b'|'));
    }

    #[test]
    fn parents_keep_a_dot() {
        assert_eq!(parents("a.b.c").collect::<Vec<_>>(), ["a.b.c", "b.c"]);
        assert_eq!(parents("c").count(), 0);
    }
}
