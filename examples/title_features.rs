//! Writes what training needs of titles: one line each with the accepted departments parted by
//! `|`, what the vocabulary adds for each department parted by spaces, and the features of the
//! letters parted by spaces; a tab between two.
//!
//! `cargo run --release --example title_features -- FILE… > features.tsv`
//!
//! A `.csv` file has the columns `title` and `department`; rows without a department are left
//! out. Any other file has one title per line: accepted are the departments that the vocabulary
//! names, so that training does not unlearn them, and titles without any are left out.
//! `training/README.md` tells more.

use std::error::Error;
use std::io::{BufWriter, Write};

use leadfit::title::{Department, features};

/// Votes from which the vocabulary names a department rather than suggests it.
const NAMED: i32 = 100;

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    for file in std::env::args().skip(1) {
        for (title, accepted) in titles(&file)? {
            let (votes, features) = features(&title);
            let named = Department::ALL
                .iter()
                .zip(&votes)
                .filter(|(_, vote)| **vote >= NAMED);
            let named: Vec<&str> = named.map(|(department, _)| department.id()).collect();
            let accepted = accepted.unwrap_or_else(|| named.join("|"));
            if !accepted.is_empty() {
                writeln!(out, "{accepted}\t{}\t{}", spaced(&votes), spaced(&features))?;
            }
        }
    }
    Ok(())
}

/// A title, and its accepted departments if they are known.
type Labelled = (String, Option<String>);

/// The titles of a file.
fn titles(file: &str) -> Result<Vec<Labelled>, Box<dyn Error>> {
    if !file.ends_with(".csv") {
        let text = std::fs::read_to_string(file)?;
        return Ok(text.lines().map(|title| (title.to_owned(), None)).collect());
    }
    let mut table = csv::Reader::from_path(file)?;
    let header = table.headers()?.clone();
    let place = |name: &str| header.iter().position(|column| column == name);
    let (Some(title), Some(department)) = (place("title"), place("department")) else {
        return Err(format!("{file}: needs the columns `title` and `department`").into());
    };
    let cell = |record: &csv::StringRecord, at| record.get(at).unwrap_or_default().to_owned();
    let rows = table.records().map(|record| {
        let record = record?;
        Ok((cell(&record, title), Some(cell(&record, department))))
    });
    rows.collect()
}

fn spaced<T: ToString>(numbers: &[T]) -> String {
    let texts: Vec<String> = numbers.iter().map(T::to_string).collect();
    texts.join(" ")
}
