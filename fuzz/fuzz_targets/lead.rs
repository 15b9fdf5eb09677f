#![no_main]

use leadfit_fuzz::{NOW, judge, sample};
use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use serde_json::Value;

fuzz_target!(|text: &[u8]| {
    let Ok(lead @ Value::Object(_)) = serde_json::from_slice::<Value>(text) else {
        return;
    };
    let card = sample(text);
    let frame = card.frame(&lead);
    assert!(judge(card, &frame, NOW), "a frame of this card");
});

fuzz_mutator!(|data: &mut [u8], size: usize, max: usize, seed: u32| {
    leadfit_fuzz::mutate_json(data, size, max, seed)
});
