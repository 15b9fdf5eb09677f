//! Measures what reading a title costs: `cargo run --release --example title_speed -- FILE.csv…`,
//! of which the column `title` is read. Prints the median and the slowest tenth, and the worst of
//! inputs of 10 KB.

use std::error::Error;
use std::hint::black_box;
use std::time::Instant;

use leadfit::title::read;

/// Each title is read so often, and the best time counts.
const ROUNDS: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let mut titles = Vec::new();
    for file in std::env::args().skip(1) {
        let mut table = csv::Reader::from_path(&file)?;
        let place = table.headers()?.iter().position(|column| column == "title");
        let place = place.ok_or("the column `title` is missing")?;
        for record in table.records() {
            titles.push(record?.get(place).unwrap_or_default().to_owned());
        }
    }
    let mut costs: Vec<f64> = titles.iter().map(|title| micros(title)).collect();
    costs.sort_by(f64::total_cmp);
    for (name, share) in [("p50", 0.5), ("p90", 0.9), ("p99", 0.99)] {
        let at = (costs.len() as f64 * share) as usize;
        println!(
            "{name} {:.1} µs of {} titles",
            costs.get(at).copied().unwrap_or_default(),
            costs.len()
        );
    }
    for piece in [
        "leiter",
        "a",
        "vertriebsx ",
        "ß",
        "部",
        "assistant to ceo, ",
        "qwzxk",
        "é/",
    ] {
        let text = piece.repeat(10_000 / piece.len());
        println!("10 KB of {piece:?}: {:.1} µs", micros(&text));
    }
    Ok(())
}

fn micros(text: &str) -> f64 {
    let times = (0..ROUNDS).map(|_| {
        let start = Instant::now();
        black_box(read(black_box(text)));
        start.elapsed().as_secs_f64() * 1e6
    });
    times.fold(f64::INFINITY, f64::min)
}
