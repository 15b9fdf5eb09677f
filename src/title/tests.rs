//! Tests of title reading, and the generator of `table.rs`.

use super::lookup::{Mark, find};
use super::words::split;
use super::*;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const VOCABULARY: &str = include_str!("vocab.csv");

/// A letter for the place of `id` in `ids`.
fn letter<'a>(ids: impl IntoIterator<Item = &'a str>, id: &str, line: &str) -> char {
    let place = ids.into_iter().position(|known| known == id);
    let place = place.unwrap_or_else(|| panic!("unknown id {id:?} in line {line:?}"));
    char::from(b'a' + u8::try_from(place).expect("few ids"))
}

/// Letters for a list of ids parted by `|`.
fn letters(ids: &[&str], list: &str, line: &str) -> String {
    let list = list.split('|').filter(|id| !id.is_empty());
    list.map(|id| letter(ids.iter().copied(), id, line))
        .collect()
}

/// The lines of `table.rs` that `vocab.csv` asks for: `meaning=phrase phrase`, phrases without
/// their spaces.
fn table() -> String {
    let levels: Vec<&str> = Level::ALL.iter().map(|level| level.id()).collect();
    let departments: Vec<&str> = Department::ALL.iter().map(|it| it.id()).collect();
    let marks: Vec<&str> = Mark::IDS.split_whitespace().collect();
    let mut table: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for line in VOCABULARY
        .lines()
        .skip(1)
        .filter(|line| !line.starts_with('#'))
    {
        let columns: Vec<&str> = line.splitn(8, ',').collect();
        let [
            phrase,
            languages,
            works_as,
            level,
            department,
            sub_role,
            mark,
            _note,
        ] = columns[..]
        else {
            panic!("line {line:?} must have 8 columns");
        };
        assert!(!languages.is_empty(), "line {line:?} names no language");
        let mut meaning = String::new();
        match works_as {
            "" => assert!(
                level.is_empty(),
                "line {line:?} must say how its level works"
            ),
            "rank" => meaning.push('R'),
            "grade" => meaning.push('G'),
            "job" => meaning.push('J'),
            "trainee" => meaning.push('T'),
            _ => panic!("unknown kind of level word in line {line:?}"),
        }
        meaning += &letters(&levels, level, line);
        if let Some(weak) = department.strip_prefix('~') {
            meaning += &format!("W{}", letters(&departments, weak, line));
        } else if !department.is_empty() {
            meaning += &format!("D{}", letters(&departments, department, line));
        }
        if !sub_role.is_empty() {
            let first = department
                .trim_start_matches('~')
                .split('|')
                .next()
                .unwrap_or_default();
            let first = Department::from_id(first).expect("a sub-role needs a department");
            assert!(
                first.sub_roles().split(' ').any(|id| id == sub_role),
                "line {line:?}"
            );
            meaning += &format!("S{sub_role}");
        }
        if !mark.is_empty() {
            meaning += &format!("M{}", letters(&marks, mark, line));
        }
        let words = split(phrase);
        let key: String = words.iter().map(|word| word.folded.as_str()).collect();
        assert!(!key.is_empty(), "line {line:?} has no words");
        assert!(seen.insert(key.clone()), "line {line:?} stands twice");
        table.entry(meaning).or_default().push(key);
    }
    table
        .into_iter()
        .map(|(meaning, keys)| format!("{meaning}={}\n", keys.join(" ")))
        .collect()
}

#[test]
fn title_table() {
    let generated = format!(
        "//! GENERATED from `vocab.csv` by `UPDATE_GENERATED=1 cargo test title_table`.\n\n\
         /// Lines `meaning=phrase phrase`; see [`Meaning`](super::lookup::Meaning).\n\
         pub(super) const TABLE: &str = \"\\\n{}\";\n",
        table()
    );
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

fn phrases() -> impl Iterator<Item = &'static str> {
    let meanings = super::table::TABLE.lines();
    meanings.flat_map(|line| {
        line.split_once('=')
            .expect("lines have a meaning")
            .1
            .split(' ')
    })
}

#[test]
fn every_entry_is_found() {
    for phrase in phrases() {
        assert!(find(phrase).is_some(), "{phrase}");
    }
    assert!(find("").is_none() && find("zzzz").is_none() && find("\u{10ffff}").is_none());
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
        let known: Vec<&str> = phrases().collect();
        let mut title = String::new();
        for (word, gap) in words.iter().zip(&gaps) {
            title += known[word % known.len()];
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
