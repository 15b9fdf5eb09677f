//! Word tables: one text of words with a separator between two. They cost the page their
//! compressed bytes and nothing else: no index, no start-up work.

use crate::text::{is_among, is_space};

/// Whether `word` stands in `table`, between whose words stands a space.
pub(super) fn has(table: &str, word: &str) -> bool {
    is_among(word.as_bytes(), table, b' ')
}

/// `text` without white space around it, nor characters without a glyph that copying brings along
/// (zero-width space, byte order mark).
#[inline(never)]
pub(super) fn trim(mut text: &str) -> &str {
    let is_blank = |c: &char| is_space(*c) || matches!(c, '\u{200b}' | '\u{feff}');
    while let Some(c) = text.chars().next().filter(is_blank) {
        text = text.get(c.len_utf8()..).unwrap_or_default();
    }
    while let Some(c) = text.chars().next_back().filter(is_blank) {
        text = text.get(..text.len() - c.len_utf8()).unwrap_or_default();
    }
    text
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
