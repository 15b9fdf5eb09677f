//! How well learned scorecards rank and forecast on tables that they have not seen.
//!
//! `cargo run --release --example exam_learning -- FOLDER… [--seeds N]` with `train.csv` and
//! `schema.json` in each folder. Rows are split by a hash of seed and id, 70 to 30, so that other
//! learners can be given the same splits.

use std::path::Path;
use std::time::Instant;

use leadfit::card::Card;
use leadfit::learn::measure;
use leadfit::learn::plain::Schema;
use leadfit::learn::{Options, Task};
use leadfit::scorecard;
use leadfit::table::Table;
use sha2::{Digest, Sha256};

fn main() {
    let mut folders: Vec<String> = std::env::args().skip(1).collect();
    let mut seeds = 5;
    if let Some(at) = folders.iter().position(|word| word == "--seeds") {
        seeds = folders[at + 1].parse().expect("a number of seeds");
        folders.drain(at..=at + 1);
    }
    println!("set seed auc logloss ece rules ms");
    for folder in folders {
        let mut sums = [0.0; 3];
        for seed in 0..seeds {
            let result = exam(Path::new(&folder), seed);
            for (sum, value) in sums.iter_mut().zip(result) {
                *sum += value / f64::from(seeds);
            }
        }
        println!("{folder} mean {:.4} {:.4} {:.4}", sums[0], sums[1], sums[2]);
    }
}

/// AUC, log-loss and calibration error of one split.
fn exam(folder: &Path, seed: u32) -> [f64; 3] {
    let schema_text = std::fs::read_to_string(folder.join("schema.json")).expect("a schema");
    let schema = Schema::read(&schema_text).expect("a schema");
    let text = std::fs::read(folder.join("train.csv")).expect("a table");
    let mut reader = csv::Reader::from_reader(text.as_slice());
    let header = reader.headers().expect("a header").clone();
    let column = |name: &str| header.iter().position(|header| header == name).expect(name);
    let (id, target) = (column("id"), column(&schema.target));
    let (mut train, mut test) = (
        csv::Writer::from_writer(Vec::new()),
        csv::Writer::from_writer(Vec::new()),
    );
    train.write_record(&header).expect("written");
    test.write_record(&header).expect("written");
    let mut won = Vec::new();
    for record in reader.records() {
        let record = record.expect("a record");
        let digest = Sha256::digest(format!("{seed}:{}", &record[id]));
        let hash = u64::from_be_bytes(digest[..8].try_into().expect("8 bytes"));
        if (hash as f64) < 0.7 * 18_446_744_073_709_551_616.0 {
            train.write_record(&record).expect("written");
        } else {
            test.write_record(&record).expect("written");
            won.push(f64::from(u8::from(&record[target] == "1")));
        }
    }
    let (train, test) = (
        train.into_inner().expect("bytes"),
        test.into_inner().expect("bytes"),
    );
    let began = Instant::now();
    let mut task = Task::plain(&schema_text, &train, Options::default()).expect("a table");
    let proposal = task.proposal().expect("a proposal");
    let card = task.accepted(&proposal).expect("a scorecard");
    let took = began.elapsed().as_millis();
    let text = serde_json::to_string(&card).expect("JSON");
    for problem in scorecard::check(&text).problems {
        eprintln!("{problem:?}");
    }
    let compiled = scorecard::compile(&text, scorecard::Audience::Server).expect("a scorecard");
    let card = Card::from_bytes(&compiled).expect("a scorecard");
    let table = Table::read(&card, &test).expect("a table");
    let (mut scores, mut shares) = (Vec::new(), Vec::new());
    for row in table.rows() {
        let verdict = card.evaluate(&row.frame, 0).expect("a verdict");
        scores.push(verdict.score as f64);
        shares.push(
            (f64::from(verdict.probability.expect("a calibration").0) / 10_000.0)
                .clamp(1e-4, 1.0 - 1e-4),
        );
    }
    let ones = vec![1.0; won.len()];
    let auc = measure::auc(&scores, &won, &ones).unwrap_or(0.5);
    let loss = measure::log_loss(&shares, &won, &ones);
    let error = measure::calibration_error(&measure::reliability(&shares, &won, &ones));
    let rules: usize = card
        .program
        .criteria
        .iter()
        .map(|criterion| {
            criterion.bins.iter().filter(|points| **points != 0).count()
                + usize::from(criterion.unknown != 0)
        })
        .sum();
    println!(
        "{} {seed} {auc:.4} {loss:.4} {error:.4} {rules} {took}",
        schema.name.as_deref().unwrap_or_default()
    );
    [auc, loss, error]
}
