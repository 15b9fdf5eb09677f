//! Whole runs: proposals as recorded, few outcomes, and tables that somebody broke on purpose.

use proptest::prelude::*;

use super::proposal::{Accepted, BinChoice, BinPlace, Proposal, Strength};
use super::{Options, Task, accept};
use crate::scorecard;

const CARD: &str = include_str!("../../tests/golden/learn/card.json");
const LEADS: &str = include_str!("../../tests/golden/learn/leads.csv");
const SCHEMA: &str = include_str!("../../tests/golden/learn/schema.json");

fn options() -> Options {
    Options {
        now: Some(1_784_505_600_000.0),
        ..Options::default()
    }
}

fn of_card(leads: &str, options: Options) -> (Proposal, scorecard::file::Scorecard) {
    let mut task = Task::scorecard(CARD, leads.as_bytes(), options).unwrap();
    let proposal = task.proposal().unwrap();
    let card = task.accepted(&proposal).unwrap();
    (proposal, card)
}

fn of_table(schema: &str, csv: &str) -> (Proposal, scorecard::file::Scorecard) {
    let mut task = Task::plain(schema, csv.as_bytes(), options()).unwrap();
    let proposal = task.proposal().unwrap();
    let card = task.accepted(&proposal).unwrap();
    (proposal, card)
}

/// Learns from a table of two columns `x` (number) and `c` (word), and the outcome `y`; whatever
/// comes out is a scorecard without errors.
#[track_caller]
fn check(rows: &str) -> Proposal {
    let schema = r#"{"target": "y", "features": [{"name": "x", "kind": "num", "mono": 1}, {"name": "c", "kind": "cat"}]}"#;
    let (proposal, card) = of_table(schema, &format!("x,c,y\n{rows}"));
    let text = serde_json::to_string(&card).unwrap();
    let problems = scorecard::check(&text).problems;
    assert!(problems.is_empty(), "{problems:?}");
    proposal
}

#[track_caller]
fn recorded(name: &str, text: &str) {
    let path = format!("{}/tests/golden/learn/{name}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UPDATE_GENERATED").is_some() {
        std::fs::write(path, text).unwrap();
        return;
    }
    let recorded = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        text == recorded,
        "tests/golden/learn/{name} is stale: run `UPDATE_GENERATED=1 cargo test`"
    );
}

fn pretty<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string_pretty(value).unwrap() + "\n"
}

#[test]
fn proposals_are_as_recorded() {
    let (proposal, card) = of_card(LEADS, options());
    recorded("card.report.txt", &proposal.report);
    recorded("card.proposal.json", &pretty(&proposal));
    recorded("card.learned.json", &pretty(&card));
    let (proposal, card) = of_table(SCHEMA, LEADS);
    recorded("table.report.txt", &proposal.report);
    recorded("table.learned.json", &pretty(&card));
}

#[test]
fn the_same_leads_give_the_same_bytes_in_any_steps() {
    let whole = pretty(&of_card(LEADS, options()).0);
    let mut task = Task::scorecard(CARD, LEADS.as_bytes(), options()).unwrap();
    let mut before = 0.0;
    while before < 1.0 {
        let done = task.step().unwrap();
        assert!(done >= before && done <= 1.0, "{done} after {before}");
        before = done;
    }
    assert_eq!(pretty(&task.proposal().unwrap()), whole);
}

#[test]
fn what_is_learned_can_be_used_and_holds_declared_directions() {
    let (proposal, card) = of_card(LEADS, options());
    let text = serde_json::to_string(&card).unwrap();
    let errors = scorecard::check(&text).problems;
    assert!(
        errors
            .iter()
            .all(|problem| problem.severity == crate::problem::Severity::Warning),
        "{errors:?}"
    );
    assert_eq!(proposal.signal.strength, Strength::Clear);
    let size = card
        .criteria
        .iter()
        .find(|criterion| criterion.id == "size")
        .unwrap();
    let points: Vec<i32> = size.bins.iter().flatten().map(|bin| bin.points).collect();
    assert!(points.is_sorted(), "{points:?}");
    // The source of leads was not scored, and tells much.
    assert!(
        proposal
            .criteria
            .iter()
            .any(|criterion| criterion.id == "source" && criterion.added)
    );
    // Sales said `too small` of leads with few employees.
    let small = proposal
        .feedback
        .iter()
        .find(|feedback| feedback.reason == "too small")
        .unwrap();
    assert_eq!(small.criterion.as_deref(), Some("size"));
}

#[test]
fn without_outcomes_the_present_points_stay() {
    let header: String = LEADS.lines().next().unwrap().to_owned();
    let open: Vec<String> = LEADS
        .lines()
        .skip(1)
        .map(|line| {
            line.replace(",won,", ",open,")
                .replace(",lost,", ",open,")
                .replace(",rejected,", ",open,")
        })
        .collect();
    for leads in [header.clone(), format!("{header}\n{}", open.join("\n"))] {
        let (proposal, card) = of_card(&leads, options());
        assert_eq!(proposal.learned_from.prior, 1.0);
        assert_eq!(proposal.signal.strength, Strength::None);
        let bins = proposal
            .criteria
            .iter()
            .flat_map(|criterion| &criterion.bins);
        assert!(bins.into_iter().all(|bin| bin.old == Some(bin.points)));
        let before = scorecard::read(CARD).scorecard.unwrap();
        assert_eq!(card.criteria, before.criteria);
    }
}

#[test]
fn fewer_outcomes_leave_more_to_the_present_points() {
    let part = |rows: usize| LEADS.lines().take(rows + 1).collect::<Vec<_>>().join("\n");
    let prior = |rows: usize| of_card(&part(rows), options()).0.learned_from.prior;
    let (few, some, many) = (prior(40), prior(150), prior(500));
    assert!(few > some && some > many, "{few} {some} {many}");
}

#[test]
fn all_one_criterion_or_one_bin_can_be_taken_over() {
    let (proposal, whole) = of_card(LEADS, options());
    let before = scorecard::read(CARD).scorecard.unwrap();
    let mut card = before.clone();
    for criterion in &proposal.criteria {
        card = accept(&card, &proposal, &Accepted::Criterion(criterion.id.clone())).unwrap();
    }
    assert_eq!(card.criteria, whole.criteria);
    assert_eq!(card.calibration, before.calibration);

    let mut card = before.clone();
    for criterion in &proposal.criteria {
        for bin in &criterion.bins {
            let choice = BinChoice {
                criterion: criterion.id.clone(),
                place: bin.place,
            };
            card = accept(&card, &proposal, &Accepted::Bin(choice)).unwrap();
        }
    }
    assert_eq!(card.criteria, whole.criteria);

    let choice = BinChoice {
        criterion: "size".to_owned(),
        place: BinPlace::Bin(99),
    };
    assert!(accept(&before, &proposal, &Accepted::Bin(choice)).is_err());
    assert!(accept(&before, &proposal, &Accepted::Criterion("none".to_owned())).is_err());
}

#[test]
fn a_simpler_card_has_fewer_rules() {
    let mut task = Task::plain(SCHEMA, LEADS.as_bytes(), options()).unwrap();
    let mut rules = |simplicity: f64| {
        task.simplify(simplicity).unwrap();
        let proposal = task.proposal().unwrap();
        let bins = proposal
            .criteria
            .iter()
            .flat_map(|criterion| &criterion.bins);
        bins.filter(|bin| bin.points != 0).count()
    };
    let (close, middle, simple) = (rules(0.0), rules(0.5), rules(1.0));
    assert!(
        close >= middle && middle >= simple && close > simple,
        "{close} {middle} {simple}"
    );
    assert!(task.simplify(2.0).is_err());
}

#[test]
fn hostile_tables_get_a_clear_answer() {
    // Enough of both, with a signal in `c`.
    let row = |index: usize, x: &str, c: &str| {
        format!(
            "{x},{c},{}\n",
            usize::from(index.is_multiple_of(3)) ^ usize::from(c == "a")
        )
    };
    let rows = |count: usize, of: &dyn Fn(usize) -> String| (0..count).map(of).collect::<String>();
    let ab = |index: usize| if index.is_multiple_of(2) { "a" } else { "b" };

    let proposal = check(&rows(300, &|index| row(index, "", ab(index))));
    assert!(
        proposal
            .criteria
            .iter()
            .all(|criterion| criterion.id == "c"),
        "an empty column earns nothing"
    );
    let proposal = check(&rows(300, &|index| row(index, "5", ab(index))));
    assert!(
        proposal
            .criteria
            .iter()
            .all(|criterion| criterion.id == "c"),
        "a constant column earns nothing"
    );
    let proposal = check(&rows(300, &|index| {
        row(
            index,
            ["1e308", "NaN", "-Infinity", "many"][index % 4],
            ab(index),
        )
    }));
    assert!(
        proposal
            .notes
            .iter()
            .any(|note| note.contains("300 cells of column `x` are no numbers")),
        "{:?}",
        proposal.notes
    );
    let huge = format!("1{}", "0".repeat(14));
    check(&rows(300, &|index| {
        row(
            index,
            if index.is_multiple_of(2) { &huge } else { "-1" },
            ab(index),
        )
    }));

    for (outcome, words) in [
        ("1", "All leads were won"),
        ("0", "All leads were lost"),
        ("", "No lead has an outcome"),
    ] {
        let proposal = check(&rows(50, &|index| format!("{index},a,{outcome}\n")));
        assert_eq!(proposal.signal.strength, Strength::None);
        assert!(proposal.criteria.is_empty());
        assert!(
            proposal.notes.iter().any(|note| note.contains(words)),
            "{:?}",
            proposal.notes
        );
    }
    let proposal = check("1,a,1\n2,b,0\n3,a,1\n");
    assert_eq!(proposal.signal.strength, Strength::None);
    assert!(proposal.report.contains("Fewer than 5 leads were won"));
    check("");

    // Each of 10,000 words in one lead: none has a level of its own.
    let proposal = check(&rows(10_000, &|index| {
        format!(
            "{},word {},{}\n",
            index % 7,
            index % 10_000,
            usize::from(index % 7 > 4)
        )
    }));
    assert!(
        proposal
            .criteria
            .iter()
            .all(|criterion| criterion.id == "x"),
        "rare words earn nothing"
    );

    // Every lead twice: the same points, though surer.
    let once = rows(200, &|index| {
        row(index, &(index % 11).to_string(), ab(index))
    });
    let twice = check(&format!("{once}{once}"));
    assert_eq!(twice.learned_from.won + twice.learned_from.lost, 400);
}

#[test]
fn weights_of_nothing_leave_one_lead() {
    let schema = r#"{"target": "y", "weight": "w", "features": [{"name": "x", "kind": "num"}]}"#;
    let rows: String = (0..100)
        .map(|index| format!("{index},{},{}\n", index % 2, u8::from(index == 7)))
        .collect();
    let (proposal, card) = of_table(schema, &format!("x,y,w\n{rows}"));
    assert_eq!(
        (proposal.learned_from.won, proposal.learned_from.lost),
        (1, 0)
    );
    assert!(card.criteria.is_empty());
}

#[test]
fn noise_is_called_noise() {
    // Outcomes that hang on nothing.
    let mut state = 1_u64;
    let mut next = move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        state >> 40
    };
    let rows: String = (0..3000)
        .map(|_| {
            format!(
                "{},{},{}\n",
                next() % 100,
                ["a", "b", "c"][(next() % 3) as usize],
                next() % 2
            )
        })
        .collect();
    let proposal = check(&rows);
    assert_eq!(
        proposal.signal.strength,
        Strength::None,
        "{:?}",
        proposal.signal
    );
    assert!(proposal.criteria.is_empty());
    assert!(proposal.report.contains("no signal"));
}

#[test]
fn what_is_known_only_afterwards_is_flagged() {
    let rows: String = (0_usize..200)
        .map(|index| {
            format!(
                "{},{},{}\n",
                if index.is_multiple_of(4) { "9" } else { "" },
                "a",
                usize::from(index.is_multiple_of(4))
            )
        })
        .collect();
    let proposal = check(&rows);
    assert_eq!(proposal.leaks.len(), 1);
    assert_eq!(proposal.leaks[0].id, "x");
}

#[test]
fn wrong_calls_are_told_apart() {
    let wrong = |schema: &str, csv: &str| {
        Task::plain(schema, csv.as_bytes(), Options::default())
            .err()
            .unwrap()
    };
    assert!(wrong("{", "x,y\n").found.contains("EOF"));
    assert!(
        wrong(
            r#"{"target": "y", "features": [{"name": "xx", "kind": "num"}]}"#,
            "x,y\n"
        )
        .found
        .contains("no column `xx`")
    );
    assert!(
        wrong(
            r#"{"target": "y", "features": [{"name": "y", "kind": "num"}]}"#,
            "x,y\n"
        )
        .found
        .contains("the target")
    );
    assert!(
        wrong(r#"{"target": "y", "features": []}"#, "")
            .expected
            .contains("header")
    );
    let simple = Options {
        simplicity: Some(f64::NAN),
        ..Options::default()
    };
    assert!(Task::plain(SCHEMA, LEADS.as_bytes(), simple).is_err());
    let problems = Task::scorecard(CARD, b"a,b\n1,2\n", Options::default())
        .err()
        .unwrap();
    assert_eq!(problems[0].found, "no column with outcomes");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// More never lowers the points, and none are above the cap, whatever the outcomes are.
    #[test]
    fn declared_directions_and_the_cap_always_hold(rows in proptest::collection::vec((0_u8..60, 0_u8..4, any::<bool>()), 0..200)) {
        let text: String = rows.iter().map(|(x, c, y)| format!("{x},{c},{}\n", u8::from(*y))).collect();
        let proposal = check(&text);
        for criterion in proposal.criteria.iter().filter(|criterion| criterion.id == "x") {
            let bins = criterion.criterion.as_ref().unwrap().bins.as_ref().unwrap();
            let points: Vec<i32> = bins.iter().map(|bin| bin.points).collect();
            prop_assert!(points.is_sorted(), "{:?}", points);
        }
        for criterion in &proposal.criteria {
            let points: Vec<i32> = criterion.bins.iter().map(|bin| bin.points).collect();
            prop_assert!(points.iter().all(|points| points.abs() <= 20), "{:?}", points);
        }
    }
}
