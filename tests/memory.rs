//! Judging leads keeps nothing: what a lead took is given back, and even a hostile one takes little.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use leadfit::card::Card;
use leadfit::scorecard::{self, Audience};
use serde_json::{Value, json};

/// The allocator of the system, which counts.
struct Counting;

static LIVE: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call goes to the system's allocator as it is; only sizes are added up.
#[allow(unsafe_code)]
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let live = LIVE.fetch_add(layout.size(), Relaxed) + layout.size();
        MOST.fetch_max(live, Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), Relaxed);
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Values that no fact wants, and some that many want.
fn oddities() -> Vec<Value> {
    let event = json!({ "type": "pageView", "at": "2026-11-18", "path": "/pricing" });
    vec![
        json!(null),
        json!(true),
        json!(-0.0),
        json!(1e300),
        json!(5e-324),
        json!(""),
        json!("VP Marketing & Sales"),
        json!("x".repeat(9000)),
        json!("Größe 🙂 \u{0}\u{202e} ".repeat(400)),
        json!("9".repeat(400)),
        json!("a@b.example"),
        json!("2026-11-18T10:00:00Z"),
        json!(vec!["y"; 101]),
        json!([[], {}, null, "marketing"]),
        json!({ "from": 5, "to": 1 }),
        json!({ "from": 10 }),
        json!({ "employees": "51-200", "country": 7, "value": 3, "lastAt": "never" }),
        json!(vec![event; 50]),
        json!(vec![json!({ "type": 1 }); 60]),
    ]
}

#[test]
fn judging_10_000_hostile_leads_keeps_nothing() {
    let text = include_str!("../www/sample/b2b-software.json");
    let card = Card::from_bytes(&scorecard::compile(text, Audience::Server).unwrap()).unwrap();
    let oddities = oddities();
    let keys = [
        "email",
        "jobTitle",
        "company",
        "department",
        "seniority",
        "answers",
        "aggregates",
        "events",
        "attribution",
        "stage",
        "consent",
    ];
    let judge = |number: usize| {
        let value = |key: usize| oddities[(number / (key + 1) + key * 7) % oddities.len()].clone();
        let lead: Value = keys
            .iter()
            .enumerate()
            .map(|(index, key)| ((*key).to_owned(), value(index)))
            .collect::<serde_json::Map<_, _>>()
            .into();
        let frame = card.frame(&lead);
        let verdict = card.evaluate(&frame, 1_794_996_000_000).unwrap();
        verdict.to_json().len()
    };
    // Tables that are made once are made by now.
    judge(7);
    let before = LIVE.load(Relaxed);
    MOST.store(before, Relaxed);
    let told: usize = (0..10_000).map(judge).sum();
    assert!(told > 0);
    assert_eq!(LIVE.load(Relaxed), before);
    let most = MOST.load(Relaxed) - before;
    assert!(most < 4 << 20, "{most} bytes at once");
}
