//! Kinds of well-known sites, as GA4's channel rules need them: search, social, shopping, video,
//! and AI assistants. Written by hand and kept short: the sites that send visitors to businesses
//! today. lists/README.md says how it was checked.

use super::table::{cut, find, lower, parents, trim, until};
use super::url;

/// What kind of site a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Category {
    Assistant,
    Search,
    Shopping,
    Social,
    Video,
}

/// How the sites of one category are known.
struct Sites {
    category: Category,
    /// The brand's own name, and its domains under any ending: `google`, `google.de`.
    brands: &'static str,
    /// Names that tagged links use; as a domain they may belong to someone else.
    names: &'static str,
    /// Domains, with all that is below them.
    hosts: &'static str,
}

/// The category of `source`, a tag (`google`, `LinkedIn`) or a host (`m.facebook.com`), and the
/// short name under which it is known.
pub(super) fn look_up(source: &str) -> Option<(Category, &'static str)> {
    let source = trim(source);
    if cut(source, b".").is_none() {
        let name = lower(source);
        return first(|sites| find(sites.brands, &name).or_else(|| find(sites.names, &name)));
    }
    let host = url::host(source)?;
    if host == GOOGLE_APP {
        return Some((Category::Search, "google"));
    }
    let known = parents(&host).find_map(|domain| first(|sites| find(sites.hosts, domain)));
    if known.is_some() {
        return known;
    }
    let (left, domain) = url::registered(&host);
    let label = until(domain, b".");
    let (category, brand) = first(|sites| find(sites.brands, label))?;
    let everywhere = matches!(category, Category::Social | Category::Video);
    (everywhere || are_front_doors(left)).then_some((category, brand))
}

fn first(known: impl Fn(&Sites) -> Option<&'static str>) -> Option<(Category, &'static str)> {
    SITES
        .iter()
        .find_map(|sites| Some((sites.category, known(sites)?)))
}

/// Whether all labels before a search or shopping brand still lead to search or shop, and not to
/// another product of the house (`mail.google.com`, `aws.amazon.com`).
fn are_front_doors(mut labels: &str) -> bool {
    while !labels.is_empty() {
        let (label, rest) = cut(labels, b".").unwrap_or((labels, ""));
        if label.len() > 2 && find(FRONT_DOORS, label).is_none() {
            return false;
        }
        labels = rest;
    }
    true
}

/// The Google app on Android, as a referrer `android-app://…` names it.
const GOOGLE_APP: &str = "com.google.android.googlequicksearchbox";

/// Labels that lead to search or shop; labels of one or two letters (`m`, `de`) do too.
const FRONT_DOORS: &str = "amp html images lens lite mobile news play search smile wap www";

const SITES: [Sites; 5] = [
    Sites {
        category: Category::Assistant,
        brands: "chatgpt perplexity",
        names: "claude copilot deepseek gemini grok openai",
        hosts: "bard.google.com chat.deepseek.com chat.mistral.ai chat.openai.com chat.qwen.ai \
            chatgpt.com claude.ai copilot.microsoft.com deepseek.com doubao.com duck.ai \
            gemini.google.com grok.com kimi.com meta.ai notebooklm.google.com perplexity.ai \
            pi.ai poe.com you.com",
    },
    Sites {
        category: Category::Search,
        brands: "aol baidu bing coccoc daum duckduckgo ecosia google metager mojeek msn naver qwant \
            rambler seznam sogou startpage swisscows yahoo yandex",
        names: "360 ask brave kagi onet so",
        hosts: "360.cn ask.com centrum.cz go.mail.ru kagi.com ntp.msn.com onet.pl search.brave.com \
            search.ukr.net so.com suche.t-online.de suche.web.de",
    },
    Sites {
        category: Category::Shopping,
        brands: "alibaba aliexpress amazon ebay etsy mercadolibre mercadolivre shopify walmart",
        names: "google-shopping idealo kelkoo stripe temu",
        hosts: "checkout.shopify.com checkout.stripe.com idealo.co.uk idealo.de one.walmart.com \
            partners.shopify.com shop.app shopping.google.com shopping.naver.com \
            shopping.yahoo.co.jp shopping.yahoo.com stripe.com temu.com",
    },
    Sites {
        category: Category::Social,
        brands: "academia blogger blogspot deviantart facebook flickr flipboard foursquare glassdoor \
            goodreads instagram kakao linkedin mastodon meetup pinterest quora reddit scribd \
            slashdot slideshare snapchat stackexchange stackoverflow tiktok tripadvisor \
            tumblr twitter vkontakte wechat weibo whatsapp wordpress xing yammer yelp",
        names: "bluesky bsky discord fb hackernews ig li line medium messenger odnoklassniki social \
            telegram tencent threads trustpilot tw vk x zalo",
        hosts: "academia.edu askubuntu.com bit.ly blog.naver.com bsky.app buff.ly buffer.com \
            cafe.naver.com com.facebook.katana com.linkedin.android com.reddit.frontpage \
            com.twitter.android discord.com fb.com fb.me groups.google.com gutefrage.net \
            kin.naver.com line.me lnkd.in medium.com messenger.com news.ycombinator.com \
            odnoklassniki.ru ok.ru ow.ly qzone.qq.com redd.it researchgate.net scoop.it \
            serverfault.com sites.google.com superuser.com t.co t.me threads.com threads.net \
            tinyurl.com truthsocial.com vk.com wa.me web.telegram.org x.com zalo.me",
    },
    Sites {
        category: Category::Video,
        brands: "dailymotion rumble twitch vimeo wistia youku youtube",
        names: "ted yt",
        hosts: "bilibili.com fast.wistia.net ted.com twitch.tv youtu.be",
    },
];

#[cfg(test)]
mod tests {
    use super::super::table::assert_sorted;
    use super::*;

    #[track_caller]
    fn check(source: &str, expected: Option<(Category, &str)>) {
        assert_eq!(look_up(source), expected, "{source}");
    }

    #[test]
    fn tables_are_sorted() {
        for sites in &SITES {
            for table in [sites.brands, sites.names, sites.hosts] {
                assert_sorted(table);
            }
        }
        assert_sorted(FRONT_DOORS);
    }

    #[test]
    fn brands_by_name_and_under_any_ending() {
        check("Google", Some((Category::Search, "google")));
        check(" google.co.uk ", Some((Category::Search, "google")));
        check("www.google.de", Some((Category::Search, "google")));
        check(
            "https://www.google.com/search?q=x",
            Some((Category::Search, "google")),
        );
        check("r.search.yahoo.com", Some((Category::Search, "yahoo")));
        check("m.facebook.com", Some((Category::Social, "facebook")));
        check("pinterest.com.mx", Some((Category::Social, "pinterest")));
        check("player.vimeo.com", Some((Category::Video, "vimeo")));
    }

    #[test]
    fn other_products_of_a_house_are_not_its_search_or_shop() {
        check("mail.google.com", None);
        check("docs.google.com", None);
        check("aws.amazon.com", None);
        check("finance.yahoo.com", None);
        check(
            "gemini.google.com",
            Some((Category::Assistant, "gemini.google.com")),
        );
        check(
            "groups.google.com",
            Some((Category::Social, "groups.google.com")),
        );
    }

    #[test]
    fn names_are_not_domains() {
        check("ig", Some((Category::Social, "ig")));
        check("ig.com", None);
        check("t.co", Some((Category::Social, "t.co")));
        check("at.co", None);
        check("google.com.evil.io", None);
        check("notgoogle.com", None);
        check("", None);
        check(".", None);
        check("..", None);
    }
}
