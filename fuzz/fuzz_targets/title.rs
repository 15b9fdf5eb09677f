#![no_main]

use leadfit::text::fold;
use leadfit::title;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let reading = title::read(text);
    assert!(reading.level.confidence <= 100 && reading.departments.confidence <= 100);
    let values = &reading.level.values;
    assert!(
        reading
            .level
            .alternatives
            .iter()
            .all(|other| !values.contains(other))
    );
    let folded = fold(text);
    assert_eq!(fold(&folded), folded);
});
