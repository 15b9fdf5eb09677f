//! What every page can do: run compiled scorecards, read job titles.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec;
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

    /// Puts the verdict at `now` (milliseconds since 1970) on the lead whose frame, so many bytes,
    /// was written into the room of `answer`, into `answer`. False where it is no frame of this program.
    pub fn evaluate(&self, length: usize, now: f64, answer: &mut Answer) -> bool {
        let Answer { packed, room } = answer;
        evaluate(&self.0, room.get(..length).unwrap_or_default(), now, packed)
    }

    /// Puts what to ask next of the lead whose frame is in the room of `answer` into `answer`. The
    /// two halves of a mask say which questions the form asks; `budget` is the most in all,
    /// `per_step` at a time. False where it is no frame of this program.
    #[wasm_bindgen(js_name = nextQuestions)]
    #[allow(clippy::too_many_arguments)]
    pub fn next_questions(
        &self,
        length: usize,
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
        let Answer { packed, room } = answer;
        let frame = room.get(..length).unwrap_or_default();
        question::plan(&self.0, frame, now as i64, &asking, packed).is_ok()
    }
}

/// An answer of the engine, where JavaScript reads it: `pkg-config/verdict.js`, and room for what
/// is asked. One is used again and again.
#[wasm_bindgen]
#[derive(Default)]
pub struct Answer {
    pub(super) packed: Packed,
    room: Vec<u8>,
}

#[wasm_bindgen]
impl Answer {
    /// An empty answer.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Answer {
        Answer::default()
    }

    /// Makes room for so many bytes of a frame, and tells where.
    pub fn room(&mut self, length: usize) -> *const u8 {
        self.room = vec![0; length];
        self.room.as_ptr()
    }

    /// Where its numbers begin.
    pub fn numbers(&self) -> *const f64 {
        self.packed.numbers.as_ptr()
    }

    /// Where its text begins, in UTF-8.
    pub fn text(&self) -> *const u8 {
        self.packed.text.as_ptr()
    }

    /// Bytes of its text.
    #[wasm_bindgen(js_name = textLength)]
    pub fn text_length(&self) -> usize {
        self.packed.text.len()
    }
}

/// Judges one lead.
pub(super) fn evaluate(program: &Program, frame: &[u8], now: f64, packed: &mut Packed) -> bool {
    verdict::evaluate(program, frame, now as i64, packed).is_ok()
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
    verdict::title(&title::read(text), &targets, employees, &mut answer.packed);
}

/// Departments must fit into a mask.
const _: () = assert!(Department::ALL.len() <= 32);

/// Version of the engine.
#[wasm_bindgen]
pub fn engine() -> String {
    verdict::ENGINE.to_owned()
}
