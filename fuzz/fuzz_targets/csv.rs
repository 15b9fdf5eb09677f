#![no_main]

use leadfit::table::{MAX_COLUMNS, Table};
use leadfit_fuzz::{NOW, SAMPLES, judge};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for program in SAMPLES.iter().step_by(2) {
        let Ok(table) = Table::read(program, bytes) else {
            continue;
        };
        assert!((1..=MAX_COLUMNS).contains(&table.columns().len()));
        for row in table.rows() {
            assert!(judge(program, &row.frame, NOW), "a frame of this program");
        }
    }
});
