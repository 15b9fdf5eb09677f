//! How fast learning is, and its plain regression against others.
//!
//! `cargo run --release --example learning_speed -- [FILE]` makes 100,000 leads with 40 features of two
//! levels, fits them, and writes them to the file for other programs: two u32 (leads, features), the
//! features of each lead as bytes, then the outcomes as bytes.

use std::time::Instant;

use leadfit::learn::column::{Column, Levels};
use leadfit::learn::fit::Outcomes;
use leadfit::learn::newton::regress;

const LEADS: usize = 100_000;
const FEATURES: usize = 40;

fn main() {
    let mut state = 42_u64;
    let mut next = move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / f64::from(1_u32 << 31)
    };
    let mut codes = vec![vec![0_u16; LEADS]; FEATURES];
    let mut won = vec![0.0; LEADS];
    for lead in 0..LEADS {
        // Features hang together, as those of real leads do.
        let (common, mut eta) = (next(), -1.0);
        for (feature, codes) in codes.iter_mut().enumerate() {
            let share = 0.1 + 0.02 * feature as f64 + 0.2 * (common - 0.5);
            let on = next() < share;
            codes[lead] = u16::from(on);
            eta += if on {
                (feature % 7) as f64 * 0.25 - 0.7
            } else {
                0.0
            };
        }
        won[lead] = f64::from(u8::from(next() < 1.0 / (1.0 + (-eta).exp())));
    }
    if let Some(path) = std::env::args().nth(1) {
        let mut bytes = Vec::new();
        bytes.extend((LEADS as u32).to_le_bytes());
        bytes.extend((FEATURES as u32).to_le_bytes());
        bytes.extend((0..LEADS).flat_map(|lead| codes.iter().map(move |codes| codes[lead] as u8)));
        bytes.extend(won.iter().map(|won| *won as u8));
        std::fs::write(path, bytes).expect("written");
    }
    let columns: Vec<Column> = codes
        .into_iter()
        .map(|codes| Column::new(codes, Levels::pooled(2), None))
        .collect();
    let outcomes = Outcomes {
        weight: vec![1.0; LEADS],
        won,
    };
    let mut times = Vec::new();
    let mut found = None;
    for _ in 0..9 {
        let began = Instant::now();
        found = Some(regress(&columns, &outcomes, 1.0));
        times.push(began.elapsed().as_secs_f64() * 1000.0);
    }
    times.sort_by(f64::total_cmp);
    let found = found.expect("fitted");
    println!(
        "loss {:.12} steps {} ms {:.1} (median of 9; least {:.1})",
        found.loss, found.steps, times[4], times[0]
    );
}
