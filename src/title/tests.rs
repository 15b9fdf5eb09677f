//! Tests of title reading, and the generator of `table.rs`.

use super::hash::Hash;
use super::lookup::meaning_of;
use super::meaning::{Mark, Meaning};
use super::table::BITS;
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
        assert!(
            columns.len() == 8 && !columns[1].is_empty(),
            "line {line:?} must have 8 columns"
        );
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

/// `vocab.bin` as `vocab.csv` asks for it.
fn table() -> Vec<u8> {
    let keys = keys();
    let meanings: Vec<u64> = keys
        .values()
        .copied()
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let mut words = BTreeMap::new();
    for (key, meaning) in &keys {
        let number = meanings
            .binary_search(meaning)
            .expect("every meaning is listed");
        let number = u16::try_from(number).expect("at most 65,536 meanings");
        let hash = Hash::new().with(key.as_bytes()).value(BITS);
        let before = words.insert(hash, number);
        assert!(
            before.is_none_or(|before| before == number),
            "{key} has the hash of another word"
        );
    }
    let buckets = (0..1 << (BITS - 16)).map(|bucket| {
        let count = words.range(bucket << 16..(bucket + 1) << 16).count();
        u8::try_from(count).expect("few words have the same upper bits")
    });
    let byte = |shift: u32| {
        words
            .keys()
            .map(move |hash| hash.to_le_bytes()[shift as usize])
    };
    let numbers = |byte: usize| words.values().map(move |it| it.to_le_bytes()[byte]);
    let meanings = meanings.iter().flat_map(|meaning| meaning.to_le_bytes());
    buckets
        .chain(byte(1))
        .chain(byte(0))
        .chain(numbers(0))
        .chain(numbers(1))
        .chain(meanings)
        .collect()
}

#[test]
fn title_table() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/title/vocab.bin");
    if std::env::var_os("UPDATE_GENERATED").is_some() {
        std::fs::write(path, table()).expect("vocab.bin can be written");
    } else {
        let is_fresh = std::fs::read(path).expect("vocab.bin can be read") == table();
        assert!(
            is_fresh,
            "vocab.bin is stale; run UPDATE_GENERATED=1 cargo test title_table"
        );
    }
}

#[test]
fn every_entry_is_found() {
    for (key, meaning) in keys() {
        assert_eq!(meaning_of(&key), Some(Meaning(meaning)), "{key}");
    }
    assert!(
        ["", "zzzz", "\u{10ffff}"]
            .iter()
            .all(|key| meaning_of(key).is_none())
    );
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

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/title/titles.csv");

/// What `tests/golden/title/titles.csv` says of a title: the primary level with `?` if the title
/// leaves it ambiguous, departments likewise, status, flags, and the role without targets or size.
fn told(title: &str) -> [String; 5] {
    let reading = read(title);
    let doubt = |certainty| match certainty {
        Certainty::Ambiguous => "?",
        _ => "",
    };
    [
        ids(&reading.level.values, Level::id) + doubt(reading.level.certainty),
        ids(&reading.departments.values, Department::id) + doubt(reading.departments.certainty),
        reading.status.id().to_owned(),
        ids(&reading.flags, Flag::id),
        reading.role(&[], None).id().to_owned(),
    ]
}

#[test]
fn golden_titles() {
    let golden = std::fs::read_to_string(GOLDEN).expect("titles.csv can be read");
    let mut wrong = Vec::new();
    let mut rewritten = Vec::new();
    for line in golden.lines() {
        let columns = fields(line);
        let [title, expected @ .., why] = &columns[..] else {
            panic!("line {line:?} must have 7 columns");
        };
        let found = told(title);
        if rewritten.is_empty() || expected == found {
            rewritten.push(line.to_owned());
            continue;
        }
        wrong.push(format!("{title}: expected {expected:?}, found {found:?}"));
        let quoted = |text: &str| {
            if text.contains(',') {
                format!("\"{text}\"")
            } else {
                text.to_owned()
            }
        };
        rewritten.push(format!(
            "{},{},{}",
            quoted(title),
            found.join(","),
            quoted(why)
        ));
    }
    if std::env::var_os("UPDATE_GOLDEN").is_some() && std::env::var_os("CI").is_none() {
        std::fs::write(GOLDEN, rewritten.join("\n") + "\n").expect("titles.csv can be written");
    } else {
        assert!(
            wrong.is_empty(),
            "{} wrong\n{}",
            wrong.len(),
            wrong.join("\n")
        );
    }
}

/// Whoever guards the way to a boss is never taken for one.
#[test]
fn gatekeepers() {
    let titles = include_str!("../../tests/golden/title/gatekeepers.txt").lines();
    for title in titles {
        let reading = read(title);
        let level = reading.level.first();
        assert!(
            level.is_none_or(|level| level.rank() < Level::Head.rank()),
            "{title}: {level:?}"
        );
        assert_eq!(reading.role(&[], None), BuyingRole::Gatekeeper, "{title}");
    }
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
    assert_eq!(split(&"部".repeat(10_000))[0].folded.chars().count(), 128);
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
        reading.role(&[], None);
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
