#![no_main]

use leadfit::table::{MAX_COLUMNS, Table};
use leadfit_fuzz::{NOW, judge, sample};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let card = sample(bytes);
    let Ok(table) = Table::read(card, bytes) else {
        return;
    };
    assert!((1..=MAX_COLUMNS).contains(&table.columns().len()));
    // Judging is what `lead` is for; a few rows tell whether they are leads at all.
    for row in table.rows().iter().take(4) {
        assert!(judge(card, &row.frame, NOW), "a frame of this card");
    }
});
