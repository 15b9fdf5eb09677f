//! Routes and links; what a lead is worth.

use super::condition::Place;
use super::people::is_domain;
use super::{At, Checker};
use crate::problem::{Code, is_invisible};
use crate::scorecard::file::{Action, FollowUp, ValueMethod, Worth};
use crate::scorecard::shape::{missing_key, quoted};

/// Largest amount of money that every engine can count exactly.
const MAX_MONEY: u64 = 9_007_199_254_740_991;

impl<'a> Checker<'a> {
    pub(super) fn routes(&mut self) {
        let file = self.file;
        for (index, route) in file.routes.iter().enumerate() {
            let at = format_args!("/routes/{index}");
            self.condition(format_args!("{at}/when"), &route.when, Place::AfterStage);
            self.action(format_args!("{at}/action"), &route.action);
        }
        self.action(
            format_args!("/fallback/unmatched/action"),
            &file.fallback.unmatched.action,
        );
        self.action(
            format_args!("/fallback/disqualified/action"),
            &file.fallback.disqualified.action,
        );
        self.follow_ups();
        self.value_of_leads();
        self.calibration();
    }

    /// The follow-up of each destination and where the destination stands.
    pub(super) fn follow_ups_by_route(&self) -> Vec<(String, &'a [FollowUp])> {
        let file = self.file;
        let mut found: Vec<(String, &[FollowUp])> = Vec::new();
        for (index, route) in file.routes.iter().enumerate() {
            found.push((format!("/routes/{index}"), &route.follow_up));
        }
        found.push((
            "/fallback/unmatched".to_owned(),
            &file.fallback.unmatched.follow_up,
        ));
        found.push((
            "/fallback/disqualified".to_owned(),
            &file.fallback.disqualified.follow_up,
        ));
        found
    }

    /// All steps of follow-ups and where they stand.
    pub(super) fn steps(&self) -> Vec<(String, &'a FollowUp)> {
        let mut found = Vec::new();
        for (at, steps) in self.follow_ups_by_route() {
            for (index, step) in steps.iter().enumerate() {
                found.push((format!("{at}/followUp/{index}"), step));
            }
        }
        found
    }

    fn action(&mut self, at: At<'_>, action: &Action) {
        let (key, url) = match action {
            Action::Redirect(link) => ("redirect", &link.url),
            Action::Book(booking) => ("book", &booking.url),
            Action::SelfServe(offer) => ("selfServe", &offer.url),
            Action::Show(show) => {
                if show.element.trim().is_empty() || show.element.contains(char::is_whitespace) {
                    let found = format!("text {}", quoted(&show.element));
                    let help = "write the `id` of the element on the page, without `#`";
                    self.error(
                        Code::BadId,
                        format_args!("{at}/show/element"),
                        found,
                        "the id of an element",
                        help,
                    );
                }
                return;
            }
            Action::Nurture(nurture) => {
                self.id(format_args!("{at}/nurture/list"), &nurture.list);
                return;
            }
            Action::ThankYou(_) => return,
        };
        if !is_safe(url) {
            self.error(
                Code::UnsafeLink,
                format_args!("{at}/{key}/url"),
                format!("text {}", quoted(url)),
                "a link that starts with `https://`, `mailto:`, `tel:` or one `/`",
                "write a whole `https://` address, or a path of the same site",
            );
        }
    }

    fn value_of_leads(&mut self) {
        let file = self.file;
        let Some(value) = &file.value else { return };
        self.currency(format_args!("/value/currency"), &value.currency);
        if value.method == Some(ValueMethod::Calibrated)
            && file.calibration.is_none()
            && !self.lost.is_vague("calibration")
        {
            let help = "add a `calibration`, or write `\"method\": \"segment\"`";
            self.problems
                .push(missing_key("/value/method", "calibration", help));
        }
        self.at_most(
            format_args!("/value/segments"),
            value.segments.len(),
            100,
            "segments",
        );
        for (index, segment) in value.segments.iter().enumerate() {
            let at = format_args!("/value/segments/{index}");
            self.condition(format_args!("{at}/when"), &segment.when, Place::AfterStage);
            self.worth(format_args!("{at}/worth"), &segment.worth);
        }
        self.worth(format_args!("/value/otherwise"), &value.otherwise);
    }

    fn worth(&mut self, at: At<'_>, worth: &Worth) {
        self.within(format_args!("{at}/closeRate"), worth.close_rate, 0.0, 1.0);
        if let Some(margin) = worth.gross_margin {
            self.within(format_args!("{at}/grossMargin"), margin, 0.0, 1.0);
        }
        for (key, minor) in [
            ("averageRevenueMinor", Some(worth.average_revenue_minor)),
            ("costPerAttemptMinor", worth.cost_per_attempt_minor),
        ] {
            self.money(format_args!("{at}/{key}"), minor);
        }
        self.at_most(
            format_args!("{at}/contactOdds"),
            worth.contact_odds.len(),
            50,
            "attempts",
        );
        for (index, odds) in worth.contact_odds.iter().enumerate() {
            self.within(format_args!("{at}/contactOdds/{index}"), *odds, 0.0, 1.0);
        }
    }

    /// Money that every engine can count exactly.
    pub(super) fn money(&mut self, at: At<'_>, minor: Option<u64>) {
        if let Some(minor) = minor.filter(|minor| *minor > MAX_MONEY) {
            self.error(
                Code::OutOfRange,
                at,
                format!("number {minor}"),
                format!("at most {MAX_MONEY}"),
                "write a smaller amount, in minor units",
            );
        }
    }

    pub(super) fn currency(&mut self, at: At<'_>, code: &str) {
        if code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_uppercase()) {
            self.error(
                Code::BadId,
                at,
                format!("text {}", quoted(code)),
                "the three capitals of an ISO 4217 currency",
                "write a code such as `USD` or `EUR`",
            );
        }
    }

    fn calibration(&mut self) {
        let Some(calibration) = &self.file.calibration else {
            return;
        };
        self.within(
            format_args!("/calibration/a"),
            calibration.a,
            -1_000.0,
            1_000.0,
        );
        if !(calibration.g > 0.0 && calibration.g <= 100.0) {
            self.error(
                Code::OutOfRange,
                format_args!("/calibration/g"),
                format!("number {}", calibration.g),
                "a number above 0 and up to 100",
                "fit again: a higher score must mean a higher probability",
            );
        }
        self.date(
            format_args!("/calibration/fittedOn"),
            &calibration.fitted_on,
        );
        if calibration.n == 0 {
            let help = "write the number of outcomes that it was fitted on";
            self.error(
                Code::OutOfRange,
                format_args!("/calibration/n"),
                "number 0",
                "at least 1",
                help,
            );
        }
    }
}

/// Whether a page may follow this link: an allowed scheme or a path of the same site, and nothing
/// that browsers skip over or read in another way.
fn is_safe(url: &str) -> bool {
    let plain = |c: char| {
        !(c.is_whitespace() || is_invisible(c) || matches!(c, '\\' | '<' | '>' | '"' | '`'))
    };
    if url.len() > 2_048 || !url.chars().all(plain) {
        return false;
    }
    if let Some(path) = url.strip_prefix('/') {
        return !path.starts_with('/');
    }
    let Some((scheme, rest)) = url.split_once(':') else {
        return false;
    };
    match scheme.to_ascii_lowercase().as_str() {
        "https" => rest.strip_prefix("//").is_some_and(|rest| {
            let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
            let (name, port) = host.split_once(':').unwrap_or((host, "443"));
            is_domain(name) && port.parse::<u16>().is_ok()
        }),
        "mailto" => rest.contains('@') && !rest.starts_with('/'),
        "tel" => {
            let digit = |c: char| {
                c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | '(' | ')' | ';' | '=')
            };
            rest.contains(|c: char| c.is_ascii_digit()) && rest.chars().all(digit)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn safe_links() {
        for url in [
            "https://example.com",
            "HTTPS://example.com:8443/a?b=c#d",
            "https://bücher.example/é",
            "/thanks",
            "/",
            "/a//b",
            "mailto:sales@example.com?subject=Hi",
            "tel:+49-30-1234",
        ] {
            assert!(is_safe(url), "{url}");
        }
    }

    #[test]
    fn unsafe_links() {
        for url in [
            "",
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " javascript:alert(1)",
            "java\tscript:alert(1)",
            "java\u{200b}script:alert(1)",
            "\u{1}javascript:alert(1)",
            "javascript&colon;alert(1)",
            "javascript%3Aalert(1)",
            "data:text/html,x",
            "vbscript:x",
            "blob:https://example.com/x",
            "file:///etc/passwd",
            "http://example.com",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "\\\\evil.example",
            "https:evil.example",
            "https:///evil.example",
            "https://good.example@evil.example",
            "https://user:pass@evil.example",
            "https://localhost",
            "https://example.com:99999",
            "https://exa mple.com",
            "thanks",
            "mailto:",
            "tel:",
            "tel:abc1",
        ] {
            assert!(!is_safe(url), "{url}");
        }
    }
}
