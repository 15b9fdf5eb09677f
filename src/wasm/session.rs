//! A session of the studio, in its worker: one scorecard that is being edited and one file of past
//! leads. It is the one exported object that changes, since a million leads are not copied for every
//! move of a slider.

use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::studio::to_js;
use crate::backtest::view::{self, Query};
use crate::backtest::{self, Backtest, Choices, Import, Lever};
use crate::card::Card;
use crate::scorecard::{self, Audience};

/// What is being tuned.
#[wasm_bindgen]
#[derive(Default)]
pub struct Session {
    card: Option<Card>,
    /// Text of the card where it was only moved since it was compiled.
    moved: Option<String>,
    import: Option<Import>,
    backtest: Option<Backtest>,
    baseline: Option<view::Baseline>,
    /// The look at every lead that is under way.
    survey: Option<view::Survey>,
    /// Memory that was made ready for a file.
    room: Vec<Vec<u8>>,
}

#[wasm_bindgen]
impl Session {
    /// Nothing yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Session {
        Session::default()
    }

    /// Goes on with the text of a scorecard; false where it has errors, and nothing changes. With
    /// `quick` it is not checked again: only points, limits, bands and thresholds of one that was
    /// checked moved.
    pub fn follow(&mut self, text: &str, quick: bool) -> bool {
        self.survey = None;
        let card = match (quick, self.card.take()) {
            (true, Some(mut card)) => {
                let moved = scorecard::compile::moved(&mut card, text, Audience::Server);
                self.moved = moved.then(|| text.to_owned());
                Some(card)
            }
            (_, before) => {
                let card = scorecard::read(text).scorecard;
                let card = card.map(|card| scorecard::compile::compiled(&card, Audience::Server));
                let Some(card) = card else {
                    self.card = before;
                    return false;
                };
                self.moved = None;
                Some(card)
            }
        };
        if let (Some(card), Some(backtest)) = (&card, &mut self.backtest) {
            backtest.follow(card.clone());
        }
        self.card = card;
        true
    }

    /// Begins to read a file of so many bytes; `choices` is what people said of its columns.
    pub fn begin(&mut self, choices: JsValue, bytes: f64) -> Result<bool, JsValue> {
        let choices: Choices = serde_wasm_bindgen::from_value(choices)?;
        self.room = Vec::new();
        self.import = self.card.clone().map(|card| Import::new(card, choices));
        self.expect(bytes);
        Ok(self.import.is_some())
    }

    /// Makes so many more bytes ready for a file that is soon to be read: what memory costs when it is
    /// first written is then paid beforehand. They are let go when reading begins.
    #[wasm_bindgen(js_name = makeRoom)]
    pub fn make_room(&mut self, bytes: usize) {
        let mut room = Vec::new();
        if room.try_reserve_exact(bytes).is_ok() {
            room.resize(bytes, 1);
            self.room.push(room);
        }
    }

    /// What the studio would tell of a file that begins with these bytes, from its first rows;
    /// `whole` tells that there are no others.
    pub fn look(&self, bytes: &[u8], whole: bool, choices: JsValue) -> Result<JsValue, JsValue> {
        let choices: Choices = serde_wasm_bindgen::from_value(choices)?;
        let Some(card) = self.card.clone() else {
            return Ok(JsValue::NULL);
        };
        let mut import = Import::new(card.clone(), choices);
        import.feed(bytes, whole);
        to_js(&view::file(&Backtest::new(card, import.first_look())))
    }

    /// The numbers that a criterion sorts into bins; nothing where it sorts none.
    pub fn values(&self, criterion: &str) -> Result<JsValue, JsValue> {
        self.told(|backtest| view::values(backtest, criterion))
    }

    /// Takes the next bytes of the file, and tells how many leads there are so far.
    pub fn feed(&mut self, bytes: &[u8]) -> usize {
        self.import.as_mut().map_or(0, |import| {
            import.feed(bytes, false);
            import.rows()
        })
    }

    /// Forgets the file that is being read; the leads from before stay.
    pub fn cancel(&mut self) {
        self.import = None;
    }

    fn expect(&mut self, bytes: f64) {
        if let Some(import) = &mut self.import {
            import.expect(bytes as usize);
        }
    }

    /// Begins to read `bytes` of rows in the middle of a file that begins with `head`; false where it
    /// has to be read as a whole. (See `Import::part`, as for the three after it.)
    #[wasm_bindgen(js_name = beginPart)]
    pub fn begin_part(
        &mut self,
        head: &[u8],
        choices: JsValue,
        bytes: f64,
    ) -> Result<bool, JsValue> {
        let choices: Choices = serde_wasm_bindgen::from_value(choices)?;
        let card = self.card.clone();
        self.room = Vec::new();
        self.import = card.and_then(|card| Import::part(card, choices, head));
        self.expect(bytes);
        Ok(self.import.is_some())
    }

    /// Ends reading the part; gives the number of its pieces.
    #[wasm_bindgen(js_name = endPart)]
    pub fn end_part(&mut self) -> usize {
        self.import.as_mut().map_or(0, Import::end_part)
    }

    /// A piece of the part, which is given away.
    pub fn piece(&mut self, index: usize) -> Vec<u8> {
        let import = self.import.as_mut();
        import.map_or_else(Vec::new, |import| import.piece(index))
    }

    /// Whether the last byte that was read ended a row.
    #[wasm_bindgen(js_name = isBetweenRows)]
    pub fn is_between_rows(&self) -> bool {
        self.import.as_ref().is_some_and(Import::is_between_rows)
    }

    /// Adds a piece of the part that follows, which another worker read.
    pub fn join(&mut self, index: usize, piece: &[u8]) {
        if let Some(import) = &mut self.import {
            import.join(index, piece);
        }
    }

    /// Ends reading, and judges all leads; gives what the studio tells of the file.
    pub fn finish(&mut self) -> Result<JsValue, JsValue> {
        let (Some(import), Some(card)) = (self.import.take(), self.card.clone()) else {
            return Ok(JsValue::NULL);
        };
        // Before the new ones are there, so that both are never in memory together.
        self.backtest = None;
        self.baseline = None;
        self.survey = None;
        let backtest = Backtest::new(card, import.finish());
        let told = to_js(&view::file(&backtest));
        self.backtest = Some(backtest);
        told
    }

    /// What could not be read in the file, one by one.
    pub fn troubles(&self) -> Result<JsValue, JsValue> {
        self.told(view::troubles)
    }

    /// Makes ready for a criterion (`criterion`), a group (`group`) or everything else to move.
    pub fn take(&mut self, kind: &str, id: &str) {
        let Some(backtest) = &mut self.backtest else {
            return;
        };
        let texts = &backtest.card().texts;
        let criterion = || {
            texts
                .criteria
                .iter()
                .position(|criterion| criterion.id == id)
        };
        let group = || texts.groups.iter().position(|group| group.id == id);
        let lever = match kind {
            "criterion" => criterion().map(Lever::Criterion),
            "group" => group().map(Lever::Group),
            _ => None,
        };
        backtest.take(lever.unwrap_or(Lever::Totals));
    }

    /// All counts, as numbers in a row: `www/studio/model/tally.js` names them.
    pub fn tally(&mut self) -> Vec<f64> {
        self.backtest
            .as_mut()
            .map_or_else(Vec::new, |backtest| view::packed(&backtest.tally()))
    }

    /// What a page takes to count by itself while what moves now goes on moving: see [`Moving`].
    pub fn moving(&self) -> Vec<u8> {
        let backtest = self.backtest.as_ref();
        backtest.map_or_else(Vec::new, backtest::Moving::bytes_of)
    }

    /// Compares with the text of another revision from now on; false where it has errors.
    pub fn compare(&mut self, text: &str) -> bool {
        self.survey = None;
        let card = scorecard::read(text).scorecard;
        let card = card.map(|card| scorecard::compile::compiled(&card, Audience::Server));
        let Some((card, backtest)) = card.zip(self.backtest.as_ref()) else {
            self.baseline = None;
            return false;
        };
        self.baseline = Some(view::Baseline::new(backtest, card));
        true
    }

    /// Looks at some more leads; once all were looked at, what only that tells: owners, channels, who
    /// moved, bins. Until then `undefined`; whatever changes in between begins it again.
    pub fn details(&mut self) -> Result<JsValue, JsValue> {
        let Some(backtest) = &self.backtest else {
            return Ok(JsValue::NULL);
        };
        let baseline = self.baseline.as_ref();
        let anew = || view::Survey::new(backtest, baseline);
        let mut survey = self.survey.take().unwrap_or_else(anew);
        if survey.step(backtest, baseline) {
            self.survey = Some(survey);
            return Ok(JsValue::UNDEFINED);
        }
        to_js(&survey.told(backtest, baseline))
    }

    /// Leads for the table.
    pub fn rows(&self, query: JsValue) -> Result<JsValue, JsValue> {
        let query: Query = serde_wasm_bindgen::from_value(query)?;
        self.told(|backtest| view::rows(backtest, self.baseline.as_ref(), &query))
    }

    /// The leads as a CSV table to learn points from; empty without leads.
    pub fn learning(&self) -> Vec<u8> {
        let table = self.backtest.as_ref().map(view::learning);
        table.unwrap_or_default().into_bytes()
    }

    /// The verdict on a lead, as JSON.
    pub fn verdict(&mut self, row: usize) -> Option<String> {
        // A verdict names the hash of its scorecard.
        if let Some(text) = self.moved.take() {
            self.follow(&text, false);
        }
        self.backtest.as_ref()?.verdict(row)
    }

    fn told<T: Serialize>(&self, tell: impl FnOnce(&Backtest) -> T) -> Result<JsValue, JsValue> {
        self.backtest
            .as_ref()
            .map_or(Ok(JsValue::NULL), |backtest| to_js(&tell(backtest)))
    }
}

/// All leads of a session while one lever moves: what a page counts by itself, in the event that
/// moves it.
#[wasm_bindgen]
pub struct Moving {
    moving: backtest::Moving,
    /// As it moved last.
    card: Card,
}

#[wasm_bindgen]
impl Moving {
    /// What [`Session::moving`] gave; nothing of any other bytes.
    pub fn of(bytes: &[u8]) -> Option<Moving> {
        let moving = backtest::Moving::from_bytes(bytes)?;
        let card = moving.card().clone();
        Some(Moving { moving, card })
    }

    /// All counts as of [`Session::tally`] by a scorecard of which only points, limits, bands and
    /// thresholds moved; none where that was more than the lever.
    pub fn follow(&mut self, text: &str) -> Vec<f64> {
        if !scorecard::compile::moved(&mut self.card, text, Audience::Server) {
            return Vec::new();
        }
        let tally = self.moving.tally(&self.card.program);
        tally.map_or_else(Vec::new, |tally| view::packed(&tally))
    }
}
