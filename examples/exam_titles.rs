//! Examines the reading of job titles on labelled titles.
//!
//! `npm run exam:titles -- FILE.csv… [--predictions OUT.csv] [--misses]`
//!
//! Files have the columns `title`, `seniority`, `department` and may have `ambiguous` and `role`;
//! accepted labels are parted by `|`, and blank means not labelled. Of each file it prints, with
//! Wilson intervals of 95 %:
//!
//! - level, department, role: share of labelled rows whose one answer is accepted; blank is wrong.
//!   A guess counts as an answer. Roles are without target departments and company size.
//! - `level@95`, `department@95`: the largest share of rows, by falling confidence and never
//!   parting rows of equal confidence, of which at least 95 % are right.
//! - non-buyers: rows that are no title, or whose only accepted role is `not_a_buyer`, with a
//!   status other than employed. false junk: other rows with the status junk or empty.
//! - gatekeepers raised: rows whose only accepted role is `gatekeeper`, read as head or above.

use std::error::Error;
use std::fs::File;

use leadfit::title::{Level, Reading, Status, read};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const USAGE: &str = "usage: exam:titles FILE.csv… [--predictions OUT.csv] [--misses]";

fn main() -> Result<()> {
    let mut files = Vec::new();
    let mut predictions = None;
    let mut shows_misses = false;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--predictions" => {
                let path = arguments.next().ok_or(USAGE)?;
                let mut out = csv::Writer::from_path(path)?;
                out.write_record([
                    "title",
                    "seniority",
                    "department",
                    "role",
                    "status",
                    "sen_conf",
                    "dep_conf",
                ])?;
                predictions = Some(out);
            }
            "--misses" => shows_misses = true,
            file => files.push(file.to_owned()),
        }
    }
    if files.is_empty() {
        return Err(USAGE.into());
    }
    for file in files {
        let rows = rows(&file).map_err(|fault| format!("{file}: {fault}"))?;
        if let Some(out) = &mut predictions {
            for row in &rows {
                out.write_record(row.prediction())?;
            }
        }
        println!("{file}, {} titles", rows.len());
        examine(&rows);
        if shows_misses {
            rows.iter().for_each(Row::show_misses);
        }
    }
    Ok(())
}

/// A labelled title and its reading.
struct Row {
    title: String,
    levels: String,
    departments: String,
    roles: String,
    is_no_title: bool,
    reading: Reading,
    role: &'static str,
}

fn rows(file: &str) -> Result<Vec<Row>> {
    let mut table = csv::Reader::from_reader(File::open(file)?);
    let header = table.headers()?.clone();
    let place = |name| header.iter().position(|column| column == name);
    let title = place("title").ok_or("the column `title` is missing")?;
    let columns = ["seniority", "department", "role", "ambiguous"].map(place);
    let mut rows = Vec::new();
    for record in table.records() {
        let record = record?;
        let [levels, departments, roles, ambiguous] =
            columns.map(|at| at.and_then(|at| record.get(at)).unwrap_or_default());
        let title = record.get(title).unwrap_or_default().to_owned();
        let reading = read(&title);
        let role = reading.role(&[], None);
        rows.push(Row {
            levels: levels.to_owned(),
            departments: departments.to_owned(),
            roles: roles.to_owned(),
            is_no_title: ambiguous == "not_a_title",
            role: role.id(),
            title,
            reading,
        });
    }
    Ok(rows)
}

impl Row {
    fn level(&self) -> &'static str {
        self.reading.level.first().map_or("", Level::id)
    }

    fn department(&self) -> &'static str {
        let first = self.reading.departments.first();
        first.map_or("", |department| department.id())
    }

    /// Name, accepted labels, answer and confidence of each aspect.
    fn aspects(&self) -> [(&'static str, &str, &str, u8); 3] {
        let Reading {
            level, departments, ..
        } = &self.reading;
        [
            ("level", &self.levels, self.level(), level.confidence),
            (
                "department",
                &self.departments,
                self.department(),
                departments.confidence,
            ),
            ("role", &self.roles, self.role, 0),
        ]
    }

    fn is_non_buyer(&self) -> bool {
        self.is_no_title || self.roles == "not_a_buyer"
    }

    fn is_called_junk(&self) -> bool {
        matches!(self.reading.status, Status::Junk | Status::Empty)
    }

    /// Whether the level read is head or above.
    fn is_raised(&self) -> bool {
        let level = self.reading.level.first();
        level.is_some_and(|level| level.rank() >= Level::Head.rank())
    }

    fn prediction(&self) -> [String; 7] {
        [
            self.title.clone(),
            self.level().to_owned(),
            self.department().to_owned(),
            self.role.to_owned(),
            self.reading.status.id().to_owned(),
            self.reading.level.confidence.to_string(),
            self.reading.departments.confidence.to_string(),
        ]
    }

    fn show_misses(&self) {
        for (aspect, accepted, answer, _) in self.aspects() {
            if !accepted.is_empty() && !accepts(accepted, answer) {
                println!(
                    "  {aspect}: {:?} is {accepted}, read as {answer:?}",
                    self.title
                );
            }
        }
        let status = self.reading.status;
        if self.is_non_buyer() && status == Status::Employed {
            println!("  status: {:?} buys nothing, read as employed", self.title);
        } else if !self.is_non_buyer() && self.is_called_junk() {
            println!(
                "  status: {:?} is a title, read as {}",
                self.title,
                status.id()
            );
        }
    }
}

fn accepts(accepted: &str, answer: &str) -> bool {
    accepted.split('|').any(|label| label == answer)
}

fn examine(rows: &[Row]) {
    let aspects = rows.iter().map(Row::aspects);
    for (at, name) in ["level", "department", "role"].into_iter().enumerate() {
        let labelled = aspects.clone().filter(|aspects| !aspects[at].1.is_empty());
        let mut answers: Vec<(u8, bool)> = labelled
            .map(|aspects| (aspects[at].3, accepts(aspects[at].1, aspects[at].2)))
            .collect();
        let right = answers.iter().filter(|(_, right)| *right).count();
        print_share(name, right, answers.len());
        if name != "role" {
            answers.sort_by_key(|(confidence, _)| std::cmp::Reverse(*confidence));
            print_share(&format!("{name}@95"), answered(&answers), answers.len());
        }
    }
    let (non_buyers, others): (Vec<&Row>, Vec<&Row>) =
        rows.iter().partition(|row| row.is_non_buyer());
    let works = |row: &&&Row| row.reading.status == Status::Employed;
    let idle = non_buyers.len() - non_buyers.iter().filter(works).count();
    print_share("non-buyers", idle, non_buyers.len());
    let junk = others.iter().filter(|row| row.is_called_junk());
    print_share("false junk", junk.count(), others.len());
    let gatekeepers = rows.iter().filter(|row| row.roles == "gatekeeper");
    let raised = gatekeepers.clone().filter(|row| row.is_raised());
    print_share("gatekeepers raised", raised.count(), gatekeepers.count());
}

/// How many of the answers, most confident first, can be given with 95 % of them right. Answers
/// of one confidence are given or withheld together.
fn answered(answers: &[(u8, bool)]) -> usize {
    let mut right = 0;
    let mut most = 0;
    for (at, answer) in answers.iter().enumerate() {
        right += usize::from(answer.1);
        let is_last = answers.get(at + 1).is_none_or(|next| next.0 != answer.0);
        if is_last && right * 100 >= (at + 1) * 95 {
            most = at + 1;
        }
    }
    most
}

/// Prints a share with its Wilson interval of 95 %, if there is anything to count.
fn print_share(name: &str, count: usize, of: usize) {
    if of == 0 {
        return;
    }
    let (count, n) = (count as f64, of as f64);
    let (share, z) = (count / n, 1.96_f64);
    let middle = share + z * z / (2.0 * n);
    let half = z * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + z * z / n;
    let (low, high) = ((middle - half) / scale, (middle + half) / scale);
    println!(
        "  {name:<19}{share:>6.3}  [{:.3}, {:.3}]  {count} of {of}",
        low.max(0.0),
        high.min(1.0)
    );
}
