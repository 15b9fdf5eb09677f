//! A compiled scorecard for native callers: the program, and the texts that its verdicts name.

mod answer;
pub(crate) mod frame;
mod unfold;

pub use answer::*;

use serde_json::Value;

use crate::program::{self, LoadFault, Program};
use crate::question;
use crate::texts::Texts;
use crate::verdict::{self, Packed};
use crate::wire::Damaged;

/// A compiled scorecard.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// What runs.
    pub program: Program,
    /// What people read.
    pub texts: Texts,
}

/// How a form asks.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asking<'q> {
    /// The form: it asks the questions that name it and those that name none.
    pub form: Option<&'q str>,
    /// Ids of questions that the visitor passed over.
    pub skipped: &'q [String],
    /// Most questions in all, those answered or passed over among them; required ones are asked all
    /// the same.
    pub budget: Option<usize>,
    /// Most questions at a time; 1 where absent.
    pub per_step: Option<usize>,
}

impl Card {
    /// Reads a compiled scorecard.
    ///
    /// # Errors
    /// Anything but the bytes that [`Card::to_bytes`] of this version gives is a [`LoadFault`]; no
    /// bytes make it panic.
    pub fn from_bytes(bytes: &[u8]) -> Result<Card, LoadFault> {
        let (_, texts) = program::parts(bytes)?;
        let texts: Texts = serde_json::from_slice(texts).map_err(|_| LoadFault::NotAProgram)?;
        let program = Program::from_bytes(bytes)?;
        if !texts.suit(&program) {
            return Err(LoadFault::NotAProgram);
        }
        Ok(Card { program, texts })
    }

    /// The binary form: the program, and the texts as JSON.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.program.to_bytes();
        bytes.extend(serde_json::to_vec(&self.texts).unwrap_or_default());
        bytes
    }

    /// A lead as this card's program reads it; JavaScript writes its own. What is no object has no
    /// facts.
    pub fn frame(&self, lead: &Value) -> Vec<u8> {
        frame::lead(&self.texts, lead)
    }

    /// The verdict on the lead in `frame` as seen at `now` (milliseconds since 1970).
    ///
    /// # Errors
    /// Only where the bytes are no frame of this card.
    pub fn evaluate(&self, frame: &[u8], now: i64) -> Result<Verdict<'_>, Damaged> {
        let mut packed = Packed::default();
        verdict::evaluate(&self.program, frame, now, &mut packed)?;
        Ok(unfold::unfold(&packed, &self.texts, now))
    }

    /// What to ask next of the lead in `frame` as seen at `now`.
    ///
    /// # Errors
    /// Only where the bytes are no frame of this card.
    pub fn next_questions(
        &self,
        frame: &[u8],
        now: i64,
        asking: Asking,
    ) -> Result<QuestionPlan<'_>, Damaged> {
        let mut packed = Packed::default();
        let asked = self.texts.questions.iter().take(64).enumerate();
        let asked = asked.filter(|(_, question)| {
            let forms = &question.forms;
            let of_form = forms.is_empty() || forms.iter().any(|form| asking.form == Some(form));
            of_form && !asking.skipped.contains(&question.id)
        });
        let asking = question::Asking {
            asked: asked.fold(0, |mask, (index, _)| mask | 1 << index),
            budget: asking
                .budget
                .unwrap_or(usize::MAX)
                .saturating_sub(asking.skipped.len()),
            per_step: asking.per_step.unwrap_or(1),
        };
        question::plan(&self.program, frame, now, &asking, &mut packed)?;
        Ok(unfold::unfold_plan(&packed, &self.texts))
    }
}
