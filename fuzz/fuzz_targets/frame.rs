#![no_main]

use leadfit_fuzz::{SAMPLES, judge};
use libfuzzer_sys::{fuzz_mutator, fuzz_target};

fuzz_target!(|bytes: &[u8]| {
    let Some(([sample], rest)) = bytes.split_first_chunk() else {
        return;
    };
    let Some((now, frame)) = rest.split_first_chunk() else {
        return;
    };
    let card = &SAMPLES[usize::from(*sample) % SAMPLES.len()];
    judge(card, frame, i64::from_le_bytes(*now));
});

fuzz_mutator!(|data: &mut [u8], size: usize, max: usize, seed: u32| {
    leadfit_fuzz::mutate_frame(data, size, max, seed)
});
