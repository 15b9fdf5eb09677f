//! What authors can do beside: check, compile, compare, and score a whole table.

use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;

use super::page::{Answer, evaluate};
use crate::card::Card;
use crate::learn;
use crate::problem::{Code, Problem};
use crate::scorecard::{self, Audience};
use crate::table;

/// All problems of a scorecard's text, and which scorecard it is.
#[wasm_bindgen]
pub fn check(text: &str) -> Result<JsValue, JsValue> {
    to_js(&scorecard::check(text))
}

/// Compiles a scorecard's text for a `page` or a `server`; throws problems.
#[wasm_bindgen]
pub fn compile(
    text: &str,
    audience: &str,
    value: bool,
    accounts: bool,
) -> Result<Vec<u8>, JsValue> {
    let audience = match audience {
        "server" => Audience::Server,
        _ => Audience::PageWith { value, accounts },
    };
    scorecard::compile(text, audience).or_else(|problems| Err(to_js(&problems)?))
}

/// What changed between the texts of two scorecards; throws the problems of the first that has any.
#[wasm_bindgen]
pub fn diff(old: &str, new: &str) -> Result<JsValue, JsValue> {
    match scorecard::diff(old, new) {
        Ok(changes) => to_js(&changes),
        Err(problems) => Err(to_js(&problems)?),
    }
}

/// Leads in CSV text, read for one scorecard.
#[wasm_bindgen(js_name = Table)]
pub struct Rows {
    card: Card,
    table: table::Table,
}

#[wasm_bindgen(js_class = Table)]
impl Rows {
    /// Reads CSV text for a compiled scorecard; throws problems.
    #[wasm_bindgen(constructor)]
    pub fn new(card: &[u8], csv: &[u8]) -> Result<Rows, JsValue> {
        let card = Card::from_bytes(card).map_err(|_| thrown(Code::NotAProgram))?;
        match table::Table::read(&card, csv) {
            Ok(table) => Ok(Rows { card, table }),
            Err(problem) => Err(to_js(&[problem])?),
        }
    }

    /// What each column means to the scorecard.
    pub fn columns(&self) -> Result<JsValue, JsValue> {
        to_js(self.table.columns())
    }

    /// Number of leads.
    #[wasm_bindgen(getter)]
    pub fn length(&self) -> usize {
        self.table.rows().len()
    }

    /// How the file names the lead in this row.
    pub fn id(&self, row: usize) -> Option<String> {
        self.table.rows().get(row).map(|row| row.id.clone())
    }

    /// Puts the verdict on the lead in this row into `answer`; false where there is no such row.
    pub fn evaluate(&self, row: usize, now: f64, answer: &mut Answer) -> bool {
        let row = self.table.rows().get(row);
        row.is_some_and(|row| evaluate(&self.card.program, &row.frame, now, &mut answer.packed))
    }
}

/// Learning in progress; see `learn::Task`. Wishes and proposals cross as JSON.
#[wasm_bindgen]
pub struct Learning {
    task: learn::Task,
    proposal: Option<learn::proposal::Proposal>,
}

#[wasm_bindgen]
impl Learning {
    /// Begins to learn points for a scorecard's text; throws problems.
    pub fn scorecard(text: &str, csv: &[u8], options: &str) -> Result<Learning, JsValue> {
        let options = from_json(options)?;
        learn::Task::scorecard(text, csv, options)
            .map(Learning::of)
            .or_else(|problems| Err(to_js(&problems)?))
    }

    /// Begins to learn a scorecard from a plain table and the text of its schema; throws problems.
    pub fn plain(schema: &str, csv: &[u8], options: &str) -> Result<Learning, JsValue> {
        let options = from_json(options)?;
        learn::Task::plain(schema, csv, options)
            .map(Learning::of)
            .or_else(one)
    }

    fn of(task: learn::Task) -> Learning {
        Learning {
            task,
            proposal: None,
        }
    }

    /// A step; the share of the work that is done. Throws problems.
    pub fn step(&mut self) -> Result<f64, JsValue> {
        self.task.step().or_else(one)
    }

    /// Another wish for simplicity; throws problems.
    pub fn simplify(&mut self, simplicity: f64) -> Result<(), JsValue> {
        self.task.simplify(simplicity).or_else(one)
    }

    /// The proposal as JSON; throws problems.
    pub fn proposal(&mut self) -> Result<String, JsValue> {
        let proposal = self.task.proposal().or_else(one)?;
        let text = serde_json::to_string(&proposal).map_err(|_| thrown(Code::Internal));
        self.proposal = Some(proposal);
        text
    }

    /// The text of the scorecard with the whole of the last proposal; throws problems.
    pub fn accepted(&self) -> Result<String, JsValue> {
        let proposal = self.proposal.as_ref();
        let proposal = proposal.ok_or_else(|| thrown(Code::NotReady))?;
        text_of(&self.task.accepted(proposal).or_else(one)?)
    }
}

/// The text of a scorecard with what was chosen of a proposal; throws problems.
#[wasm_bindgen]
pub fn accept(text: &str, proposal: &str, choice: &str) -> Result<String, JsValue> {
    let scorecard::Outcome {
        scorecard: card,
        problems,
    } = scorecard::read(text);
    let Some(card) = card else {
        return Err(to_js(&problems)?);
    };
    let (proposal, choice) = (from_json(proposal)?, from_json(choice)?);
    text_of(&learn::accept(&card, &proposal, &choice).or_else(one)?)
}

/// The curve from score to probability, as intercept and slope, for won and lost leads per score:
/// three numbers for each score.
#[wasm_bindgen]
pub fn calibrate(rows: &[f64], slope: f64) -> Vec<f64> {
    let rows = rows.as_chunks::<3>().0.iter();
    let rows = rows.map(|[score, won, lost]| (*score as i64, won.max(0.0), lost.max(0.0)));
    let table = learn::calibrate::ScoreTable {
        rows: rows.collect(),
    };
    let curve = table.curve(slope);
    vec![curve.a, curve.g]
}

/// Throws one problem.
fn one<T>(problem: Problem) -> Result<T, JsValue> {
    Err(to_js(&[problem])?)
}

/// A scorecard as text to be read by people too.
fn text_of(card: &scorecard::file::Scorecard) -> Result<String, JsValue> {
    serde_json::to_string_pretty(card)
        .map(|text| text + "\n")
        .map_err(|_| thrown(Code::Internal))
}

/// What JavaScript handed over as JSON: read strictly, where an object would let mistyped keys pass.
fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, JsValue> {
    serde_json::from_str(text).or_else(|error| {
        one(Problem::error(
            Code::WrongType,
            "",
            error.to_string(),
            "an object of the documented shape",
            "see the types of the package",
        ))
    })
}

/// A problem's code as it is thrown.
fn thrown(code: Code) -> JsValue {
    JsValue::from_str(code.id())
}

/// As JSON would say it: maps become plain objects.
pub(super) fn to_js<T: Serialize + ?Sized>(value: &T) -> Result<JsValue, JsValue> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    value
        .serialize(&serializer)
        .map_err(|_| thrown(Code::Internal))
}
