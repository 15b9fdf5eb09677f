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
    let by_host = parents(&host).find_map(|domain| {
        let hit = first(|sites| find(sites.hosts, domain));
        hit.map(Some)
            .or_else(|| find(OTHER_HOSTS, domain).map(|_| None))
    });
    if let Some(known) = by_host {
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

const FRONT_DOORS: &str = "amp espanol html images lens lite malaysia mobile news play search \
    smile videosearch wap websearch www yandsearch";

/// Hosts below the ones above that are of no category.
const OTHER_HOSTS: &str = "business.google.com e.mail.ru outlook.live.com";

const SITES: [Sites; 5] = [
    Sites {
        category: Category::Assistant,
        brands: "chatgpt perplexity",
        names: "claude copilot deepseek gemini grok openai",
        hosts: "bard.google.com chat.deepseek.com chat.mistral.ai chat.openai.com chat.qwen.ai \
            chatglm.cn chatgpt.com claude.ai copilot.microsoft.com deepseek.com doubao.com \
            duck.ai gemini.google.com grok.com iask.ai kimi.com meta.ai notebooklm.google.com \
            perplexity.ai phind.com pi.ai poe.com you.com",
    },
    Sites {
        category: Category::Search,
        brands: "aol baidu biglobe bing coccoc daum dogpile duckduckgo ecosia eniro google kvasir \
            lycos metager mojeek msn naver presearch qwant rambler seznam sogou startpage \
            startsiden swisscows yahoo yandex",
        names: "360 alice ask auone avg babylon brave centrum comcast conduit excite google-play \
            kagi onet search-results so terra ukr virgilio",
        hosts: "360.cn ask.com centrum.cz excite.com \
            fireball.de firmy.cz go.mail.ru kagi.com najdi.si ntp.msn.com onet.pl \
            search.auone.jp search.brave.com search.marginalia.nu search.smt.docomo.ne.jp \
            search.ukr.net searx.be so.com suche.aol.de suche.t-online.de suche.web.de tut.by \
            websearch.rakuten.co.jp",
    },
    Sites {
        category: Category::Shopping,
        brands: "alibaba aliexpress amazon ebay etsy mercadolibre mercadolivre shopify shopzilla \
            walmart",
        names: "google-shopping idealo igshopping kelkoo stripe temu",
        hosts: "checkout.shopify.com checkout.stripe.com idealo.co.uk idealo.de one.walmart.com \
            partners.shopify.com shop.app shopping.google.com shopping.naver.com \
            shopping.yahoo.co.jp shopping.yahoo.com simplycodes.com stripe.com temu.com",
    },
    Sites {
        category: Category::Social,
        brands: "academia blogger blogspot deviantart digg disqus facebook fandom flickr flipboard \
            foursquare glassdoor goodreads hootsuite houzz instagram kakao linkedin livejournal \
            mastodon meetup myspace pinterest quora reddit scribd skype slashdot slideshare \
            snapchat stackexchange stackoverflow techmeme threads tiktok tripadvisor tumblr \
            twitter typepad vkontakte wattpad wechat weibo whatsapp wordpress xing yammer yelp",
        names: "bluesky bsky discord fb hackernews ig li line medium messenger odnoklassniki social \
            telegram tencent trustpilot tw vk x zalo",
        hosts: "5ch.net academia.edu ameblo.jp answers.yahoo.com askubuntu.com b.hatena.ne.jp bit.ly \
            blog.naver.com bsky.app buff.ly buffer.com cafe.naver.com chat.zalo.me \
            chiebukuro.yahoo.co.jp com.facebook.katana com.linkedin.android com.reddit.frontpage \
            com.twitter.android discord.com douban.com fb.com fb.me getpocket.com goo.gl \
            groups.google.com gutefrage.net hatena.ne.jp instapaper.com kin.naver.com line.me \
            lnkd.in medium.com messages.google.com messenger.com mixi.jp myanimelist.net \
            news.ycombinator.com nicovideo.jp odnoklassniki.ru ok.ru ow.ly plus.google.com \
            qzone.qq.com redd.it researchgate.net scoop.it serverfault.com sites.google.com \
            superuser.com t.co t.me threads.com threads.net tinyurl.com truthsocial.com vk.com \
            wa.me web.telegram.org x.com youroom.in zalo.me",
    },
    Sites {
        category: Category::Video,
        brands: "crackle curiositystream dailymotion disneyplus hulu iqiyi netflix rumble twitch veoh \
            vimeo wistia youku youtube",
        names: "ted yt",
        hosts: "bilibili.com d.tube fast.wistia.net iq.com ted.com twitch.tv youtu.be",
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
        assert_sorted(OTHER_HOSTS);
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
            "answers.yahoo.com",
            Some((Category::Social, "answers.yahoo.com")),
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
