//! A later part of a large file, read beside the first one by another worker: what it found goes
//! over in pieces, and is joined as if the rows had come one after the other.
//!
//! Where a part begins is a guess: after the end of some line, which may stand within quotes. The
//! guess was right if whoever reads the rows before ends one there ([`Import::is_between_rows`]).

use super::{Import, Store};
use crate::backtest::cells::put;
use crate::backtest::columns::Choices;
use crate::backtest::encoding::Encoding;
use crate::backtest::trouble::Troubles;
use crate::card::Card;

impl Import {
    /// Begins to read rows of the middle of a file that begins with `head`; none where letters and
    /// ends of lines are not single bytes. The same head has to come first, on its own, wherever the
    /// rest of the file is read: columns are named by it.
    pub fn part(card: Card, choices: Choices, head: &[u8]) -> Option<Import> {
        let mut import = Import::new(card, choices);
        let head = import.encoding.read(head, false).into_owned();
        if !matches!(import.encoding, Encoding::Bytes) || head.len() < super::HEAD {
            return None;
        }
        import.name_columns(&head, false);
        import.troubles.header_seen();
        Some(import)
    }

    /// Whether the last byte that came ended a row.
    pub fn is_between_rows(&self) -> bool {
        matches!(self.encoding, Encoding::Bytes)
            && self
                .splitter
                .as_ref()
                .is_some_and(|of| of.is_between_rows())
    }

    /// Ends reading a part, and tells in how many pieces it goes over.
    pub fn end_part(&mut self) -> usize {
        self.feed(&[], true);
        self.stores.len() + 1
    }

    /// A piece of what was read; it is given away.
    pub fn piece(&mut self, index: usize) -> Vec<u8> {
        match self.stores.get_mut(index) {
            Some((_, Store::Cells(_, cells))) => core::mem::take(cells).to_bytes(),
            Some((_, Store::Dates(.., numbers) | Store::Money(.., numbers))) => {
                let numbers = core::mem::take(numbers);
                let mut bytes = Vec::new();
                put(
                    &mut bytes,
                    numbers.iter().map(|number| number.to_le_bytes()),
                );
                bytes
            }
            None => serde_json::to_vec(&(self.rows, &self.troubles)).unwrap_or_default(),
        }
    }

    /// Adds a piece of the part that follows. All of them have to come, in their order.
    pub fn join(&mut self, index: usize, piece: &[u8]) {
        match self.stores.get_mut(index) {
            Some((_, Store::Cells(_, cells))) => cells.join(piece),
            Some((_, Store::Dates(.., numbers) | Store::Money(.., numbers))) => {
                let (piece, _) = piece.as_chunks();
                numbers.extend(piece.iter().map(|number| i64::from_le_bytes(*number)));
            }
            None => {
                let part: Result<(usize, Troubles), _> = serde_json::from_slice(piece);
                if let Ok((rows, troubles)) = part {
                    self.troubles.join(troubles, self.rows);
                    self.rows += rows;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backtest::Leads;
    use crate::scorecard::{self, compile};
    use proptest::prelude::*;

    fn card() -> Card {
        let card = scorecard::read(include_str!("../../../www/sample/b2b-software.json"));
        compile::compiled(&card.scorecard.unwrap(), compile::Audience::Server)
    }

    /// Reads the file in two parts, where that is right.
    fn in_parts(card: &Card, file: &[u8], at: usize) -> Option<Leads> {
        let (head, rest) = file.split_at(super::super::HEAD);
        let (before, after) = rest.split_at(at);
        let mut first = Import::new(card.clone(), Choices::default());
        first.feed(head, false);
        first.feed(before, false);
        if !first.is_between_rows() {
            return None;
        }
        let mut second = Import::part(card.clone(), Choices::default(), head).unwrap();
        second.feed(after, false);
        for index in 0..second.end_part() {
            first.join(index, &second.piece(index));
        }
        Some(first.finish())
    }

    #[track_caller]
    fn assert_same(leads: &Leads, whole: &Leads) {
        assert_eq!(leads.rows, whole.rows);
        assert_eq!(leads.created, whole.created);
        assert_eq!(leads.revenue, whole.revenue);
        assert_eq!(leads.outcomes, whole.outcomes);
        assert_eq!(leads.troubles.counts(), whole.troubles.counts());
        assert_eq!(leads.troubles.found(), whole.troubles.found());
        for (of, other) in leads.kept.iter().zip(&whole.kept) {
            assert_eq!(of.cells.rows(), whole.rows);
            for row in 0..whole.rows {
                assert_eq!(of.cells.cell(row), other.cells.cell(row), "row {row}");
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        /// However a file is taken apart, what is read of it is the same.
        #[test]
        fn parts_are_read_as_the_whole(rows in prop::collection::vec("[a-c]{1,3},(CEO|\"VP\n, Sales\"|\"open|x\"y|),(5|no|\"1,\n2\"|),(2026-01-0[1-9]|soon|),(Won|Lost|odd),(5[.]50|-|)(,more|)\n", 1..40), at in 0.0..1.0_f64) {
            let card = card();
            let mut file = b"id,Job title,Employees,Created at,Outcome,Deal amount\n".to_vec();
            while file.len() < super::super::HEAD + 2000 {
                file.extend_from_slice(b"k,Head of Sales,120,2026-02-01,Won,7.00\n");
            }
            file.extend(rows.concat().into_bytes());
            let rest = file.len() - super::super::HEAD;
            let guess = 1500 + ((rest - 1500) as f64 * at) as usize;
            let ends = (guess..rest).find(|at| file[super::super::HEAD + at] == b'\n');
            if let Some(leads) = ends.and_then(|end| in_parts(&card, &file, end + 1)) {
                let mut whole = Import::new(card.clone(), Choices::default());
                whole.feed(&file[..super::super::HEAD], false);
                whole.feed(&file[super::super::HEAD..], false);
                assert_same(&leads, &whole.finish());
            }
        }
    }

    #[test]
    fn a_guess_within_quotes_is_noticed() {
        let card = card();
        let mut file = b"id,Job title\n".to_vec();
        while file.len() < super::super::HEAD {
            file.extend_from_slice(b"k,Head of Sales\n");
        }
        let at = file.len() - super::super::HEAD;
        file.extend_from_slice(b"k,\"Head\nof\nSales\"\nk,CEO\n");
        assert!(in_parts(&card, &file, at).is_some());
        assert!(in_parts(&card, &file, at + "k,\"Head\n".len()).is_none());
        assert!(in_parts(&card, &file, at + "k,\"Head\nof\nSales\"\n".len()).is_some());
        assert!(Import::part(card, Choices::default(), b"\xff\xfei\0d\0").is_none());
    }

    #[test]
    fn columns_that_repeat_themselves_or_not_are_joined() {
        use crate::backtest::cells::Cells;
        let of = |texts: &[&str], many: usize| {
            let mut cells = Cells::default();
            texts.iter().for_each(|text| assert!(cells.push(text)));
            (0..many).for_each(|row| assert!(cells.push(&format!("{row}"))));
            cells
        };
        // Codes of one, two and four bytes.
        let many = [0, 300, 70_000];
        let both = many
            .iter()
            .flat_map(|first| many.map(|second| (*first, second)));
        for (first, second) in both {
            let mut cells = of(&["b", "", "a"], first);
            let rows = cells.rows();
            let more = of(&["c", "", "b", "c"], second);
            let (length, last) = (more.rows(), more.cell(more.rows() - 1).to_owned());
            cells.join(&more.to_bytes());
            assert_eq!(cells.rows(), rows + length);
            let found = [0, 1, 2, 3].map(|row| cells.cell(rows + row));
            assert_eq!(found, ["c", "", "b", "c"]);
            assert_eq!(cells.cell(rows + length - 1), last);
            assert!(cells.push("b"));
            assert_eq!(cells.cell(rows + length), "b");
        }
    }
}
