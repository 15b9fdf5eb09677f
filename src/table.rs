//! Leads from spreadsheets: CSV text becomes one frame for each row.
//!
//! Columns are understood by name, exactly as form fields are (`names`). What a scorecard
//! does not know is reported, never an error: exports of CRMs have hundreds of columns.

use std::borrow::Cow;

use serde_json::Value;

use crate::card::Card;
use crate::card::frame;
use crate::problem::{Code, Problem};
use crate::texts::Texts;

pub(crate) mod events;

/// Most columns of a table.
pub const MAX_COLUMNS: usize = 2000;

/// A column and what it means to the scorecard.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Column {
    /// Its header.
    pub name: String,
    /// The fact, question or aggregate that it fills, or `id` where it names the leads; `null`
    /// where the scorecard does not know it.
    pub means: Option<String>,
    /// Whether the scorecard reads it.
    pub read: bool,
}

/// One lead of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The cell in the column `id`, else the number of the row from 1.
    pub id: String,
    /// The lead.
    pub frame: Vec<u8>,
}

/// Leads of a CSV file as one scorecard sees them.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    columns: Vec<Column>,
    rows: Vec<Row>,
}

/// Where the cells of a column go: by index of the texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Slot {
    /// A fact.
    Fact(usize),
    /// The answer to a question.
    Question(usize),
    /// An aggregate.
    Aggregate(usize),
    /// When the newest event of an aggregate was.
    LastAt(usize),
    /// The events themselves, as JSON.
    Events,
}

/// The column that holds the events themselves.
pub(crate) const EVENTS: &str = "events";

impl Table {
    /// Reads CSV text with a header: `,`, `;` or tabs, quotes, with or without a byte order mark,
    /// as UTF-8, UTF-16 or Windows text.
    ///
    /// # Errors
    /// Where there is no header, or quotes do not close.
    pub fn read(card: &Card, bytes: &[u8]) -> Result<Table, Problem> {
        let mut source = Source::new(bytes)?;
        let meaning = Meaning::of(&card.texts, source.header());
        let mut rows = Vec::new();
        source.read(usize::MAX, |record| {
            let named = meaning
                .id
                .and_then(|id| record.get(id))
                .map(str::trim)
                .filter(|id| !id.is_empty());
            rows.push(Row {
                id: named.map_or_else(|| (rows.len() + 1).to_string(), str::to_owned),
                frame: meaning.frame(&card.texts, record, None),
            });
        })?;
        Ok(Table {
            columns: meaning.columns,
            rows,
        })
    }

    /// The columns, in order.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The leads, in order.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }
}

/// CSV text, read record by record and bit by bit.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    text: String,
    delimiter: u8,
    header: csv::StringRecord,
    /// Where the next record begins: its byte and its line.
    at: (usize, u64),
}

impl Source {
    /// Reads the header of a file.
    pub(crate) fn new(bytes: &[u8]) -> Result<Source, Problem> {
        let text = decoded(bytes).into_owned();
        let delimiter = delimiter(&text);
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .from_reader(text.as_bytes());
        let header = reader.headers().map_err(|error| broken(&error, 0))?.clone();
        let position = reader.position();
        let at = (position.byte() as usize, position.line());
        if header.iter().all(|name| name.trim().is_empty()) || header.len() > MAX_COLUMNS {
            return Err(Problem::error(
                Code::WrongType,
                "",
                format!(
                    "{} columns with names",
                    header.iter().filter(|name| !name.trim().is_empty()).count()
                ),
                format!("a header of 1 to {MAX_COLUMNS} columns"),
                "give each column a name such as jobTitle, company.employees or numemployees",
            ));
        }
        Ok(Source {
            text,
            delimiter,
            header,
            at,
        })
    }

    /// The names of the columns.
    pub(crate) fn header(&self) -> &csv::StringRecord {
        &self.header
    }

    /// Share of the text that was read.
    pub(crate) fn done(&self) -> f64 {
        self.at.0 as f64 / self.text.len().max(1) as f64
    }

    /// Hands over up to `most` more records; false where there are no more.
    pub(crate) fn read(
        &mut self,
        most: usize,
        mut take: impl FnMut(&csv::StringRecord),
    ) -> Result<bool, Problem> {
        let (from, line) = self.at;
        let rest = self.text.as_bytes().get(from..).unwrap_or_default();
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(self.delimiter)
            .flexible(true)
            .has_headers(false)
            .from_reader(rest);
        let mut record = csv::StringRecord::new();
        let mut more = true;
        for _ in 0..most {
            more = reader
                .read_record(&mut record)
                .map_err(|error| broken(&error, line - 1))?;
            if !more {
                break;
            }
            take(&record);
        }
        let position = reader.position();
        self.at = (from + position.byte() as usize, line + position.line() - 1);
        Ok(more)
    }
}

/// A row that is no CSV, `before` lines after the place that its reader knows.
fn broken(error: &csv::Error, before: u64) -> Problem {
    let line = error.position().map_or(1, csv::Position::line) + before;
    Problem {
        line: u32::try_from(line).ok(),
        column: Some(1),
        ..Problem::error(
            Code::WrongType,
            "",
            "a row that cannot be read",
            "CSV with a header",
            "export the file again as CSV in UTF-8",
        )
    }
}

/// What the columns of a file mean to a scorecard.
pub(crate) struct Meaning {
    /// The columns, in order.
    pub(crate) columns: Vec<Column>,
    /// The column that names the leads.
    pub(crate) id: Option<usize>,
    slots: Vec<Option<Slot>>,
}

impl Meaning {
    /// What this header means.
    pub(crate) fn of(texts: &Texts, header: &csv::StringRecord) -> Meaning {
        let id = header.iter().position(is_id);
        let (slots, mut columns): (Vec<_>, Vec<_>) =
            header.iter().map(|name| column(texts, name)).unzip();
        if let Some(column) = id.and_then(|id| columns.get_mut(id)) {
            column.means.get_or_insert_with(|| "id".to_owned());
        }
        Meaning { columns, id, slots }
    }

    /// The frame of a row; of events those up to `until`, where that is given.
    pub(crate) fn frame(
        &self,
        texts: &Texts,
        record: &csv::StringRecord,
        until: Option<i64>,
    ) -> Vec<u8> {
        frame(texts, &self.slots, record, until)
    }
}

/// The text of a file: UTF-16 by its mark, else UTF-8, else Windows text as old spreadsheets save
/// it.
fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    let units = |bytes: &[u8], order: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes
            .as_chunks::<2>()
            .0
            .iter()
            .map(|pair| order(*pair))
            .collect();
        Cow::Owned(String::from_utf16_lossy(&units))
    };
    match bytes {
        [0xFF, 0xFE, rest @ ..] => units(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => units(rest, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest),
        _ => match core::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => Cow::Owned(bytes.iter().copied().map(windows).collect()),
        },
    }
}

/// A character of Windows code page 1252: Latin-1, but with letters and quotes for most of the
/// control characters.
pub(crate) fn windows(byte: u8) -> char {
    const OTHERS: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    let other = byte.checked_sub(0x80);
    let other = other.and_then(|at| OTHERS.chars().nth(usize::from(at)));
    other.unwrap_or(char::from(byte))
}

/// Whichever separates most names in the header.
pub(crate) fn delimiter(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or_default();
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    for byte in header.bytes() {
        quoted ^= byte == b'"';
        for (delimiter, count) in &mut counts {
            *count += usize::from(byte == *delimiter && !quoted);
        }
    }
    let most = counts.iter().rev().max_by_key(|(_, count)| *count);
    most.map_or(b',', |(delimiter, _)| *delimiter)
}

/// Where the cells of a column go, and what it means. `pageViews` fills the aggregate of this name,
/// `pageViews.lastAt` the date of its newest event.
pub(crate) fn column(texts: &Texts, name: &str) -> (Option<Slot>, Column) {
    let (slot, means) = match texts.names.place(name) {
        Some(path) => {
            let (slot, id) = slot(texts, path);
            (slot, Some(id.to_owned()))
        }
        None if name.trim().eq_ignore_ascii_case(EVENTS) => {
            (Some(Slot::Events), Some(EVENTS.to_owned()))
        }
        None => match last_at(texts, name) {
            Some((index, id)) => (Some(Slot::LastAt(index)), Some(format!("{id}.lastAt"))),
            None => (None, None),
        },
    };
    let column = Column {
        name: name.to_owned(),
        means,
        read: slot.is_some(),
    };
    (slot, column)
}

/// Where the value of a place in a lead goes, if the scorecard reads it, and the id of that place.
fn slot<'p>(texts: &Texts, path: &'p str) -> (Option<Slot>, &'p str) {
    if let Some(id) = path.strip_prefix("answers.") {
        let mut questions = texts.questions.iter();
        let index = questions.position(|question| question.id == id);
        return (index.map(Slot::Question), id);
    }
    if let Some(id) = path.strip_prefix("aggregates.") {
        let index = texts.aggregates.iter().position(|name| name == id);
        return (index.map(Slot::Aggregate), id);
    }
    let index = texts.facts.iter().position(|fact| fact.id == path);
    (index.map(Slot::Fact), path)
}

/// The aggregate whose newest event a column dates: `pageViews.lastAt` that of `pageViews`.
fn last_at<'t>(texts: &'t Texts, name: &str) -> Option<(usize, &'t str)> {
    let suffixes = ["lastAt", "last_at", "last at"];
    let measure = suffixes
        .iter()
        .find_map(|suffix| name.trim().strip_suffix(suffix))?;
    let place = texts
        .names
        .place(measure.trim_end_matches(['.', '_', '-', ' ']))?;
    match slot(texts, place) {
        (Some(Slot::Aggregate(index)), id) => Some((index, id)),
        _ => None,
    }
}

/// Whether a column names its lead: `id`, `Lead ID`, `record_id`.
pub(crate) fn is_id(name: &str) -> bool {
    let bare: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    ["id", "leadid", "recordid", "contactid"]
        .iter()
        .any(|id| bare.eq_ignore_ascii_case(id))
}

/// The frame of a row: the first cell that is not empty counts.
fn frame(
    texts: &Texts,
    slots: &[Option<Slot>],
    record: &csv::StringRecord,
    until: Option<i64>,
) -> Vec<u8> {
    let mut facts = vec![None; texts.facts.len()];
    let mut answers = vec![None; texts.questions.len()];
    let mut aggregates = vec![(None, None); texts.aggregates.len()];
    let mut observed = None;
    for (slot, cell) in slots.iter().zip(record) {
        let cell = cell.trim();
        let place = match *slot {
            Some(Slot::Fact(index)) => facts.get_mut(index),
            Some(Slot::Question(index)) => answers.get_mut(index),
            Some(Slot::Aggregate(index)) => aggregates.get_mut(index).map(|(value, _)| value),
            Some(Slot::LastAt(index)) => aggregates.get_mut(index).map(|(_, last_at)| last_at),
            Some(Slot::Events) => Some(&mut observed),
            None => None,
        };
        if let Some(place @ None) = place
            && !cell.is_empty()
        {
            *place = Some(Value::from(cell));
        }
    }
    if let Some(Value::String(cell)) = &observed {
        let mut list = events::of(cell);
        if let Some(until) = until {
            events::drop_later(&mut list, until);
        }
        observed = Some(list);
    }
    let mut out = Vec::new();
    for value in facts.iter().chain(&answers) {
        frame::value(value.as_ref(), &mut out);
    }
    frame::events(&texts.properties, observed.as_ref(), &mut out);
    for (value, last_at) in &aggregates {
        frame::value(value.as_ref(), &mut out);
        frame::value(last_at.as_ref(), &mut out);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lead::{FactValue, read};
    use crate::scorecard::{self, compile};

    fn sample() -> Card {
        let text = include_str!("../www/sample/b2b-software.json");
        let card = scorecard::read(text).scorecard.unwrap();
        let mut card = card;
        // Some of its questions have the names of facts, and would take their columns.
        card.questions.clear();
        compile::compiled(&card, compile::Audience::Server)
    }

    /// Job title and number of employees of the first lead, and its id.
    #[track_caller]
    fn check(csv: &[u8], expected: (&str, &str, f64)) {
        let card = sample();
        let table = Table::read(&card, csv).unwrap();
        let row = &table.rows()[0];
        let lead = read(&card.program, &row.frame).unwrap();
        let fact = |index: u16| lead.facts[usize::from(index)].clone();
        let standard = &card.program.standard;
        let (id, title, employees) = expected;
        assert_eq!(row.id, id);
        assert_eq!(fact(standard.job_title), FactValue::Text(title.into()));
        assert_eq!(fact(standard.employees), FactValue::Number(employees));
    }

    #[test]
    fn files_of_many_kinds_are_read() {
        let plain = ("1", "VP, Sales", 200.0);
        check(b"Job Title,numemployees\n\"VP, Sales\",200\n", plain);
        check(
            b"job_title;Number of employees\r\n\"VP, Sales\";200\r\n",
            plain,
        );
        check(b"jobtitle\tcompany.employees\nVP, Sales\t200", plain);
        check(
            b"\xEF\xBB\xBFid,jobTitle,employees\n007,\" VP, Sales \",200\n",
            ("007", "VP, Sales", 200.0),
        );
        check(
            b"jobTitle;employees\nG\xE9rant;5\n",
            ("1", "G\u{e9}rant", 5.0),
        );
        // What Windows writes where Latin-1 has control characters.
        check(
            b"jobTitle;employees\nVP \x96 \x84Sales\x93;5\n",
            ("1", "VP – „Sales“", 5.0),
        );
        let utf16: Vec<u8> = "\u{feff}jobTitle,employees\nGérant,5\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        check(&utf16, ("1", "Gérant", 5.0));
    }

    #[test]
    fn the_first_cell_that_is_not_empty_counts() {
        check(
            b"title,jobTitle,employees,numemployees\n,CEO,7,9\n",
            ("1", "CEO", 7.0),
        );
    }

    #[test]
    fn a_column_that_means_nothing_is_reported() {
        let table = Table::read(
            &sample(),
            b"Lead ID,jobTitle,firstName,Foo,demoRequests,demoRequests.lastAt\n1\n",
        )
        .unwrap();
        let means: Vec<_> = table
            .columns()
            .iter()
            .map(|column| (column.means.as_deref(), column.read))
            .collect();
        let expected = [
            (Some("id"), false),
            (Some("jobTitle"), true),
            (Some("firstName"), false),
            (None, false),
            (Some("demoRequests"), true),
            (Some("demoRequests.lastAt"), true),
        ];
        assert_eq!(means, expected);
    }

    #[test]
    fn events_stand_in_one_cell() {
        let card = sample();
        let cell = |events: &str, until: Option<i64>| {
            let record = csv::StringRecord::from(vec![events]);
            let meaning = Meaning::of(&card.texts, &csv::StringRecord::from(vec!["Events"]));
            assert_eq!(meaning.columns[0].means.as_deref(), Some(EVENTS));
            let frame = meaning.frame(&card.texts, &record, until);
            let lead = read(&card.program, &frame).unwrap();
            lead.events.map(|events| events.len())
        };
        let two =
            r#"[{"type":"pageView","at":"2026-11-18"},{"type":"demoRequest","at":1763500000000}]"#;
        assert_eq!(cell(two, None), Some(2));
        assert_eq!(cell(two, Some(1_763_600_000_000)), Some(1));
        assert_eq!(cell(two, Some(0)), Some(0));
        for nothing in ["", "two", "{}", "[", "null"] {
            assert_eq!(cell(nothing, None), None, "{nothing}");
        }
        assert!(events::are(two) && events::are("[]"));
        for not in [
            "two",
            "{}",
            "[1]",
            r#"[{"type":"x"}]"#,
            r#"[{"type":"x","at":"soon"}]"#,
        ] {
            assert!(!events::are(not), "{not}");
        }
    }

    #[test]
    fn a_name_that_the_scorecard_gives_a_fact_is_that_fact() {
        let text = include_str!("../www/sample/b2b-software.json");
        let mut card: Value = serde_json::from_str(text).unwrap();
        // Usually the name of `attribution.source`, which comes first by its id.
        let fact = serde_json::json!({ "id": "zSource", "type": "text", "from": ["Lead Source"] });
        card["facts"].as_array_mut().unwrap().push(fact);
        let bytes = scorecard::compile(&card.to_string(), compile::Audience::Server).unwrap();
        let card = Card::from_bytes(&bytes).unwrap();
        let table = Table::read(&card, b"lead_source\nfair\n").unwrap();
        assert_eq!(table.columns()[0].means.as_deref(), Some("zSource"));
    }

    #[test]
    fn what_is_no_table_is_a_problem() {
        for csv in [&b""[..], b"\n", b",,\n1,2,3\n"] {
            assert!(Table::read(&sample(), csv).is_err(), "{csv:?}");
        }
    }
}
