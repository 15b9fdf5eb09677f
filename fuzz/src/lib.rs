//! What the targets share: the samples, and what must hold for every verdict.

use std::sync::LazyLock;

use leadfit::card::{Card, Verdict};
use leadfit::scorecard::{self, Audience};
use libfuzzer_sys::fuzzer_mutate;
use serde_json::{Value, json};

/// 18 November 2026, as in the samples.
pub const NOW: i64 = 1_794_996_000_000;

/// The sample that an input is tried on: any, but the same for the same input.
pub fn sample(input: &[u8]) -> &'static Card {
    let sum: usize = input.iter().map(|byte| usize::from(*byte)).sum();
    &SAMPLES[sum % SAMPLES.len()]
}

/// The samples, for pages and for servers.
pub static SAMPLES: LazyLock<Vec<Card>> = LazyLock::new(|| {
    let texts = [
        include_str!("../../www/sample/b2b-software.json"),
        include_str!("../../www/sample/hubspot-shaped.json"),
        include_str!("../../www/sample/self-serve-sales-assist.json"),
    ];
    texts
        .iter()
        .flat_map(|text| [Audience::Page, Audience::Server].map(|audience| load(text, audience)))
        .collect()
});

fn load(text: &str, audience: Audience) -> Card {
    let bytes = scorecard::compile(text, audience).expect("a sample compiles");
    Card::from_bytes(&bytes).expect("a sample loads")
}

/// Leads that reach most of what a program may hold.
static LEADS: LazyLock<Vec<Value>> = LazyLock::new(|| {
    vec![
        json!({}),
        json!({
            "jobTitle": "VP Marketing", "email": "a@b.example", "seniority": "vp",
            "company": { "employees": { "from": 10, "to": 500 }, "country": "DE" },
            "attribution": { "source": "google", "medium": "cpc" },
            "events": [
                { "type": "pageView", "at": NOW, "path": "/pricing" },
                { "type": "demoRequest", "at": "2026-11-01" },
            ],
        }),
    ]
});

/// Judges fixed leads with a card of which nothing is known.
pub fn judge_some(card: &Card) {
    for lead in LEADS.iter() {
        let frame = card.frame(lead);
        let verdict = card.evaluate(&frame, NOW).expect("a frame of this card");
        verdict.to_json();
    }
}

/// Judges a frame; gives whether it is one.
pub fn judge(card: &Card, frame: &[u8], now: i64) -> bool {
    let Ok(verdict) = card.evaluate(frame, now) else {
        return false;
    };
    check(&verdict);
    let text = verdict.to_json();
    serde_json::from_str::<Value>(&text).expect("a verdict is JSON");
    let again = card.evaluate(frame, now).map(|verdict| verdict.to_json());
    assert_eq!(again.as_ref(), Ok(&text), "the same lead, another verdict");
    true
}

fn check(verdict: &Verdict) {
    let points: i64 = verdict.reasons.iter().map(|reason| reason.points).sum();
    assert_eq!(points, verdict.score, "reasons add up");
    assert_eq!(verdict.fit + verdict.engagement, verdict.score);
    assert!((verdict.range.low..=verdict.range.high).contains(&verdict.score));
    assert!(verdict.unknown.iter().all(|of| of.low <= of.high));
    assert!(verdict.warnings.len() <= 50);
}

/// Cases of the samples as frames: the sample's number, the moment, the frame.
static FRAMES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let all = SAMPLES.iter().enumerate().flat_map(|(index, card)| {
        LEADS.iter().map(move |lead| {
            let head = [&[index as u8][..], &NOW.to_le_bytes()].concat();
            [head, card.frame(lead)].concat()
        })
    });
    all.collect()
});

static CARDS: LazyLock<Vec<Vec<u8>>> =
    LazyLock::new(|| SAMPLES.iter().map(Card::to_bytes).collect());

/// Mutates a frame, or a fresh one from time to time.
pub fn mutate_frame(data: &mut [u8], size: usize, max: usize, seed: u32) -> usize {
    mutate_one_of(&FRAMES, data, size, max, seed)
}

/// Mutates a compiled scorecard, or a fresh one from time to time.
pub fn mutate_card(data: &mut [u8], size: usize, max: usize, seed: u32) -> usize {
    mutate_one_of(&CARDS, data, size, max, seed)
}

fn mutate_one_of(seeds: &[Vec<u8>], data: &mut [u8], size: usize, max: usize, seed: u32) -> usize {
    let mut random = Random(u64::from(seed));
    let mut size = size;
    if size < 16 || random.below(64) == 0 {
        let seed = &seeds[random.below(seeds.len())];
        size = seed.len().min(max);
        data[..size].copy_from_slice(&seed[..size]);
    }
    fuzzer_mutate(data, size, max)
}

/// Mutates JSON as JSON most of the time, so that what comes out still reads.
pub fn mutate_json(data: &mut [u8], size: usize, max: usize, seed: u32) -> usize {
    let mut random = Random(u64::from(seed));
    if random.below(8) > 0
        && let Ok(mut value) = serde_json::from_slice::<Value>(&data[..size])
    {
        for _ in 0..=random.below(3) {
            change(&mut value, &mut random);
        }
        let text = value.to_string();
        if text.len() <= max {
            data[..text.len()].copy_from_slice(text.as_bytes());
            return text.len();
        }
    }
    fuzzer_mutate(data, size, max)
}

fn change(value: &mut Value, random: &mut Random) {
    let donor = match random.below(2) {
        0 => nth(value, &mut random.below(count(value)))
            .cloned()
            .unwrap_or_default(),
        _ => random.odd(),
    };
    let donor = if donor.to_string().len() > 4096 {
        random.odd()
    } else {
        donor
    };
    let Some(place) = nth(value, &mut random.below(count(value))) else {
        return;
    };
    match (random.below(5), place) {
        (0, Value::Array(items)) if !items.is_empty() => {
            items.remove(random.below(items.len()));
        }
        (1, Value::Array(items)) => items.insert(random.below(items.len() + 1), donor),
        (0, Value::Object(fields)) if !fields.is_empty() => {
            let key = fields
                .keys()
                .nth(random.below(fields.len()))
                .cloned()
                .unwrap_or_default();
            fields.remove(&key);
        }
        (1, Value::Object(fields)) => {
            let key = donor.as_str().unwrap_or("__proto__").to_owned();
            fields.insert(key, random.odd());
        }
        (2, Value::Number(number)) => {
            let moved =
                number.as_f64().unwrap_or_default() * [-1.0, 0.5, 2.0, 1e3][random.below(4)];
            *number = serde_json::Number::from_f64(moved).unwrap_or_else(|| 1.into());
        }
        (_, place) => *place = donor,
    }
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(fields) => fields.values().map(count).sum(),
        _ => 0,
    }
}

fn nth<'v>(value: &'v mut Value, left: &mut usize) -> Option<&'v mut Value> {
    if *left == 0 {
        return Some(value);
    }
    *left -= 1;
    match value {
        Value::Array(items) => items.iter_mut().find_map(|item| nth(item, left)),
        Value::Object(fields) => fields.values_mut().find_map(|field| nth(field, left)),
        _ => None,
    }
}

/// Numbers without much order (SplitMix64), the same for the same seed.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % end.max(1) as u64) as usize
    }

    fn odd(&mut self) -> Value {
        let all = [
            json!(null),
            json!(true),
            json!(0),
            json!(-1),
            json!(64),
            json!(10_000),
            json!(-0.0),
            json!(0.1),
            json!(1e300),
            json!(5e-324),
            json!(i64::MIN),
            json!(u64::MAX),
            json!(""),
            json!(" "),
            json!("x"),
            json!("else"),
            json!("51-200"),
            json!("2026-11-18"),
            json!("Größe 🙂"),
            json!("\u{0}"),
            json!("x".repeat(300)),
            json!([]),
            json!({}),
            json!({ "from": 5, "to": 1 }),
            json!({ "not": {} }),
            json!([[]]),
        ];
        let index = self.below(all.len());
        all.into_iter().nth(index).unwrap_or_default()
    }
}
