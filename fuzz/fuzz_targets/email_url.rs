#![no_main]

use leadfit::signals::channel::{self, ClickId, Touch};
use leadfit::signals::{email, url};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut lines = text.splitn(6, '\n');
    let [first, source, medium, campaign, referrer, landing_page] =
        std::array::from_fn(|_| lines.next().unwrap_or_default());
    email::kind(first);
    if let Some(domain) = email::domain(first) {
        assert!(!domain.is_empty());
    }
    url::decode(first);
    for link in [referrer, landing_page] {
        url::host(link);
        url::parameter(link, "utm_source");
    }
    assert_eq!(
        url::same_site(referrer, landing_page),
        url::same_site(landing_page, referrer)
    );
    let click_ids = ClickId::from_id(first);
    let touch = Touch {
        source,
        medium,
        campaign,
        referrer,
        landing_page,
        click_ids: click_ids.as_slice(),
    };
    assert_eq!(channel::of(&touch), channel::origin(&touch).channel());
});
