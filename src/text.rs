//! Folding of text, so that `Élodie  MÜLLER` and `elodie muller` compare as equal.
//!
//! The tables are our own and small: the standard library's case tables would cost the page build
//! more bytes than all of this module. Covered are the Latin, Greek, Cyrillic and Armenian letters
//! of living languages, Arabic and Hebrew vowel marks and full-width forms; any other letter stays
//! as it is.
//!
//! INVARIANT: every character that folding emits folds to itself, so `fold(fold(x)) == fold(x)`.

use alloc::string::String;

/// Base letters of U+00DF..U+0180, in order; `.` where [`fold_char`] has a rule of its own.
const LATIN: &[u8; 161] = b".aaaaaa.ceeeeiiiidnooooo.ouuuuy.y\
    aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll\
    lllnnnnnnnnnoooooo..rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/// Base letters of U+1E00..U+1F00 (Vietnamese, Welsh, transliteration).
const LATIN_MORE: &[u8; 256] = b"aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm\
    mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv\
    wwwwwwwwwwxxxxyyzzzzzzhtwyas....aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee\
    eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......";

/// Accented letters outside Latin, each followed by its base letter.
const PAIRS: &str = "άαέεήηίιϊιΐιόούυϋυΰυώωςσйиёеїіўуґгѓгќкأاإاآاؤوئيىيةه";

/// Folds text for comparison.
///
/// Lower case; accents stripped (`ß` gives `ss`, `æ` gives `ae`, `ø` gives `o`, `ł` gives `l`, and
/// `I`, `İ` and `ı` all give `i`); full-width forms as ASCII; combining marks, control, zero-width
/// and direction characters dropped; each run of white space one space, none at either end.
/// Composed and decomposed spellings of the covered letters fold alike. Punctuation stays.
///
/// ```
/// use leadfit::text::fold;
///
/// assert_eq!(fold("  Élodie\tMÜLLER "), "elodie muller");
/// assert_eq!(fold("Ｓａｌｅｓ"), "sales");
/// ```
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut space = false;
    for c in text.chars() {
        if is_space(c) {
            space = true;
            continue;
        }
        let letters = fold_char(c);
        for letter in letters {
            if letter == DROPPED {
                continue;
            }
            if space && !folded.is_empty() {
                folded.push(' ');
            }
            space = false;
            folded.push(letter);
        }
    }
    folded
}

/// `text` without white space around it, nor characters without a glyph that copying brings along
/// (zero-width space, byte order mark).
#[inline(never)]
pub(crate) fn trim(mut text: &str) -> &str {
    let is_blank = |c: &char| is_space(*c) || matches!(c, '\u{200b}' | '\u{feff}');
    while let Some(c) = text.chars().next().filter(is_blank) {
        text = text.get(c.len_utf8()..).unwrap_or_default();
    }
    while let Some(c) = text.chars().next_back().filter(is_blank) {
        text = text.get(..text.len() - c.len_utf8()).unwrap_or_default();
    }
    text
}

/// What stands before and after the first of the ASCII bytes `at` in `text`, if there is one.
#[inline(never)]
pub(crate) fn cut<'t>(text: &'t str, at: &[u8]) -> Option<(&'t str, &'t str)> {
    let place = text.bytes().position(|byte| at.contains(&byte))?;
    Some((text.get(..place)?, text.get(place + 1..)?))
}

/// Whether `part` stands somewhere in `text`.
#[inline(never)]
pub(crate) fn holds(text: &str, part: &str) -> bool {
    // At least 1: windows of nothing are none, and nothing is in everything.
    let mut windows = text.as_bytes().windows(part.len().max(1));
    part.is_empty() || windows.any(|window| window == part.as_bytes())
}

/// Whether `needle` stands in `haystack` as a word or a run of words. Both must be [`fold`]ed.
///
/// A word begins and ends where text does, or beside a character that is neither letter nor digit.
/// Scripts written without spaces (Chinese, Japanese, Thai …) have a boundary everywhere. An empty
/// needle is in nothing.
///
/// ```
/// use leadfit::text::contains_word;
///
/// assert!(contains_word("head of it operations", "it"));
/// assert!(!contains_word("head of digital", "it"));
/// ```
pub fn contains_word(haystack: &str, needle: &str) -> bool {
    let (Some(first), Some(last)) = (needle.chars().next(), needle.chars().next_back()) else {
        return false;
    };
    let mut before = None;
    for (at, c) in haystack.char_indices() {
        let rest = haystack.get(at..).unwrap_or_default();
        if c == first
            && !before.is_some_and(|before| are_one_word(before, first))
            && let Some(after) = rest.strip_prefix(needle)
            && !after
                .chars()
                .next()
                .is_some_and(|next| are_one_word(last, next))
        {
            return true;
        }
        before = Some(c);
    }
    false
}

/// Whether two neighbouring characters belong to the same word.
fn are_one_word(left: char, right: char) -> bool {
    is_word(left) && is_word(right) && !is_unspaced(left) && !is_unspaced(right)
}

/// Whether `c` is a letter or digit: outside ASCII, whatever is not punctuation, symbol or space.
pub(crate) fn is_word(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphanumeric(),
        '\u{80}'..='\u{bf}' => matches!(c, 'ª' | 'µ' | 'º'),
        '×' | '÷' | '\u{37e}' | '\u{387}' | '\u{55a}'..='\u{55f}' | '\u{589}' => false,
        '\u{5be}' | '\u{5c0}' | '\u{5c3}' | '\u{5f3}' | '\u{5f4}' => false,
        '\u{60c}' | '\u{61b}' | '\u{61f}' | '\u{66a}'..='\u{66d}' | '\u{6d4}' => false,
        '\u{964}' | '\u{965}' | '\u{2000}'..='\u{2bff}' | '\u{2e00}'..='\u{2e7f}' => false,
        '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '\u{3030}' | '・' => false,
        '\u{e000}'..='\u{f8ff}' | '\u{fe10}'..='\u{fe6f}' | '\u{feff}' => false,
        '\u{ff01}'..='\u{ff65}' => ascii_of(c).is_ascii_alphanumeric(),
        '\u{fff0}'..='\u{ffff}' | '\u{1f000}'..='\u{1faff}' | '\u{e0000}'.. => false,
        _ => !is_space(c),
    }
}

/// Whether `c` belongs to a script that does not put spaces between words.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3005}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
}

/// The ASCII character that a full-width form stands for; any other character itself.
pub(crate) fn ascii_of(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => shifted(c, -0xfee0),
        _ => c,
    }
}

/// Stands for "no character" in what [`fold_char`] returns.
const DROPPED: char = '\0';

/// The one or two characters that `c` folds to; white space is the caller's.
fn fold_char(c: char) -> [char; 2] {
    match lower(ascii_of(c)) {
        'ß' | 'ẞ' => ['s', 's'],
        'æ' => ['a', 'e'],
        'œ' => ['o', 'e'],
        'þ' => ['t', 'h'],
        c if is_dropped(c) => [DROPPED; 2],
        c => [base(c), DROPPED],
    }
}

/// The letter that a lower-case letter with an accent stands for; any other character itself.
fn base(c: char) -> char {
    let (table, start): (&[u8], char) = match c {
        '\0'..='\x7f' => return c,
        '\u{df}'..='\u{17f}' => (LATIN, '\u{df}'),
        '\u{1e00}'..='\u{1eff}' => (LATIN_MORE, '\u{1e00}'),
        'Ơ' | 'ơ' | 'º' => return 'o',
        'Ư' | 'ư' => return 'u',
        'Ș' | 'ș' => return 's',
        'Ț' | 'ț' => return 't',
        'ª' => return 'a',
        '\u{1f00}'.. => return c,
        _ => {
            let mut pairs = PAIRS.chars();
            while let (Some(accented), Some(plain)) = (pairs.next(), pairs.next()) {
                if accented == c {
                    return plain;
                }
            }
            return c;
        }
    };
    match table.get(c as usize - start as usize) {
        None | Some(b'.') => c,
        Some(&letter) => letter.into(),
    }
}

/// `c` in lower case, by arithmetic: Latin, Greek, Cyrillic and Armenian, the scripts of living
/// languages that have case. Rarer letters stay as they are.
pub(crate) fn lower(c: char) -> char {
    let by = match c {
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' | 'Α'..='Ϋ' | 'А'..='Я' => 32,
        'Ѐ'..='Џ' => 80,
        'Ά' => 38,
        'Έ'..='Ί' => 37,
        'Ό' => 64,
        'Ύ' | 'Ώ' => 63,
        'Ա'..='Ֆ' => 48,
        // Pairs of upper and lower case, the upper one even or, in two stretches, odd.
        'Ĺ'..='ň' | 'Ź'..='ž' => (c as i32) & 1,
        'Ÿ' | 'ĸ' | 'ŉ' | 'ſ' | 'İ' | 'ı' => 0,
        'Ā'..='ž' | 'Ҋ'..='ҿ' | 'Ӑ'..='ԯ' => 1 - ((c as i32) & 1),
        _ => 0,
    };
    shifted(c, by)
}

/// `text` in lower case, letter by letter.
pub(crate) fn lower_case(text: &str) -> String {
    text.chars().map(lower).collect()
}

/// Whether `word` is one of `words`, between which stands `separator`.
#[inline(never)]
pub(crate) fn is_among(word: &[u8], words: &str, separator: u8) -> bool {
    let mut words = words.as_bytes().split(|byte| *byte == separator);
    words.any(|entry| entry == word)
}

/// Whether `c` is white space, of any width.
pub(crate) fn is_space(c: char) -> bool {
    matches!(c, '\t'..='\r' | ' ' | '\u{85}' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}'
        | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

/// Whether folding drops `c`: combining marks, control, zero-width and direction characters.
pub(crate) fn is_dropped(c: char) -> bool {
    matches!(c,
        '\0'..='\x1f' | '\x7f'..='\u{9f}' | '\u{ad}'
        | '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{5bf}'
        | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}' | '\u{61c}' | '\u{640}'
        | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{180e}' | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{fe20}'..='\u{fe2f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// The character `by` code points further on.
fn shifted(c: char, by: i32) -> char {
    u32::from(c)
        .checked_add_signed(by)
        .and_then(char::from_u32)
        .unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(fold(text), expected, "{text:?}");
    }

    #[test]
    fn case_and_accents() {
        check("Élodie  MÜLLER", "elodie muller");
        check(
            "Geschäftsführerin GROẞ straße",
            "geschaftsfuhrerin gross strasse",
        );
        check("Ærø Œuvre ÞÓR Łódź Đuro", "aero oeuvre thor lodz duro");
        check("İstanbul ısı IŞIK", "istanbul isi isik");
        check(
            "Phó Tổng Giám đốc, Trưởng phòng",
            "pho tong giam doc, truong phong",
        );
        check("Ștefan Țuțea", "stefan tutea");
        check("ΔΙΕΥΘΎΝΩΝ Σύμβουλος", "διευθυνων συμβουλοσ");
        check(
            "Генеральный ДИРЕКТОР Менеджер Йо Ё",
            "генеральныи директор менеджер ио е",
        );
    }

    #[test]
    fn composed_and_decomposed_are_one() {
        check("e\u{301}lodie n\u{303} и\u{306}", "elodie n и");
        check("مُدِير عَامّ", "مدير عام");
    }

    #[test]
    fn spaces_and_invisible_characters() {
        check(" \t\u{a0}a\u{3000}\r\n b\u{200b}c\u{202e} \u{ad}", "a bc");
        check("\u{feff}", "");
        check("a \u{200b} b", "a b");
        check("ＣＥＯ／社長", "ceo/社長");
    }

    #[test]
    fn words() {
        assert!(contains_word("vp sales", "vp"));
        assert!(contains_word("vp sales", "sales"));
        assert!(contains_word("c++/rust", "c++"));
        assert!(
            contains_word("xa a a", "a a"),
            "an occurrence inside a word hides no later one"
        );
        assert!(contains_word("営業部長", "部長"));
        assert!(!contains_word("presales", "sales"));
        assert!(!contains_word("salesforce", "sales"));
        assert!(!contains_word("sales", ""));
        assert!(!contains_word("", "sales"));
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,40}|[\\x00-\\x{24f}\\x{370}-\\x{6ff}\\x{1e00}-\\x{206f}]{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(&fold(&once), &once);
            prop_assert!(!once.contains("  ") && once.trim() == once);
        }

        #[test]
        fn case_of_known_alphabets_is_ignored(text in "[a-zà-öø-þ α-ωа-яğışőűșțơưếộ]{0,30}") {
            prop_assert_eq!(fold(&text.to_uppercase()), fold(&text));
        }

        #[test]
        fn a_text_contains_its_own_words(words in prop::collection::vec("[a-z0-9é部]{1,8}", 1..6)) {
            let text = fold(&words.join(" "));
            for word in &words {
                prop_assert!(contains_word(&text, &fold(word)));
            }
        }
    }

    #[test]
    fn every_character_folds_to_a_fixed_point() {
        for c in '\0'..=char::MAX {
            let once = fold(&String::from(c));
            assert_eq!(fold(&once), once, "{c:?}");
        }
    }
}
