//! How long reading and judging a file of past leads takes, step by step.
//!
//! `cargo run --release --example backtest_speed -- scorecard.json leads.csv`

use std::time::Instant;

use leadfit::backtest::{Backtest, Choices, Import, Lever, view};
use leadfit::scorecard::{self, Audience, compile};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (Some(card), Some(leads)) = (arguments.next(), arguments.next()) else {
        eprintln!("give a scorecard and a CSV file");
        std::process::exit(2);
    };
    let text = std::fs::read_to_string(card).expect("a scorecard");
    let bytes = std::fs::read(leads).expect("a file of leads");
    let card = scorecard::read(&text).scorecard.expect("a sound scorecard");
    let card = compile::compiled(&card, Audience::Server);

    let mut last = Instant::now();
    let mut step = |what: &str| {
        let now = Instant::now();
        println!("{what:32} {:9.2} ms", (now - last).as_secs_f64() * 1000.0);
        last = Instant::now();
    };
    let mut import = Import::new(card.clone(), Choices::default());
    for piece in bytes.chunks(1 << 16) {
        import.feed(piece, false);
    }
    step("cells");
    let leads = import.finish();
    step("outcomes");
    let mut backtest = Backtest::new(card, leads);
    step("matches, first counts");
    println!("{:32} {:9}", "bunches of totals", backtest.bunches());
    for index in 0..backtest.card().texts.criteria.len() {
        backtest.take(Lever::Criterion(index));
        let name = backtest.card().texts.criteria[index].id.clone();
        step(&format!("take {name}"));
        println!("{:32} {:9}", "  bunches", backtest.bunches());
        let tally = backtest.tally();
        step("  tally");
        assert!(tally.all.leads.iter().sum::<u64>() > 0);
    }
    let mut card = backtest.card().clone();
    step("copy the card");
    assert!(compile::moved(&mut card, &text, Audience::Server));
    step("compile what moves");
    backtest.follow(card.clone());
    step("follow");
    let bins =
        text.replacen("\"to\": 50", "\"to\": 40", 1)
            .replacen("\"from\": 50", "\"from\": 40", 1);
    let edited = scorecard::read(&bins).scorecard.expect("a sound scorecard");
    let edited = compile::compiled(&edited, Audience::Server);
    step("compile a moved boundary");
    backtest.follow(edited);
    step("follow a moved boundary");
    drop(backtest.tally());
    step("tally of leads");
    backtest.follow(card.clone());
    step("follow back");
    let numbers = view::packed(&backtest.tally());
    step("tally and pack");
    assert!(!numbers.is_empty());
    drop(backtest.judge());
    step("judge");
    drop(details(&backtest, None));
    step("details");
    let baseline = view::Baseline::new(&backtest, card);
    step("baseline");
    drop(details(&backtest, Some(&baseline)));
    step("details with moves");
    let query = view::Query {
        sort: "score".to_owned(),
        descending: true,
        count: 100,
        ..view::Query::default()
    };
    drop(view::rows(&backtest, Some(&baseline), &query));
    step("table");
    drop(view::file(&backtest));
    step("report");
}

fn details(backtest: &Backtest, baseline: Option<&view::Baseline>) -> view::Details {
    let mut survey = view::Survey::new(backtest, baseline);
    while survey.step(backtest, baseline) {}
    survey.told(backtest, baseline)
}
