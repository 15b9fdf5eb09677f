//! Tests of title reading, and the generator of `table.rs`.

use super::lookup::meaning_of;
use super::meaning::{Mark, Meaning};
use super::words::split;
use super::*;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const VOCABULARY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/title/vocab.csv");

/// One more than the place of `id` among `ids`; 0 for no id.
fn number<'a>(ids: impl IntoIterator<Item = &'a str>, id: &str, line: &str) -> u64 {
    if id.is_empty() {
        return 0;
    }
    let place = ids.into_iter().position(|known| known == id);
    1 + place.unwrap_or_else(|| panic!("unknown id {id:?} in line {line:?}")) as u64
}

/// The numbers of a list of at most `most` ids parted by `|`, each in so many bits.
fn numbers(ids: &[&str], list: &str, most: usize, bits: usize, line: &str) -> u64 {
    let list: Vec<&str> = list.split('|').collect();
    assert!(list.len() <= most, "at most {most} in line {line:?}");
    let placed = list.iter().enumerate();
    placed.fold(0, |packed, (at, id)| {
        packed | number(ids.iter().copied(), id, line) << (bits * at)
    })
}

/// The packed meaning of a line of `vocab.csv` without its words.
fn packed(columns: &[&str], line: &str) -> u64 {
    let &[works_as, level, department, sub_role, mark] = columns else {
        panic!("line {line:?} must have 8 columns");
    };
    let levels: Vec<&str> = Level::ALL.iter().map(|level| level.id()).collect();
    let departments: Vec<&str> = Department::ALL.iter().map(|it| it.id()).collect();
    assert_eq!(works_as.is_empty(), level.is_empty(), "line {line:?}");
    let strong = department.trim_start_matches('~');
    let first = Department::from_id(strong.split('|').next().unwrap_or_default());
    let sub_roles = first.map_or("", Department::sub_roles);
    number(["job", "grade", "rank", "trainee"], works_as, line)
        | number(Mark::IDS.split_whitespace(), mark, line) << Meaning::MARK
        | number(sub_roles.split(' '), sub_role, line) << Meaning::SUB_ROLE
        | u64::from(strong != department) << Meaning::WEAK
        | numbers(&levels, level, 3, 4, line) << Meaning::LEVELS
        | numbers(&departments, strong, 4, 5, line) << Meaning::DEPARTMENTS
}

/// The keys of the table that `vocab.csv` asks for, each with its meaning.
fn keys() -> BTreeMap<String, u64> {
    let (mut keys, mut seen) = (BTreeMap::new(), BTreeSet::new());
    let vocabulary = std::fs::read_to_string(VOCABULARY).expect("vocab.csv can be read");
    let lines = vocabulary.lines().skip(1);
    for line in lines.filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.splitn(8, ',').collect();
        assert!(columns.len() == 8 && !columns[1].is_empty(), "line {line:?} must have 8 columns");
        let meaning = packed(&columns[2..7], line);
        for phrase in columns[0].split('|') {
            let words = split(phrase);
            let mut key: String = words.iter().map(|word| word.folded.as_str()).collect();
            assert!(!key.is_empty(), "{phrase:?} in line {line:?} has no words");
            let is_new = seen.insert(key.clone());
            assert!(is_new, "{phrase:?} in line {line:?} stands twice");
            if phrase.ends_with('*') {
                key.push('*');
            }
            keys.insert(key, meaning);
        }
    }
    keys
}

/// `table.rs` as `vocab.csv` asks for it.
fn table() -> String {
    let keys = keys();
    let meanings: Vec<u64> = keys.values().copied().collect::<BTreeSet<_>>().into_iter().collect();
    let capital = |place: usize| char::from(b'A' + u8::try_from(place).expect("26 at most"));
    // The stem mark does not count in the order.
    let mut sorted: Vec<(&str, &u64)> = keys.iter().map(|(key, meaning)| (key.as_str(), meaning)).collect();
    sorted.sort_by_key(|(key, _)| key.trim_end_matches('*'));
    let mut entries = String::new();
    for (key, meaning) in sorted {
        let number = meanings.binary_search(meaning).expect("every meaning is listed");
        entries.push_str(key);
        entries.extend([capital(number / 26), capital(number % 26)]);
    }
    let letters: Vec<char> = entries.chars().collect();
    let lines: Vec<String> = letters.chunks(90).map(|line| line.iter().collect()).collect();
    let meanings: Vec<String> = meanings.iter().map(|meaning| format!("{meaning:#x}")).collect();
    let meanings: Vec<String> = meanings.chunks(8).map(|line| format!("    {},", line.join(", "))).collect();
    format!(
        "//! GENERATED from `vocab.csv` by `UPDATE_GENERATED=1 cargo test title_table`.\n\n\
         /// Entries, sorted; see `lookup.rs`.\n\
         pub(super) const TABLE: &str = \"\\\n{}\";\n\n\
         /// What the entries mean, by number; see `meaning.rs`.\n#[rustfmt::skip]\n\
         pub(super) static MEANINGS: &[u64] = &[\n{}\n];\n",
        lines.join("\\\n"),
        meanings.join("\n")
    )
}

#[test]
fn title_table() {
    let generated = table();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/title/table.rs");
    if std::env::var_os("UPDATE_GENERATED").is_some() {
        std::fs::write(path, generated).expect("table.rs can be written");
    } else {
        assert!(
            include_str!("table.rs") == generated,
            "table.rs is stale; run UPDATE_GENERATED=1 cargo test title_table"
        );
    }
}

#[test]
fn every_entry_is_found() {
    for (key, meaning) in keys() {
        let key = key.trim_end_matches('*');
        assert_eq!(meaning_of(key), Some(Meaning(meaning)), "{key}");
    }
    assert!(["", "zzzz", "\u{10ffff}"].iter().all(|key| meaning_of(key).is_none()));
}

fn ids<T: Copy>(values: &[T], id: fn(T) -> &'static str) -> String {
    values
        .iter()
        .map(|&value| id(value))
        .collect::<Vec<_>>()
        .join("|")
}

/// Fields of a line of CSV; quotes enclose fields with commas.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            _ => fields.last_mut().expect("one at least").push(c),
        }
    }
    fields
}

/// Every line of `tests/golden/title/titles.csv`: the primary level with `?` if it is not
/// resolved, departments likewise, status, flags, and the role without targets or size.
#[test]
fn golden_titles() {
    let golden = include_str!("../../tests/golden/title/titles.csv");
    let mut wrong = Vec::new();
    for line in golden.lines().skip(1) {
        let fields = fields(line);
        let [title, level, departments, status, flags, role, _why] = &fields[..] else {
            panic!("line {line:?} must have 7 columns");
        };
        let reading = read(title);
        let doubt = |certainty| {
            if certainty == Certainty::Ambiguous {
                "?"
            } else {
                ""
            }
        };
        let found = [
            ids(&reading.level.values, Level::id) + doubt(reading.level.certainty),
            ids(&reading.departments.values, Department::id) + doubt(reading.departments.certainty),
            reading.status.id().to_owned(),
            ids(&reading.flags, Flag::id),
            role_of(&reading).id().to_owned(),
        ];
        let expected = [level, departments, status, flags, role];
        if found.iter().ne(expected) {
            wrong.push(format!("{title}: expected {expected:?}, found {found:?}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

fn role_of(reading: &Reading) -> BuyingRole {
    let departments = &reading.departments.values;
    buying_role(
        reading.level.first(),
        departments,
        reading.status,
        &reading.flags,
        &[],
        None,
    )
}

#[test]
fn ranks_follow_the_order_of_levels() {
    assert!(
        Level::ALL
            .windows(2)
            .all(|pair| pair[0].rank() >= pair[1].rank())
    );
}

#[test]
fn roles_depend_on_targets_and_size() {
    use super::{BuyingRole::*, Department::*};
    #[track_caller]
    fn check(
        level: Level,
        department: Department,
        targets: &[Department],
        employees: Option<f64>,
        expected: BuyingRole,
    ) {
        let role = buying_role(
            Some(level),
            &[department],
            Status::Employed,
            &[],
            targets,
            employees,
        );
        assert_eq!(role, expected);
    }
    check(
        Level::Founder,
        Executive,
        &[Sales],
        Some(12.0),
        DecisionMaker,
    );
    check(Level::Founder, Executive, &[Sales], None, DecisionMaker);
    check(
        Level::CSuite,
        Executive,
        &[Sales],
        Some(5000.0),
        ExecutiveSponsor,
    );
    check(Level::CSuite, Sales, &[Sales], Some(5000.0), DecisionMaker);
    check(
        Level::CSuite,
        Finance,
        &[Sales],
        Some(5000.0),
        EconomicBuyer,
    );
    check(Level::CSuite, Hr, &[Sales], Some(5000.0), ExecutiveSponsor);
    check(Level::Vp, Sales, &[Sales, Marketing], None, DecisionMaker);
    check(Level::Vp, Sales, &[], None, DecisionMaker);
    check(Level::Head, Hr, &[Sales], None, Influencer);
    check(Level::Head, It, &[Sales], None, TechnicalEvaluator);
    check(Level::Director, Finance, &[Sales], None, EconomicBuyer);
    check(Level::Manager, Sales, &[Sales], None, Champion);
    check(Level::Manager, Hr, &[Sales], None, Influencer);
    check(
        Level::Senior,
        Engineering,
        &[Engineering],
        None,
        TechnicalEvaluator,
    );
    check(Level::Staff, Legal, &[Sales], None, LegalCompliance);
    check(Level::Head, Legal, &[Legal], None, DecisionMaker);
    check(Level::Head, Procurement, &[It], None, EconomicBuyer);
    check(Level::Staff, Procurement, &[It], None, Gatekeeper);
    check(
        Level::Head,
        Procurement,
        &[Procurement],
        None,
        DecisionMaker,
    );
    check(Level::Staff, Admin, &[It], None, Gatekeeper);
    check(Level::Intern, It, &[It], None, NotABuyer);
    check(Level::Staff, It, &[It], None, EndUser);
}

#[test]
fn evidence_is_what_was_typed() {
    let reading = read("Sr. Vertriebsleiterin (m/w/d), EMEA");
    assert_eq!(reading.level.evidence, "Vertriebsleiterin");
    assert_eq!(reading.departments.evidence, "Vertriebsleiterin");
    assert_eq!(read("V.P. of R&D").level.evidence, "V.P");
}

#[test]
fn words_past_the_limit_do_not_count() {
    let long = "x ".repeat(200) + "CEO";
    assert_ne!(read(&long).level.first(), Some(Level::CSuite));
    assert_eq!(split(&"部".repeat(10_000))[0].text.chars().count(), 128);
    for text in [
        "leiter",
        "a",
        "manager of ",
        "ß",
        "部",
        "(",
        "qw",
        "assistant to ceo, ",
    ] {
        let reading = read(&text.repeat(10_000 / text.len()));
        assert!(reading.level.confidence <= 100);
    }
}

proptest! {
    #[test]
    fn any_text_gets_a_sound_reading(text in "\\PC{0,60}|[ a-z,/&().\\-éß部長\u{301}\u{200b}]{0,60}") {
        let reading = read(&text);
        prop_assert_eq!(&reading, &read(&text));
        prop_assert!(reading.level.values.len() <= 1);
        prop_assert!(reading.level.confidence <= 100 && reading.departments.confidence <= 100);
        if reading.level.certainty == Certainty::Resolved {
            prop_assert!(!reading.level.values.is_empty());
        }
        if reading.departments.certainty == Certainty::Resolved {
            prop_assert!(!reading.departments.values.is_empty());
        }
        if reading.status == Status::Junk {
            prop_assert!(reading.level.values.is_empty() && reading.departments.values.is_empty());
        }
        role_of(&reading);
    }

    #[test]
    fn titles_made_of_known_words_get_a_sound_reading(
        words in prop::collection::vec(0_usize..10_000, 1..6),
        gaps in prop::collection::vec(prop::sample::select(vec![" ", ", ", " / ", " & ", "-"]), 6),
    ) {
        let known: Vec<String> = keys().into_keys().map(|key| key.replace('*', "")).collect();
        let mut title = String::new();
        for (word, gap) in words.iter().zip(&gaps) {
            title += &known[word % known.len()];
            title += gap;
        }
        let reading = read(&title);
        let alternatives = &reading.level.alternatives;
        prop_assert!(!reading.level.values.iter().any(|level| alternatives.contains(level)));
        // Case and accents on top change nothing but the evidence.
        let shouted = read(&title.to_uppercase());
        prop_assert_eq!(&shouted.level.values, &reading.level.values);
        prop_assert_eq!(&shouted.departments.values, &reading.departments.values);
        let spaced = read(&format!("  {} ", title.replace(' ', "  ")));
        prop_assert_eq!(&spaced.level.values, &reading.level.values);
        prop_assert_eq!(spaced.flags, reading.flags);
    }

    #[test]
    fn nobody_becomes_the_boss_they_assist(
        boss in prop::sample::select(vec!["CEO", "CFO", "Managing Director", "VP Sales", "President", "Head of IT"]),
        before in prop::sample::select(vec!["Assistant to the ", "EA to ", "PA to ", "Office of the ", "ex-", "former ", "Assistant of the "]),
    ) {
        let reading = read(&[before, boss].concat());
        prop_assert!(reading.level.first().is_none_or(|level| level.rank() <= Level::Staff.rank()));
    }
}
