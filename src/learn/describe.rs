//! Bins, evidence and findings in plain words.

use super::proposal::{BinProposal, CriterionProposal, Proposal, Strength};
use crate::scorecard::file::{Bin, Scalar};

/// Most values of a bin that are named.
const NAMED: usize = 4;

/// A number for people.
pub fn number(value: f64) -> String {
    let mut text = String::new();
    crate::num::push_number(&mut text, value);
    text
}

/// A share as per cent: one decimal below ten.
pub fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent.abs() >= 9.95 || percent == 0.0 {
        format!("{percent:.0} %")
    } else {
        format!("{percent:.1} %")
    }
}

/// Points with their sign.
pub fn signed(points: i32) -> String {
    if points > 0 {
        format!("+{points}")
    } else {
        points.to_string()
    }
}

/// A bin without a label of its own.
pub fn bin(bin: &Bin) -> String {
    if bin.otherwise {
        return "all others".to_owned();
    }
    if let Some(values) = &bin.values {
        let shown = values.iter().take(NAMED).map(|value| match value {
            Scalar::Text(text) => text.clone(),
            Scalar::Number(value) => number(*value),
            Scalar::Boolean(value) => if *value { "yes" } else { "no" }.to_owned(),
        });
        let mut shown: Vec<String> = shown.collect();
        if values.len() > NAMED {
            shown.push(format!("{} more", values.len() - NAMED));
        }
        return shown.join(", ");
    }
    match (bin.from, bin.to) {
        (Some(from), Some(to)) => format!("{} to {}", number(from), number(to)),
        (Some(from), None) => format!("{} and more", number(from)),
        (None, Some(to)) => format!("less than {}", number(to)),
        (None, None) => "all".to_owned(),
    }
}

/// Why a bin gets its points.
pub fn why(bin: &BinProposal, overall: f64) -> String {
    if bin.leads < 0.5 {
        return "No past lead is in this bin; its points follow from the bins beside it and the present ones.".to_owned();
    }
    let share = bin.won / bin.leads;
    let told = format!(
        "{} of {} leads were won ({}; {} of all)",
        number(libm::round(bin.won)),
        number(libm::round(bin.leads)),
        percent(share),
        percent(overall)
    );
    let sure = match bin.interval {
        None => "it is the bin that the others are measured against",
        Some([low, high]) if low > 0.0 || high < 0.0 => "the other criteria taken into account",
        Some(_) => "whether it differs from the commonest bin is not certain",
    };
    let prior = if bin.old.is_some() && bin.evidence < 0.5 {
        ". Outcomes decide less than half of these points"
    } else {
        ""
    };
    format!("{told}; {sure}{prior}.")
}

/// The report: what changes, by how much it helps, and what to watch.
pub fn report(proposal: &Proposal) -> String {
    let mut lines: Vec<String> = Vec::new();
    let from = &proposal.learned_from;
    lines.push(format!(
        "Learned from {} leads: {} won, {} lost.",
        from.won + from.lost,
        from.won,
        from.lost
    ));
    for (count, what) in [
        (from.open, "still open: not used"),
        (from.immature, "too young to be judged: not used"),
    ] {
        if count > 0 {
            lines.push(format!("{count} leads are {what}."));
        }
    }
    if let Some(days) = from.half_life_days {
        lines.push(format!(
            "A lead counts half after {} days, so all count as {}.",
            number(days),
            number(libm::round(from.effective))
        ));
    }
    let signal = &proposal.signal;
    let explained = format!(
        "{} of the log-loss explained (90 % interval {} to {})",
        percent(signal.explained),
        percent(signal.interval[0]),
        percent(signal.interval[1])
    );
    lines.push(match signal.strength {
        Strength::None => {
            "There is no signal that chance would not give as well. No points are proposed."
                .to_owned()
        }
        Strength::Weak => {
            format!("There is hardly any signal: {explained}. Expect little of any points.")
        }
        Strength::Clear => format!("The signal is clear: {explained}."),
    });
    if from.prior > 0.005 {
        lines.push(format!(
            "{} of the proposal is your present points, the rest comes from outcomes.",
            percent(from.prior)
        ));
    }
    if let Some(measured) = &proposal.measured {
        let how = if measured.forward {
            "fitted to earlier leads, measured on later ones"
        } else {
            "each part held out in turn"
        };
        lines.push(String::new());
        lines.push(format!(
            "Measured on {} leads that were not fitted to ({how}):",
            measured.leads
        ));
        lines.push(format!("{:<34}{:>9}{:>10}", "", "present", "proposed"));
        let row = |name: String, of: &dyn Fn(&super::proposal::Measures) -> Option<f64>| {
            let show =
                |value: Option<f64>| value.map_or("-".to_owned(), |value| format!("{value:.4}"));
            format!(
                "{name:<34}{:>9}{:>10}",
                show(measured.present.as_ref().and_then(of)),
                show(of(&measured.proposed))
            )
        };
        let best = percent(measured.capacity);
        lines.push(row("ranking (AUC)".to_owned(), &|m| Some(m.auc)));
        lines.push(row("log-loss".to_owned(), &|m| Some(m.log_loss)));
        lines.push(row("calibration error".to_owned(), &|m| {
            Some(m.calibration_error)
        }));
        lines.push(row(format!("wins among the best {best}"), &|m| {
            Some(m.recall)
        }));
        if measured.proposed.money_recall.is_some() {
            lines.push(row(format!("money among the best {best}"), &|m| {
                m.money_recall
            }));
        }
        if let Some([low, high]) = measured.gain {
            lines.push(if low > 0.0 {
                format!("The proposal is better: it takes {low:.4} to {high:.4} off the log-loss.")
            } else if high < 0.0 {
                "The proposal is worse than the present points on these leads: keep them."
                    .to_owned()
            } else {
                "That the proposal is better than the present points is not proven yet.".to_owned()
            });
        }
    }
    if let Some(volume) = &proposal.volume {
        lines.push(format!(
            "Share of leads that become MQL: {} at present, {} with the proposal.",
            percent(volume.present),
            percent(volume.proposed)
        ));
        if let (Some(at), Some(keeps)) = (volume.threshold, volume.keeps)
            && at != keeps
        {
            lines.push(format!(
                "To keep the present share, set the threshold to {keeps} points instead of {at}."
            ));
        }
    }
    if let Some(money) = &proposal.money {
        let range = |[low, high]: [f64; 2]| {
            format!(
                "{} to {}",
                number(libm::round(low)),
                number(libm::round(high))
            )
        };
        lines.push(format!(
            "Money won: {}; promised for these leads: {} ({}).",
            number(libm::round(money.won)),
            number(libm::round(money.expected)),
            range(money.interval)
        ));
        if let (Some(open), Some(interval)) = (money.open, money.open_interval) {
            lines.push(format!(
                "Open leads promise {} ({}).",
                number(libm::round(open)),
                range(interval)
            ));
        }
    }
    for (title, of) in [("Changes:", false), ("New criteria:", true)] {
        let mut told = proposal
            .criteria
            .iter()
            .filter(|criterion| criterion.added == of)
            .peekable();
        if told.peek().is_some() {
            lines.push(String::new());
            lines.push(title.to_owned());
            told.for_each(|criterion| lines.extend(changes(criterion)));
        }
    }
    let mut list = |title: &str, items: Vec<String>| {
        if !items.is_empty() {
            lines.push(String::new());
            lines.push(title.to_owned());
            lines.extend(items.into_iter().map(|item| format!("  {item}")));
        }
    };
    list(
        "Perhaps known only after the outcome:",
        proposal
            .leaks
            .iter()
            .map(|leak| format!("{}: {}", leak.id, leak.why))
            .collect(),
    );
    list(
        "What sales said of rejected leads:",
        proposal
            .feedback
            .iter()
            .map(|feedback| feedback.words.clone())
            .collect(),
    );
    list("Notes:", proposal.notes.clone());
    lines.join("\n") + "\n"
}

fn changes(criterion: &CriterionProposal) -> Vec<String> {
    let mut lines = vec![format!("  {}", criterion.label)];
    for bin in &criterion.bins {
        if bin.old == Some(bin.points) || (criterion.added && bin.points == 0) {
            continue;
        }
        let old = bin
            .old
            .map_or(String::new(), |old| format!("{} -> ", signed(old)));
        let about = bin.interval.map_or(String::new(), |[low, high]| {
            format!(" (± {:.0})", ((high - low) / 2.0).max(0.0))
        });
        lines.push(format!(
            "    {:>14}{about}  {}: {}",
            format!("{old}{}", signed(bin.points)),
            bin.label,
            bin.why
        ));
    }
    if lines.len() == 1 {
        lines.push("    nothing changes".to_owned());
    }
    lines
}
