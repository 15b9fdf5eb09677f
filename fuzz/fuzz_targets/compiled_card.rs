#![no_main]

use leadfit::card::Card;
use libfuzzer_sys::{fuzz_mutator, fuzz_target};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(card) = Card::from_bytes(bytes) {
        assert_eq!(Card::from_bytes(&card.to_bytes()).as_ref(), Ok(&card));
        leadfit_fuzz::judge_some(&card);
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max: usize, seed: u32| {
    leadfit_fuzz::mutate_card(data, size, max, seed)
});
