#![no_main]

use leadfit::program::Program;
use libfuzzer_sys::{fuzz_mutator, fuzz_target};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(program) = Program::from_bytes(bytes) {
        assert_eq!(
            Program::from_bytes(&program.to_bytes()).as_ref(),
            Ok(&program)
        );
        leadfit_fuzz::judge_some(&program);
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max: usize, seed: u32| {
    leadfit_fuzz::mutate_program(data, size, max, seed)
});
