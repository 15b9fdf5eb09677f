//! Plain tables: learning without a scorecard. Every column that the schema names becomes a fact
//! and a criterion of a new scorecard.

use serde::Deserialize;

use super::bins::{self, Texts};
use super::feature::Feature;
use super::fit::Outcomes;
use super::sheet::{Cells, Kind, Read, Sheet};
use crate::problem::{Code, Problem};
use crate::scorecard::file::Direction;
use crate::table::Source;

/// Texts of all levels together that a card can hold, in bytes.
const MAX_TEXT: usize = 96 * 1024;
/// Most features: a scorecard has at most so many criteria.
const MAX_FEATURES: usize = 200;

/// What the columns of a plain table are. Keys that are not listed here are left alone.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Schema {
    /// Name of the table; the scorecard gets its id from it.
    #[serde(default)]
    pub name: Option<String>,
    /// The column with the outcome: 1 or 0, yes or no, won or lost; others are open.
    pub target: String,
    /// The columns to learn from.
    pub features: Vec<FeatureSchema>,
    /// The column that says how much a row counts.
    #[serde(default)]
    pub weight: Option<String>,
}

/// What one column is.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct FeatureSchema {
    /// Its header.
    pub name: String,
    /// What its values are.
    pub kind: FeatureKind,
    /// 1: more never lowers the points; -1: more never raises them; 0: either. Numbers only.
    #[serde(default)]
    pub mono: i8,
}

/// What values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FeatureKind {
    /// Numbers.
    #[serde(alias = "number")]
    Num,
    /// Words.
    #[serde(alias = "category", alias = "text", alias = "choice")]
    Cat,
}

/// A table that was read.
#[derive(Clone, Debug)]
pub struct PlainTable {
    /// What can be learned from.
    pub features: Vec<Feature>,
    /// Outcomes of the leads that have one.
    pub outcomes: Outcomes,
    /// Rows without an outcome.
    pub open: usize,
    /// Columns with cells that are no numbers, and how many.
    pub odd: Vec<(String, usize)>,
}

impl Schema {
    /// Reads the text of a schema.
    ///
    /// # Errors
    /// Where it is no JSON, has not what it must have, or names a column twice.
    pub fn read(text: &str) -> Result<Schema, Problem> {
        let schema: Schema = serde_json::from_str(text).map_err(|error| Problem {
            line: u32::try_from(error.line()).ok(),
            column: u32::try_from(error.column()).ok(),
            ..Problem::error(
                Code::WrongType,
                "",
                error.to_string(),
                "a schema of the table",
                "write {\"target\": \"won\", \"features\": [{\"name\": \"size\", \"kind\": \"num\", \"mono\": 1}]}",
            )
        })?;
        if schema.features.len() > MAX_FEATURES {
            let found = format!("{} features", schema.features.len());
            return Err(Problem::error(
                Code::TooLarge,
                "/features",
                found,
                format!("at most {MAX_FEATURES}"),
                "leave out columns",
            ));
        }
        for (index, feature) in schema.features.iter().enumerate() {
            let at = format!("/features/{index}");
            if feature.name.trim() == schema.target.trim() {
                return Err(Problem::error(
                    Code::NotAllowedHere,
                    at,
                    "the target",
                    "a column that is known before the outcome",
                    "take it out",
                ));
            }
            let key = crate::names::bare(&feature.name);
            let twice = schema
                .features
                .iter()
                .take(index)
                .any(|other| crate::names::bare(&other.name) == key);
            if twice || key.is_empty() {
                return Err(Problem::error(
                    Code::DuplicateId,
                    at,
                    format!("column `{}`", feature.name),
                    "names that differ in letters or digits",
                    "rename one of the columns",
                ));
            }
        }
        Ok(schema)
    }

    /// Begins to read a table.
    ///
    /// # Errors
    /// Where the bytes are no CSV, or a column is missing.
    pub fn sheet(&self, csv: &[u8]) -> Result<Sheet, Problem> {
        let source = Source::new(csv)?;
        let of = |feature: &FeatureSchema| match feature.kind {
            FeatureKind::Num => Kind::Number,
            FeatureKind::Cat => Kind::Text,
        };
        let mut wanted: Vec<(&str, Kind)> = self
            .features
            .iter()
            .map(|feature| (feature.name.as_str(), of(feature)))
            .collect();
        wanted.push((&self.target, Kind::Text));
        wanted.extend(self.weight.as_deref().map(|weight| (weight, Kind::Number)));
        Sheet::new(source, &wanted)
    }

    /// What was read of the table, with bins.
    pub fn table(&self, sheet: Sheet) -> PlainTable {
        let rows = sheet.rows();
        let mut columns = sheet.into_columns();
        let mut rest = columns
            .split_off(self.features.len().min(columns.len()))
            .into_iter();
        let target = rest
            .next()
            .map(|column| outcomes(&column))
            .unwrap_or_default();
        let weights = match rest.next() {
            Some(Read {
                cells: Cells::Numbers(numbers),
                ..
            }) => numbers,
            _ => vec![1.0; rows],
        };
        // What counts nothing tells nothing.
        let counts = |row: &u32| {
            let row = *row as usize;
            let weight = weights.get(row).copied().unwrap_or_default();
            target.get(row).copied().flatten().is_some() && weight > 0.0 && weight < 1e9
        };
        let told: Vec<u32> = (0..rows as u32).filter(counts).collect();
        let at = |row: &u32| *row as usize;
        let outcomes = Outcomes {
            won: told
                .iter()
                .map(|row| {
                    f64::from(u8::from(
                        target.get(at(row)).copied().flatten() == Some(true),
                    ))
                })
                .collect(),
            weight: told
                .iter()
                .map(|row| weights.get(at(row)).copied().unwrap_or_default())
                .collect(),
        };
        let odd = columns
            .iter()
            .filter(|column| column.odd > 0)
            .map(|column| (column.name.clone(), column.odd))
            .collect();
        let mut room = MAX_TEXT;
        let features = self.features.iter().zip(columns);
        let features = features.map(|(schema, column)| {
            let direction = match schema.mono {
                0 => None,
                1.. => Some(Direction::Rising),
                _ => Some(Direction::Falling),
            };
            feature(column, &told, &outcomes.weight, direction, &mut room)
        });
        PlainTable {
            features: features.collect(),
            open: rows - told.len(),
            outcomes,
            odd,
        }
    }
}

/// The feature of a column, for some of its rows. Texts share `room`, the bytes that are left for
/// those with a level of their own.
pub fn feature(
    column: Read,
    rows: &[u32],
    weights: &[f64],
    direction: Option<Direction>,
    room: &mut usize,
) -> Feature {
    match column.cells {
        Cells::Numbers(numbers) => {
            let values: Vec<f64> = rows
                .iter()
                .map(|row| numbers.get(*row as usize).copied().unwrap_or(f64::NAN))
                .collect();
            Feature::numbers(column.name, &values, direction)
        }
        Cells::Texts(codes, texts) => {
            let code = |row: &u32| codes.get(*row as usize).copied().unwrap_or_default();
            let rows: Vec<u32> = rows.iter().map(code).collect();
            of_texts(column.name, &rows, &texts, weights, room)
        }
    }
}

fn of_texts(
    name: String,
    codes: &[u32],
    texts: &Texts,
    weights: &[f64],
    room: &mut usize,
) -> Feature {
    let mut mass = vec![0.0; texts.all().len()];
    for (code, weight) in codes.iter().zip(weights) {
        if let Some(mass) = code
            .checked_sub(1)
            .and_then(|text| mass.get_mut(text as usize))
        {
            *mass += weight;
        }
    }
    let (mut own, mut count) = bins::own_levels(&mass, bins::MAX_LEVELS);
    let mut levels = vec![String::new(); count];
    for (text, level) in texts.all().iter().zip(&own) {
        if let Some(level) = level.and_then(|level| levels.get_mut(usize::from(level))) {
            *level = String::from(&**text);
        }
    }
    // The commonest come first; where the room ends all others share a level.
    let mut fits = 0;
    for level in &levels {
        let Some(left) = room.checked_sub(level.len() + 8) else {
            break;
        };
        *room = left;
        fits += 1;
    }
    count = count.min(fits);
    levels.truncate(count);
    for level in &mut own {
        *level = level.filter(|level| usize::from(*level) < count);
    }
    let code = |code: &u32| match code.checked_sub(1) {
        None => count as u16 + 1,
        Some(text) => own
            .get(text as usize)
            .copied()
            .flatten()
            .unwrap_or(count as u16),
    };
    Feature::texts(name, levels, codes.iter().map(code).collect())
}

/// The outcome of each row; `None` where it is open.
fn outcomes(column: &Read) -> Vec<Option<bool>> {
    match &column.cells {
        Cells::Texts(codes, texts) => {
            let of: Vec<Option<bool>> = texts.all().iter().map(|text| outcome(text)).collect();
            let code = |code: &u32| {
                code.checked_sub(1)
                    .and_then(|text| of.get(text as usize).copied().flatten())
            };
            codes.iter().map(code).collect()
        }
        Cells::Numbers(numbers) => numbers.iter().map(|_| None).collect(),
    }
}

/// What a word says of the outcome.
pub fn outcome(word: &str) -> Option<bool> {
    let folded = crate::text::fold(word);
    match folded.as_str() {
        "1" | "1.0" | "true" | "yes" | "y" | "won" | "closed won" | "closedwon" | "customer"
        | "converted" => Some(true),
        "0" | "0.0" | "false" | "no" | "n" | "lost" | "closed lost" | "closedlost"
        | "disqualified" | "unqualified" | "rejected" | "recycled" => Some(false),
        _ => None,
    }
}
