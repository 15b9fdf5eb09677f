//! Past leads as a scorecard sees them: the bin of each criterion, and the outcome.
#![allow(clippy::indexing_slicing, clippy::needless_range_loop)] // Criteria and rows are those of the same history.

use super::bins::Texts;
use super::feature::Feature;
use super::plain;
use super::proposal::BinPlace;
use super::sheet::{Cells, Read, number};
use super::task::Options;
use crate::card::Card;
use crate::condition::{Look, Value};
use crate::lead;
use crate::problem::{Code, Problem};
use crate::program::{FactType, Subject as Tested};
use crate::score;
use crate::scorecard::compile::{Audience, compiled};
use crate::scorecard::file::{self, Bin, Criterion, Fact, Scalar, Scorecard, Subject};
use crate::scorecard::standard::standard;
use crate::situation::Situation;
use crate::table::{Meaning, Source};

/// Standard facts that a new criterion may be on; the others name a person or a company.
const CANDIDATES: &[&str] = &[
    "company.employees",
    "company.revenue",
    "company.industry",
    "company.country",
    "company.region",
];

/// Where outcomes stand in the table.
#[derive(Clone, Debug, Default)]
struct Places {
    outcome: usize,
    created: Option<usize>,
    closed: Option<usize>,
    amount: Option<usize>,
    reason: Option<usize>,
}

/// Leads being read.
pub struct History {
    /// What is learned of each criterion: the criterion of the program, and its levels.
    pub learned: Vec<Learned>,
    /// Facts that may become criteria.
    pub candidates: Vec<(Fact, usize)>,
    /// The compiled scorecard, with a criterion without points on each candidate.
    pub card: Card,
    /// What was read.
    pub rows: Rows,
    source: Source,
    meaning: Meaning,
    places: Places,
    now: i64,
    accepted: bool,
}

/// A criterion whose bins can be learned.
pub struct Learned {
    /// Its place in the program.
    pub index: usize,
    /// Its place in the file.
    pub file: usize,
    /// For each bin of the program its level.
    levels: Vec<u16>,
    /// A feature without leads yet.
    pub feature: Feature,
}

/// What was read of the leads, one value for each.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// Level of each learned criterion, criterion by criterion.
    pub codes: Vec<Vec<u16>>,
    /// Values of the candidates.
    pub values: Vec<Option<Read>>,
    /// Present score.
    pub scores: Vec<i64>,
    /// Points of the criteria that are not learned, one after the other.
    pub fixed: Vec<Vec<i32>>,
    /// Won, lost or open.
    pub outcomes: Vec<Option<bool>>,
    /// When it was created and closed, in milliseconds; NaN where that is not known.
    pub created: Vec<f64>,
    /// When it was closed.
    pub closed: Vec<f64>,
    /// What it is or was worth; NaN where that is not known.
    pub amounts: Vec<f64>,
    /// Why sales rejected it: 0 for no reason, else one more than the place among the texts.
    pub reasons: Vec<u32>,
    /// The reasons.
    pub reason_texts: Texts,
}

impl History {
    /// Begins to read the leads of a CSV file.
    ///
    /// # Errors
    /// Where it is no CSV, or its outcomes cannot be found.
    pub fn new(scorecard: &Scorecard, csv: &[u8], options: &Options) -> Result<History, Problem> {
        let source = Source::new(csv)?;
        let places = places(&source, options)?;
        let (probed, candidates) = probed(scorecard, source.header(), &places);
        let card = compiled(&probed, Audience::Server);
        let meaning = Meaning::of(&card.texts, source.header());
        let learned: Vec<Learned> = scorecard
            .criteria
            .iter()
            .enumerate()
            .filter_map(|(file, criterion)| {
                let index = card
                    .texts
                    .criteria
                    .iter()
                    .position(|texts| texts.id == criterion.id)?;
                learned(
                    criterion,
                    file,
                    index,
                    &card.texts.criteria[index].bins,
                    options,
                )
            })
            .collect();
        let candidates = candidates.into_iter().filter_map(|fact| {
            let index = card
                .texts
                .facts
                .iter()
                .position(|texts| texts.id == fact.id)?;
            Some((fact, index))
        });
        let candidates: Vec<(Fact, usize)> = candidates.collect();
        let values = candidates.iter().map(|(fact, index)| {
            let cells = match card.program.facts[*index].kind {
                FactType::Number => Cells::Numbers(Vec::new()),
                _ => Cells::Texts(Vec::new(), Texts::default()),
            };
            Some(Read {
                name: fact.id.clone(),
                cells,
                odd: 0,
            })
        });
        let fixed = card.program.criteria.len() - learned.len();
        let rows = Rows {
            codes: vec![Vec::new(); learned.len()],
            values: values.collect(),
            fixed: vec![Vec::new(); fixed],
            ..Rows::default()
        };
        let now = options.now.unwrap_or(0.0) as i64;
        Ok(History {
            learned,
            candidates,
            card,
            rows,
            source,
            meaning,
            places,
            now,
            accepted: options.goal.as_deref() == Some("accepted"),
        })
    }

    /// Names of columns that the scorecard does not know, outcomes aside.
    pub fn unknown_columns(&self) -> Vec<String> {
        let Places {
            outcome,
            created,
            closed,
            amount,
            reason,
        } = self.places;
        let ours = [Some(outcome), created, closed, amount, reason];
        let columns = self.meaning.columns.iter().enumerate();
        columns
            .filter(|(place, column)| column.means.is_none() && !ours.contains(&Some(*place)))
            .map(|(_, column)| column.name.clone())
            .collect()
    }

    /// Reads up to so many rows more; false at the end.
    ///
    /// # Errors
    /// Where the text is no CSV.
    pub fn read(&mut self, most: usize) -> Result<bool, Problem> {
        let History {
            learned,
            candidates,
            card,
            rows,
            source,
            meaning,
            places,
            now,
            accepted,
        } = self;
        source.read(most, |record| {
            let cell = |place: Option<usize>| {
                place
                    .and_then(|place| record.get(place))
                    .unwrap_or_default()
                    .trim()
            };
            let created = date(cell(places.created));
            let frame = meaning.frame(&card.texts, record, created);
            // A lead is judged as it was when it came in, not as it would be today.
            let seen = created.unwrap_or(*now);
            let Ok(lead) = lead::read(&card.program, &frame) else {
                return;
            };
            let (situation, _) = Situation::new(&card.program, lead, seen);
            let matches = score::matching(&card.program, &situation);
            let scored = score::earn(&card.program, &matches);
            for (learned, codes) in learned.iter().zip(&mut rows.codes) {
                let bin = matches[learned.index]
                    .bin
                    .and_then(|bin| learned.levels.get(usize::from(bin)));
                codes.push(bin.copied().unwrap_or(learned.feature.unknown() as u16));
            }
            let fixed = (0..card.program.criteria.len())
                .filter(|index| !learned.iter().any(|learned| learned.index == *index));
            for (index, fixed) in fixed.zip(&mut rows.fixed) {
                fixed.push(scored.criteria[index].now as i32);
            }
            for ((_, index), values) in candidates.iter().zip(&mut rows.values) {
                if let Some(values) = values {
                    push(
                        values,
                        situation.look(&Tested::Fact(*index as u16)).value,
                        &card.program.facts[*index].choices,
                    );
                }
            }
            rows.scores.push(scored.total().now);
            let word = cell(Some(places.outcome));
            rows.outcomes.push(if *accepted {
                was_accepted(word)
            } else {
                plain::outcome(word)
            });
            rows.created.push(created.map_or(f64::NAN, |at| at as f64));
            rows.closed
                .push(date(cell(places.closed)).map_or(f64::NAN, |at| at as f64));
            rows.amounts
                .push(number(cell(places.amount)).unwrap_or(f64::NAN));
            let reason = cell(places.reason);
            rows.reasons.push(if reason.is_empty() {
                0
            } else {
                rows.reason_texts.number(reason) + 1
            });
        })
    }

    /// Share of the file that was read.
    pub fn done(&self) -> f64 {
        self.source.done()
    }
}

/// Columns by what they are usually called, without case and punctuation.
const OUTCOME: &[&str] = &[
    "outcome",
    "won",
    "iswon",
    "dealstage",
    "status",
    "leadstatus",
    "result",
    "converted",
    "y",
];
const CREATED: &[&str] = &[
    "createdat",
    "created",
    "createdate",
    "createddate",
    "asof",
    "date",
];
const CLOSED: &[&str] = &[
    "closedat",
    "closed",
    "closedate",
    "closeddate",
    "outcomeat",
    "wonat",
];
const AMOUNT: &[&str] = &[
    "amount",
    "dealamount",
    "opportunityamount",
    "dealvalue",
    "amountusd",
];
const REASON: &[&str] = &[
    "rejectionreason",
    "rejectreason",
    "reason",
    "lostreason",
    "closedlostreason",
    "disqualificationreason",
];

fn places(source: &Source, options: &Options) -> Result<Places, Problem> {
    let find = |wish: &Option<String>, usual: &[&str]| match wish {
        Some(name) => super::sheet::place(source, name).map(Some),
        None => Ok(usual.iter().find_map(|usual| {
            source
                .header()
                .iter()
                .position(|name| crate::names::bare(name) == *usual)
        })),
    };
    let outcome = find(&options.outcome, OUTCOME)?.ok_or_else(|| {
        Problem::error(
            Code::MissingKey,
            "/outcome",
            "no column with outcomes",
            "a column such as `outcome` with won, lost or open",
            "name it, or say which column it is",
        )
    })?;
    Ok(Places {
        outcome,
        created: find(&options.created, CREATED)?,
        closed: find(&options.closed, CLOSED)?,
        amount: find(&options.amount, AMOUNT)?,
        reason: find(&options.reason, REASON)?,
    })
}

/// The scorecard with a criterion without points on each fact that may become one: so its values are
/// read. And those facts.
fn probed(
    scorecard: &Scorecard,
    header: &csv::StringRecord,
    places: &Places,
) -> (Scorecard, Vec<Fact>) {
    let used = serde_json::to_string(&scorecard.criteria).unwrap_or_default();
    let plain = |id: &str| Fact {
        id: id.to_owned(),
        kind: None,
        label: None,
        choices: Vec::new(),
        from: Vec::new(),
        axis: None,
    };
    let standard_ones = CANDIDATES
        .iter()
        .filter(|id| !scorecard.facts.iter().any(|fact| fact.id == **id))
        .map(|id| plain(id));
    let learnable = |fact: &Fact| {
        let kind = fact
            .kind
            .or_else(|| standard(&fact.id).map(|fact| fact.kind));
        let told = standard(&fact.id).is_none() || CANDIDATES.contains(&fact.id.as_str());
        told && matches!(
            kind,
            Some(FactType::Number | FactType::Text | FactType::Boolean | FactType::Choice)
        )
    };
    let given = |fact: &Fact| {
        let of_standard = standard(&fact.id).map(|fact| fact.from).unwrap_or_default();
        let names = fact
            .from
            .iter()
            .map(String::as_str)
            .chain(of_standard.iter().copied())
            .chain([fact.id.as_str()]);
        let names: Vec<String> = names.map(crate::names::bare).collect();
        let ours = [
            Some(places.outcome),
            places.created,
            places.closed,
            places.amount,
            places.reason,
        ];
        header.iter().enumerate().any(|(place, name)| {
            !ours.contains(&Some(place)) && names.contains(&crate::names::bare(name))
        })
    };
    let facts = scorecard.facts.iter().cloned().chain(standard_ones);
    let facts: Vec<Fact> = facts
        .filter(|fact| {
            learnable(fact) && given(fact) && !used.contains(&format!("\"{}\"", fact.id))
        })
        .collect();
    let mut probed = scorecard.clone();
    for fact in &facts {
        let bin = Bin {
            label: None,
            from: None,
            to: None,
            values: None,
            otherwise: true,
            points: 0,
        };
        probed.criteria.push(Criterion {
            id: format!("{} (probe)", fact.id),
            label: None,
            axis: crate::program::Axis::Fit,
            group: None,
            on: Subject::Fact(fact.id.clone()),
            bins: Some(vec![bin]),
            when_true: None,
            when_false: None,
            per_event: None,
            decay: None,
            unknown: 0,
            limit: None,
            direction: None,
        });
    }
    (probed, facts)
}

/// What can be learned of a criterion: nothing where its points fade with time or count events.
fn learned(
    criterion: &Criterion,
    file: usize,
    index: usize,
    names: &[String],
    options: &Options,
) -> Option<Learned> {
    if criterion.per_event.is_some() || criterion.decay.is_some() {
        return None;
    }
    let mut order: Vec<(usize, BinPlace, i32)> = Vec::new();
    let mut chain = 0;
    if matches!(criterion.on, Subject::Condition(_)) {
        order.push((0, BinPlace::True, criterion.when_true.unwrap_or_default()));
        order.push((1, BinPlace::False, criterion.when_false.unwrap_or_default()));
    } else {
        let bins = criterion.bins.as_deref().unwrap_or_default();
        let is_range = |bin: &Bin| bin.from.is_some() || bin.to.is_some();
        let mut places: Vec<usize> = (0..bins.len()).collect();
        // Ranges in rising order, then all others as they stand.
        places.sort_by(|a, b| {
            let key = |place: usize| {
                (
                    !is_range(&bins[place]),
                    bins[place].from.unwrap_or(f64::NEG_INFINITY),
                )
            };
            let ((other_a, from_a), (other_b, from_b)) = (key(*a), key(*b));
            let from = if other_a {
                std::cmp::Ordering::Equal
            } else {
                from_a.total_cmp(&from_b)
            };
            other_a.cmp(&other_b).then(from)
        });
        chain = bins.iter().filter(|bin| is_range(bin)).count();
        order.extend(
            places
                .into_iter()
                .map(|place| (place, BinPlace::Bin(place as u16), bins[place].points)),
        );
    }
    let mut levels = vec![0; order.len()];
    for (level, (bin, ..)) in (0_u16..).zip(&order) {
        levels[*bin] = level;
    }
    let name = |(bin, place, _): &(usize, BinPlace, i32)| {
        (*place, names.get(*bin).cloned().unwrap_or_default())
    };
    let mut places: Vec<(BinPlace, String)> = order.iter().map(name).collect();
    places.push((BinPlace::Unknown, "unknown".to_owned()));
    let mut present: Vec<i32> = order.iter().map(|(_, _, points)| *points).collect();
    present.push(criterion.unknown);
    let mut kept = vec![false; present.len()];
    if options.unknown_points == Some(false)
        && let Some(unknown) = kept.last_mut()
    {
        *unknown = true;
    }
    let feature = Feature::own(
        criterion.id.clone(),
        places,
        present,
        kept,
        chain,
        criterion.direction,
    );
    Some(Learned {
        index,
        file,
        levels,
        feature,
    })
}

/// Adds the value of a fact.
fn push(values: &mut Read, value: Option<Value>, choices: &[crate::program::Choice]) {
    match (&mut values.cells, value) {
        (Cells::Numbers(numbers), Some(Value::Number(number))) => numbers.push(number),
        (Cells::Numbers(numbers), _) => numbers.push(f64::NAN),
        (Cells::Texts(codes, texts), value) => {
            let text = match value {
                Some(Value::Text(text)) => Some(text),
                Some(Value::Choice(choice)) => choices
                    .get(usize::from(choice))
                    .map(|choice| choice.value.as_str()),
                Some(Value::Boolean(value)) => Some(if value { "true" } else { "false" }),
                _ => None,
            };
            codes.push(text.map_or(0, |text| texts.number(text) + 1));
        }
    }
}

/// A date as a lead's fact reads it.
fn date(cell: &str) -> Option<i64> {
    crate::time::parse(cell).or_else(|| {
        number(cell)
            .filter(|millis| millis.abs() >= 1e10)
            .map(|millis| millis as i64)
    })
}

fn was_accepted(word: &str) -> Option<bool> {
    match crate::text::fold(word).as_str() {
        "accepted" | "sal" | "sql" | "opportunity" | "lost" | "closed lost" => Some(true),
        _ => plain::outcome(word),
    }
}

/// The threshold of the MQL stage on the score, where it has one.
pub fn threshold(card: &Scorecard) -> Option<i32> {
    let stage = card
        .stages
        .iter()
        .find(|stage| stage.kind == crate::program::StageKind::Mql)?;
    of_score(stage.when.as_ref()?)
}

fn of_score(condition: &file::Condition) -> Option<i32> {
    match condition {
        file::Condition::Score(test) => test.at_least,
        file::Condition::All(all) => all.iter().find_map(of_score),
        _ => None,
    }
}

/// Boolean facts have yes and no for values, not texts.
pub fn as_booleans(criterion: &mut Criterion) {
    for scalar in criterion
        .bins
        .iter_mut()
        .flatten()
        .filter_map(|bin| bin.values.as_mut())
        .flatten()
    {
        if let Scalar::Text(text) = scalar {
            *scalar = Scalar::Boolean(text == "true");
        }
    }
}
