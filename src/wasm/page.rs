//! What every page can do: run compiled scorecards, read job titles and forms.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use wasm_bindgen::prelude::*;

use crate::json::ToJson;
use crate::lead::names;
use crate::problem::Code;
use crate::program::{LoadFault, Program};
use crate::{time, title, verdict};

/// A compiled scorecard, ready to run. Nothing about it can change.
#[wasm_bindgen(js_name = Program)]
pub struct Runnable(pub(super) Program);

#[wasm_bindgen(js_class = Program)]
impl Runnable {
    /// Reads a compiled scorecard; throws the code of a problem.
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: &[u8]) -> Result<Runnable, JsValue> {
        let program = Program::from_bytes(bytes).map_err(|fault| match fault {
            LoadFault::NotAProgram => thrown(Code::NotAProgram),
            LoadFault::TooNew => thrown(Code::ProgramTooNew),
            LoadFault::TooLarge => thrown(Code::TooLarge),
        })?;
        Ok(Runnable(program))
    }

    /// What a caller must know to write frames and show forms, as JSON.
    pub fn plan(&self) -> String {
        self.0.plan().to_json()
    }

    /// The verdict on the lead in `frame` at `now` (milliseconds since 1970), as canonical JSON.
    pub fn evaluate(&self, frame: &[u8], now: f64) -> Result<String, JsValue> {
        evaluate(&self.0, frame, now)
    }

    /// The lead object, as JSON, that names and values (alternating) of a form make.
    #[wasm_bindgen(js_name = leadOf)]
    pub fn lead_of(&self, pairs: Vec<String>) -> String {
        let pairs = pairs.as_chunks::<2>().0.iter();
        names::lead_json(
            &self.0,
            pairs.map(|[name, value]| (name.as_str(), value.as_str())),
        )
    }
}

/// The verdict on the lead in `frame`, as canonical JSON.
pub(super) fn evaluate(program: &Program, frame: &[u8], now: f64) -> Result<String, JsValue> {
    let millis = now as i64;
    if !now.is_finite() || !time::RANGE.contains(&millis) {
        return Err(thrown(Code::BadNow));
    }
    verdict::evaluate(program, frame, millis, |verdict| verdict.to_json())
        .map_err(|_| thrown(Code::Internal))
}

/// Milliseconds since 1970 of RFC 3339 text; NaN where it is none.
#[wasm_bindgen(js_name = readTime)]
pub fn read_time(text: &str) -> f64 {
    time::parse(text).map_or(f64::NAN, |millis| millis as f64)
}

/// What a job title says, as canonical JSON.
#[wasm_bindgen(js_name = readTitle)]
pub fn read_title(text: &str) -> String {
    verdict::title(&title::read(text)).to_json()
}

/// Version of the engine.
#[wasm_bindgen]
pub fn engine() -> String {
    verdict::ENGINE.to_owned()
}

/// A problem's code as it is thrown.
pub(super) fn thrown(code: Code) -> JsValue {
    JsValue::from_str(code.id())
}
