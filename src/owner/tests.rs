//! Fairness, and that whoever leaves, comes or is away moves no more leads than must move.

use serde_json::{Value, json};

use super::*;
use crate::card::Card;
use crate::lead;
use crate::scorecard::compile::Audience;
use crate::scorecard::followed_up;
use crate::situation::Situation;

const LEADS: usize = 100_000;

/// A card whose only route leads to the queue of these owners.
fn card(owners: Value, queue: Value, audience: Audience) -> Card {
    // One account each, so that everybody is needed even without a weight.
    let accounts: Vec<Value> = (["harbourline", "other-1", "other-2", "other-3"].iter())
        .zip(owners.as_array().unwrap())
        .map(|(name, owner)| json!({"domains": [format!("{name}.example")], "owner": owner["id"]}))
        .collect();
    let parts = json!({
        "calendars": [{"id": "office", "timeZone": "Europe/Berlin", "daysOff": ["2026-11-20"],
            "hours": [{"days": ["monday", "tuesday", "wednesday", "thursday", "friday"],
                "from": "09:00", "to": "17:00"}]}],
        "owners": owners,
        "queues": [queue],
        "accounts": accounts,
    });
    followed_up(&json!([{"queue": "sales"}]), parts, audience)
}

/// Owners of these names and weights in one queue.
fn queue(members: &[(&str, u32)]) -> Card {
    let owners: Vec<Value> = members.iter().map(|(id, _)| json!({"id": id})).collect();
    card(json!(owners), of(members), Audience::Page)
}

fn of(members: &[(&str, u32)]) -> Value {
    let members = members.iter();
    let members: Vec<Value> = members
        .map(|(id, weight)| json!({"owner": id, "weight": weight}))
        .collect();
    json!({"id": "sales", "members": members})
}

fn at(text: &str) -> i64 {
    time::parse(text).unwrap()
}

/// Name of the owner of a lead, and how it came to be.
fn picked(card: &Card, lead: &Value, at: i64) -> Option<(String, PickedBy, bool)> {
    let frame = card.frame(lead);
    let lead = lead::read(&card.program, &frame).unwrap();
    let (situation, _) = Situation::new(&card.program, lead, at);
    let key = Key::of(&card.program, &situation);
    let step = &card.program.plan(0)[0];
    let picked = pick(&card.program, step, &key, &situation, at)?;
    let name = card.texts.owners[picked.owner as usize].id.clone();
    Some((name, picked.by, picked.present))
}

fn owner(card: &Card, lead: &Value) -> Option<String> {
    picked(card, lead, at("2026-11-18T10:00:00Z")).map(|(name, ..)| name)
}

fn mail(address: &str) -> Value {
    json!({"email": address})
}

/// The owners that a queue alone gives to so many companies, by their places among the owners.
fn dealt(card: &Card, count: usize) -> Vec<i32> {
    let step = &card.program.plan(0)[0];
    let frame = card.frame(&json!({}));
    let lead = lead::read(&card.program, &frame).unwrap();
    let (situation, _) = Situation::new(&card.program, lead, 0);
    let company = |number: usize| Key {
        of: None,
        text: format!("company-{number}.example"),
    };
    (0..count)
        .map(|number| {
            let picked = pick(&card.program, step, &company(number), &situation, 0);
            picked.expect("somebody takes it").owner
        })
        .collect()
}

/// How many leads each owner got.
fn counts(owners: &[i32], count: usize) -> Vec<usize> {
    let mut counts = vec![0; count];
    owners.iter().for_each(|owner| counts[*owner as usize] += 1);
    counts
}

const QUEUES: [&[(&str, u32)]; 4] = [
    &[("ann", 1), ("bob", 1)],
    &[("ann", 4), ("bob", 3), ("cid", 4)],
    &[
        ("ann", 10),
        ("bob", 5),
        ("cid", 2),
        ("dee", 1),
        ("eve", 1),
        ("fay", 1),
    ],
    &[("ann", 1000), ("bob", 1)],
];

/// The shares of 100,000 companies, which `docs/routing.md` shows.
#[test]
fn each_owner_gets_the_share_of_the_weight() {
    let mut table = String::from(
        "| weights | owner | share | companies | off | four deviations |\n\
         |---|---|---:|---:|---:|---:|\n",
    );
    for members in QUEUES {
        let counts = counts(&dealt(&queue(members), LEADS), members.len());
        let total: u32 = members.iter().map(|(_, weight)| weight).sum();
        let weights: Vec<String> = members
            .iter()
            .map(|(_, weight)| weight.to_string())
            .collect();
        for ((name, weight), count) in members.iter().zip(counts) {
            let share = f64::from(*weight) / f64::from(total);
            let expected = share * LEADS as f64;
            let bound = 4.0 * (expected * (1.0 - share)).sqrt();
            let off = count as f64 - expected;
            assert!(
                off.abs() <= bound,
                "{name} of {members:?}: {off} beyond {bound}"
            );
            let (weights, share) = (weights.join(" : "), share * 100.0);
            table += &format!(
                "| {weights} | {name} | {share:.2} % | {count} | {off:+.0} | ±{bound:.0} |\n"
            );
        }
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/routing.md");
    let text = std::fs::read_to_string(path).unwrap();
    let mark = "<!-- fairness: made by `UPDATE_GENERATED=1 cargo test owner` -->\n";
    let (before, rest) = text.split_once(mark).unwrap();
    let (_, after) = rest.split_once("<!-- /fairness -->").unwrap();
    let made = [before, mark, &table, "<!-- /fairness -->", after].concat();
    if std::env::var_os("UPDATE_GENERATED").is_some() {
        std::fs::write(path, &made).unwrap();
    }
    assert!(
        std::fs::read_to_string(path).unwrap() == made,
        "docs/routing.md: `UPDATE_GENERATED=1 cargo test owner` writes the figures anew"
    );
}

#[test]
fn who_leaves_moves_the_own_leads_only() {
    let all = [("ann", 4), ("bob", 3), ("cid", 4), ("dee", 1)];
    let before = dealt(&queue(&all), LEADS);
    // In the file the others stay where they are; who leaves has no weight.
    let mut left = all;
    left[2].1 = 0;
    let after = dealt(&queue(&left), LEADS);
    let moved = before.iter().zip(&after).filter(|(a, b)| a != b);
    assert!(moved.clone().all(|(before, _)| *before == 2));
    assert_eq!(moved.count(), counts(&before, 4)[2]);
    // Taken out of the file, places change and owners do not.
    let gone = dealt(&queue(&[("ann", 4), ("bob", 3), ("dee", 1)]), LEADS);
    let place = |owner: i32| if owner == 3 { 2 } else { owner };
    assert!(
        after
            .iter()
            .zip(&gone)
            .all(|(after, gone)| place(*after) == *gone)
    );
    // What is taken over goes by the weights of those who stay.
    let taken: Vec<i32> = (before.iter().zip(&after))
        .filter(|(before, _)| **before == 2)
        .map(|(_, after)| *after)
        .collect();
    let counts = counts(&taken, 4);
    for (owner, weight) in [(0, 4.0), (1, 3.0), (3, 1.0)] {
        let (share, all) = (weight / 8.0, taken.len() as f64);
        let off = counts[owner] as f64 - share * all;
        assert!(off.abs() <= 4.0 * (all * share * (1.0 - share)).sqrt());
    }
}

#[test]
fn a_weight_that_grows_only_takes() {
    let before = dealt(&queue(&[("ann", 4), ("bob", 3), ("cid", 4)]), LEADS);
    let after = dealt(&queue(&[("ann", 4), ("bob", 5), ("cid", 4)]), LEADS);
    let mut moved = before.iter().zip(&after).filter(|(a, b)| a != b);
    assert!(moved.all(|(_, after)| *after == 1));
    assert!(counts(&after, 3)[1] > counts(&before, 3)[1]);
}

#[test]
fn order_and_neighbours_change_nothing() {
    let one = queue(&[("ann", 4), ("bob", 3), ("cid", 4)]);
    let other = queue(&[("cid", 4), ("ann", 4), ("bob", 3)]);
    let names = |card: &Card| -> Vec<String> {
        let dealt = dealt(card, 2_000).into_iter();
        dealt
            .map(|owner| card.texts.owners[owner as usize].id.clone())
            .collect()
    };
    assert_eq!(names(&one), names(&other));
}

#[test]
fn the_same_company_gets_the_same_owner() {
    let card = queue(&[("ann", 1), ("bob", 1), ("cid", 1), ("dee", 1), ("eve", 1)]);
    let company = owner(&card, &mail("jo@brightmoor.example"));
    for lead in [
        mail("  Sam.Reed@BRIGHTMOOR.example "),
        mail("sales@brightmoor.example"),
        json!({"email": "jo@gmail.com", "company": {"domain": "brightmoor.example"}}),
        json!({"company": {"domain": "https://www.Brightmoor.example/about?a=b"}}),
    ] {
        assert_eq!(owner(&card, &lead), company, "{lead}");
    }
    // A domain where anyone can have a mailbox is no company, wherever it is given.
    let people = |lead: &dyn Fn(usize) -> Value| {
        let owners = (0..40).map(|number| owner(&card, &lead(number)));
        owners.collect::<std::collections::BTreeSet<_>>().len()
    };
    assert_eq!(people(&|n| mail(&format!("jo{n}@gmail.com"))), 5);
    assert_eq!(people(&|n| mail(&format!("jo{n}@mailinator.com"))), 5);
    let shared =
        |n| json!({"email": format!("jo{n}@gmail.com"), "company": {"domain": "gmail.com"}});
    assert_eq!(people(&shared), 5);
}

#[test]
fn a_lead_that_says_nothing_is_dealt_by_the_moment() {
    let card = queue(&[("ann", 1), ("bob", 1), ("cid", 1)]);
    let owners = (0..60).map(|second| picked(&card, &json!({}), 1000 * second));
    let owners: std::collections::BTreeSet<_> = owners.flatten().map(|(name, ..)| name).collect();
    assert_eq!(owners.len(), 3);
}

#[test]
fn one_owner_takes_all_and_one_without_weight_nothing() {
    assert_eq!(counts(&dealt(&queue(&[("ann", 1)]), 1_000), 1), [1_000]);
    let none = counts(&dealt(&queue(&[("ann", 1), ("bob", 0)]), 1_000), 2);
    assert_eq!(none, [1_000, 0]);
}

fn absent(id: &str, from: &str, to: &str) -> Value {
    json!({"id": id, "calendar": "office", "absences": [{"from": from, "to": to}]})
}

#[test]
fn who_is_away_gets_nothing_unless_all_are() {
    let members = [("ann", 1), ("bob", 1), ("cid", 1)];
    let some = card(
        json!([absent("ann", "2026-11-16", "2026-11-18"), {"id": "bob"}, {"id": "cid"}]),
        of(&members),
        Audience::Page,
    );
    let all = card(
        json!([
            absent("ann", "2026-11-16", "2026-11-18"),
            absent("bob", "2026-11-18", "2026-11-18"),
            absent("cid", "2026-11-01", "2026-12-31"),
        ]),
        of(&members),
        Audience::Page,
    );
    let usual = queue(&members);
    let now = at("2026-11-18T10:00:00Z");
    for number in 0..300 {
        let lead = mail(&format!("jo@company-{number}.example"));
        let (name, _, present) = picked(&usual, &lead, now).unwrap();
        assert!(present);
        let (instead, _, present) = picked(&some, &lead, now).unwrap();
        assert!(present);
        // Only the leads of who is away move.
        assert!(instead == name || name == "ann", "{number}");
        assert_ne!(instead, "ann");
        // Where nobody is there, the lead goes where it would go otherwise, and says so.
        assert_eq!(
            picked(&all, &lead, now),
            Some((name, PickedBy::Queue, false))
        );
    }
}

#[test]
fn presence_is_that_of_the_next_working_day() {
    let one = card(
        json!([absent("ann", "2026-11-23", "2026-11-24")]),
        of(&[("ann", 1)]),
        Audience::Page,
    );
    let present = |text: &str| picked(&one, &mail("jo@a.example"), at(text)).unwrap().2;
    assert!(present("2026-11-19T15:59:00Z"));
    // After work on Thursday, the next day is Friday, which is off.
    assert!(!present("2026-11-19T16:00:00Z"));
    // On Friday evening the next working day is Monday, the first of the absence.
    assert!(!present("2026-11-20T18:00:00Z"));
    assert!(!present("2026-11-24T15:00:00Z"));
    assert!(present("2026-11-24T20:00:00Z"));
}

#[test]
fn territories_choose_before_the_draw() {
    let country = |of: &[&str]| json!({"fact": {"id": "company.country", "in": of}});
    let owners = json!([
        {"id": "ann", "territory": country(&["DE", "AT"])},
        {"id": "bob", "territory": country(&["US"])},
    ]);
    let members = of(&[("ann", 1), ("bob", 1)]);
    let card = card(owners, members, Audience::Page);
    let lead = |country: &str| json!({"email": "jo@a.example", "company": {"country": country}});
    assert_eq!(owner(&card, &lead("AT")).as_deref(), Some("ann"));
    assert_eq!(owner(&card, &lead("US")).as_deref(), Some("bob"));
    // Whom nobody serves, and who says nothing, stays in the queue.
    assert_eq!(owner(&card, &lead("JP")), None);
    assert_eq!(owner(&card, &json!({})), None);
}

#[test]
fn accounts_keep_their_owner_where_they_are_known() {
    let owners = json!([absent("ann", "2026-12-01", "2026-12-31"), {"id": "bob"}]);
    let members = of(&[("bob", 1)]);
    let card = |audience| card(owners.clone(), members.clone(), audience);
    let accounts = |value| Audience::PageWith {
        value,
        accounts: true,
    };
    let (november, december) = (at("2026-11-18T10:00:00Z"), at("2026-12-02T10:00:00Z"));
    let by_account = Some(("ann".to_owned(), PickedBy::Account, true));
    let by_queue = Some(("bob".to_owned(), PickedBy::Queue, true));
    for audience in [Audience::Server, accounts(false), accounts(true)] {
        let card = card(audience);
        for address in ["jo@harbourline.example", "jo@Mail.Harbourline.example"] {
            assert_eq!(
                picked(&card, &mail(address), november),
                by_account,
                "{address}"
            );
        }
        let website = json!({"company": {"domain": "www.harbourline.example"}});
        assert_eq!(picked(&card, &website, november), by_account);
        assert_eq!(
            picked(&card, &mail("jo@notharbourline.example"), november),
            by_queue
        );
        // Whoever is away leaves the account to the queue for so long.
        assert_eq!(
            picked(&card, &mail("jo@harbourline.example"), december),
            by_queue
        );
    }
    let page = card(Audience::Page);
    assert_eq!(
        picked(&page, &mail("jo@harbourline.example"), november),
        by_queue
    );
    assert!(page.program.people.accounts().is_none());
}

#[test]
fn accounts_on_a_page_are_truncated_and_salted() {
    let owners = json!([{"id": "ann"}, {"id": "bob"}]);
    let members = of(&[("bob", 1)]);
    let hashes = |owners: &Value, audience| -> Vec<[i32; 3]> {
        let card = card(owners.clone(), members.clone(), audience);
        card.program.people.accounts().unwrap().owners.to_vec()
    };
    let with = Audience::PageWith {
        value: false,
        accounts: true,
    };
    let (page, server) = (hashes(&owners, with), hashes(&owners, Audience::Server));
    assert_eq!((page.len(), server.len()), (2, 2));
    for ([upper, lower, owner], [whole_upper, whole_lower, of]) in page.iter().zip(&server) {
        assert_eq!((upper, lower, owner), (whole_upper, &0, of));
        assert_ne!(*whole_lower, 0);
    }
    // Another content, another salt.
    let other = hashes(&json!([{"id": "ann"}, {"id": "bob", "name": "Bob"}]), with);
    assert_ne!(page, other);
}

#[test]
fn queues_that_rotate_deal_anew_each_period() {
    let owners = json!([{"id": "ann"}, {"id": "bob"}, {"id": "cid"}]);
    let mut members = of(&[("ann", 1), ("bob", 1), ("cid", 1)]);
    members["rotateEvery"] = json!("quarter");
    let card = card(owners, members, Audience::Page);
    let names = |text: &str| -> Vec<_> {
        let leads = (0..300).map(|number| mail(&format!("jo@company-{number}.example")));
        leads
            .map(|lead| picked(&card, &lead, at(text)).unwrap().0)
            .collect()
    };
    let first = names("2026-10-01");
    assert_eq!(first, names("2026-12-31T23:59:59Z"));
    let second = names("2027-01-01");
    let moved = first.iter().zip(&second).filter(|(a, b)| a != b).count();
    // Two of three companies move.
    assert!((160..=240).contains(&moved), "{moved}");
}

/// Written down, so that no release deals companies anew without saying so.
#[test]
fn draws_are_the_same_for_ever() {
    let card = queue(&[("ann", 4), ("bob", 3), ("cid", 4)]);
    let owners: String = dealt(&card, 40).iter().map(i32::to_string).collect();
    assert_eq!(owners, "2000102010102021211210110010212201110002");
    assert_eq!(hash(0, "ann"), 7_995_230_380_516_241_683);
}
