//! What every page can do: run compiled scorecards, read job titles.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use wasm_bindgen::prelude::*;

use crate::program::Program;
use crate::question::{self, Asking};
use crate::time;
use crate::title::{self, Department};
use crate::verdict::{self, Packed};

/// A compiled scorecard, ready to run. Nothing about it can change.
#[wasm_bindgen(js_name = Program)]
pub struct Runnable(pub(super) Program);

#[wasm_bindgen(js_class = Program)]
impl Runnable {
    /// Reads the program of a compiled scorecard; nothing where the bytes are damaged.
    pub fn load(bytes: &[u8]) -> Option<Runnable> {
        Program::from_bytes(bytes).ok().map(Runnable)
    }

    /// Puts the verdict on the lead in `frame` at `now` (milliseconds since 1970) into `answer`.
    /// False where the bytes are no frame of this program.
    pub fn evaluate(&self, frame: &[u8], now: f64, answer: &mut Answer) -> bool {
        evaluate(&self.0, frame, now, answer)
    }

    /// Puts what to ask next of the lead in `frame` at `now` into `answer`. The two halves of a
    /// mask say which questions the form asks; `budget` is the most in all, `per_step` at a time.
    /// False where the bytes are no frame of this program.
    #[wasm_bindgen(js_name = nextQuestions)]
    #[allow(clippy::too_many_arguments)]
    pub fn next_questions(
        &self,
        frame: &[u8],
        now: f64,
        low: u32,
        high: u32,
        budget: u32,
        per_step: u32,
        answer: &mut Answer,
    ) -> bool {
        let asking = Asking {
            asked: u64::from(high) << 32 | u64::from(low),
            budget: budget as usize,
            per_step: per_step as usize,
        };
        question::plan(&self.0, frame, now as i64, &asking, &mut answer.0).is_ok()
    }
}

/// An answer of the engine, where JavaScript reads it: `pkg-config/verdict.js`. One is used again
/// and again.
#[wasm_bindgen]
#[derive(Default)]
pub struct Answer(Packed);

#[wasm_bindgen]
impl Answer {
    /// An empty answer.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Answer {
        Answer::default()
    }

    /// Where its numbers begin, and how many there are.
    pub fn numbers(&self) -> *const f64 {
        self.0.numbers.as_ptr()
    }

    /// Number of its numbers.
    pub fn length(&self) -> usize {
        self.0.numbers.len()
    }

    /// Where its text begins, in UTF-8.
    pub fn text(&self) -> *const u8 {
        self.0.text.as_ptr()
    }

    /// Bytes of its text.
    #[wasm_bindgen(js_name = textLength)]
    pub fn text_length(&self) -> usize {
        self.0.text.len()
    }
}

/// Judges one lead.
pub(super) fn evaluate(program: &Program, frame: &[u8], now: f64, answer: &mut Answer) -> bool {
    verdict::evaluate(program, frame, now as i64, &mut answer.0).is_ok()
}

/// Milliseconds since 1970 of RFC 3339 text; NaN where it is none.
#[wasm_bindgen(js_name = readTime)]
pub fn read_time(text: &str) -> f64 {
    time::parse(text).map_or(f64::NAN, |millis| millis as f64)
}

/// Puts what a job title says into `answer`, and the place in the decision where the departments
/// of the mask `targets` buy and the company has so many employees (NaN where unknown).
#[wasm_bindgen(js_name = readTitle)]
pub fn read_title(text: &str, targets: u32, employees: f64, answer: &mut Answer) {
    let departments = Department::ALL.iter().copied();
    let targets: Vec<Department> = departments
        .filter(|department| targets >> department.index() & 1 == 1)
        .collect();
    let employees = Some(employees).filter(|employees| !employees.is_nan());
    verdict::title(&title::read(text), &targets, employees, &mut answer.0);
}

/// Departments must fit into a mask.
const _: () = assert!(Department::ALL.len() <= 32);

/// Version of the engine.
#[wasm_bindgen]
pub fn engine() -> String {
    verdict::ENGINE.to_owned()
}
