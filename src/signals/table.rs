//! Word tables: one text of words with a separator between two. They cost the page their
//! compressed bytes and nothing else: no index, no start-up work.

use core::cmp::Ordering;

pub(super) use crate::text::{cut, trim};

/// Whether `word` stands in `table`, whose words are sorted and separated by a space: halves the
/// table and looks at the word in the middle.
#[inline(never)]
pub(super) fn has(table: &str, word: &str) -> bool {
    let is_space = |byte: &u8| *byte == b' ';
    let mut rest = table.as_bytes();
    while let Some((before, after)) = rest.split_at_checked(rest.len() / 2) {
        let start = before.iter().rposition(is_space).map_or(0, |at| at + 1);
        let end = before.len() + after.iter().position(is_space).unwrap_or(after.len());
        let middle = rest.get(start..end).unwrap_or_default();
        rest = match word.as_bytes().cmp(middle) {
            Ordering::Less => rest.get(..start.saturating_sub(1)),
            Ordering::Equal => return !word.is_empty(),
            Ordering::Greater => rest.get(end + 1..),
        }
        .unwrap_or_default();
        if rest.is_empty() {
            return false;
        }
    }
    false
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
    }

    /// The words of a hand-kept list, sorted; an `=` stands before what a word is another name of.
    fn chosen(list: &str) -> Vec<String> {
        let path = [env!("CARGO_MANIFEST_DIR"), "/lists/", list].concat();
        let text = std::fs::read_to_string(path).unwrap();
        let lines = text.lines().filter(|line| !line.starts_with(['#', '[']));
        let words = lines.flat_map(str::split_whitespace);
        let mut words: Vec<_> = words.map(|word| until(word, b"=").to_owned()).collect();
        words.sort();
        words
    }

    #[test]
    fn generated_tables_hold_what_the_lists_choose() {
        use super::super::{domains, sites};
        let sites = [
            sites::ASSISTANT,
            sites::SEARCH,
            sites::SHOPPING,
            sites::SOCIAL,
            sites::VIDEO,
        ];
        for (list, table) in [
            ("free.txt", domains::FREE.to_owned()),
            ("disposable.txt", domains::DISPOSABLE.to_owned()),
            ("sites.txt", sites.join(" ")),
        ] {
            let mut words: Vec<_> = table.split(' ').collect();
            words.sort_unstable();
            assert_eq!(words, chosen(list), "{list}: run node lists/refresh.mjs");
        }
    }

    #[test]
    fn parents_keep_a_dot() {
        assert_eq!(parents("a.b.c").collect::<Vec<_>>(), ["a.b.c", "b.c"]);
        assert_eq!(parents("c").count(), 0);
    }
}
