#![no_main]

use leadfit::card::Card;
use leadfit::problem::Severity;
use leadfit::scorecard::{self, Audience, MAX_PROBLEMS};
use libfuzzer_sys::{fuzz_mutator, fuzz_target};

fuzz_target!(|text: &str| {
    let outcome = scorecard::read(text);
    let errors = outcome
        .problems
        .iter()
        .filter(|problem| problem.severity == Severity::Error);
    assert_eq!(outcome.scorecard.is_none(), errors.count() > 0);
    assert!(outcome.problems.len() <= MAX_PROBLEMS);
    let Some(card) = outcome.scorecard else {
        return;
    };
    for audience in [Audience::Page, Audience::Server] {
        let Ok(bytes) = scorecard::compile::compile(&card, audience) else {
            continue;
        };
        let card = Card::from_bytes(&bytes).expect("what is compiled loads");
        assert_eq!(card.to_bytes(), bytes);
        leadfit_fuzz::judge_some(&card);
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max: usize, seed: u32| {
    leadfit_fuzz::mutate_json(data, size, max, seed)
});
