//! What authors can do beside: check, compile, compare, and score a whole table.

use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::page::{Answer, evaluate};
use crate::card::Card;
use crate::problem::Code;
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
        row.is_some_and(|row| evaluate(&self.card.program, &row.frame, now, answer))
    }
}

/// A problem's code as it is thrown.
fn thrown(code: Code) -> JsValue {
    JsValue::from_str(code.id())
}

/// As JSON would say it: maps become plain objects.
fn to_js<T: Serialize + ?Sized>(value: &T) -> Result<JsValue, JsValue> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    value
        .serialize(&serializer)
        .map_err(|_| thrown(Code::Internal))
}
