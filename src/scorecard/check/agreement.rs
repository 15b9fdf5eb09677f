//! The agreement: dates, signatures over this very content, goals.

use std::collections::BTreeSet;

use super::Checker;
use crate::problem::Code;
use crate::scorecard::canonical::content_hash;
use crate::scorecard::file::Goals;
use crate::scorecard::shape::quoted;

impl<'a> Checker<'a> {
    pub(super) fn agreement(&mut self) {
        let file = self.file;
        if file.revision == 0 {
            let help = "start with revision 1";
            self.error(
                Code::OutOfRange,
                format_args!("/revision"),
                "number 0",
                "a whole number from 1",
                help,
            );
        }
        if let Some(titles) = &file.titles {
            let mut seen = BTreeSet::new();
            for (index, department) in titles.target_departments.iter().enumerate() {
                let at = format_args!("/titles/targetDepartments/{index}");
                self.once(&mut seen, at, department.id(), "each department once");
            }
        }
        let Some(agreement) = &file.agreement else {
            return;
        };
        if let Some(date) = &agreement.review_on {
            self.date(format_args!("/agreement/reviewOn"), date);
        }
        // What could not be read is missing from the content, so its hash says nothing.
        let hash =
            (!agreement.signatures.is_empty() && self.lost.nothing()).then(|| content_hash(file));
        for (index, signature) in agreement.signatures.iter().enumerate() {
            let at = format_args!("/agreement/signatures/{index}");
            self.moment(format_args!("{at}/at"), &signature.at);
            if signature.name.trim().is_empty() {
                let help = "write who signed";
                self.error(
                    Code::MissingKey,
                    format_args!("{at}/name"),
                    "an empty text",
                    "a name",
                    help,
                );
            }
            if hash
                .as_ref()
                .is_some_and(|hash| *hash != signature.content_hash)
            {
                self.warn(
                    Code::StaleSignature,
                    format_args!("{at}/contentHash"),
                    format!(
                        "a signature of {} over another content",
                        quoted(&signature.name)
                    ),
                    "a signature over this content",
                    format!("let {} sign again", signature.team.id()),
                );
            }
        }
        if let Some(goals) = &agreement.goals {
            self.goals(goals);
        }
    }

    fn goals(&mut self, goals: &'a Goals) {
        self.currency(format_args!("/agreement/goals/currency"), &goals.currency);
        self.money(
            format_args!("/agreement/goals/revenueTargetMinor"),
            goals.revenue_target_minor,
        );
        if let Some(marketing) = &goals.marketing {
            self.money(
                format_args!("/agreement/goals/marketing/valueMinor"),
                marketing.value_minor,
            );
        }
        if let Some(sales) = &goals.sales {
            self.response(
                format_args!("/agreement/goals/sales/respondWithinMinutes"),
                sales.respond_within_minutes,
            );
            self.within(
                format_args!("/agreement/goals/sales/attempts"),
                f64::from(sales.attempts),
                1.0,
                50.0,
            );
        }
        let mut routes = BTreeSet::new();
        for (index, goal) in goals.conversion.iter().enumerate() {
            let at = format_args!("/agreement/goals/conversion/{index}");
            self.once(
                &mut routes,
                format_args!("{at}/route"),
                goal.route.as_str(),
                "each route once",
            );
            self.within(
                format_args!("{at}/targetPercent"),
                goal.target_percent,
                0.0,
                100.0,
            );
            if !self.lost.is_vague("fallback") {
                self.refer("routes", &goal.route, format_args!("{at}/route"));
            }
        }
    }
}
