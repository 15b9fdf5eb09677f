//! Marketing channel of a visit, as Google Analytics 4 names it, so that a scorecard and the
//! team's reports speak of the same channels.
//!
//! The rules are GA4's default channel group for manually tagged traffic
//! (<https://support.google.com/analytics/answer/9756891>), with the AI Assistant channel that
//! Google announced on 13 May 2026 (<https://support.google.com/analytics/answer/9164320>).
//! A page sees no ad account, so the rules that read one (Google Ads campaign type, Display &
//! Video 360, Search Ads 360) are not here, and tags on a link win over its click id: where Google
//! Analytics cannot read the account, it also falls back to the tags.

use alloc::string::String;

use super::sources::{Category, look_up};
use super::table::trim;
use super::url;
use crate::text::{holds, is_among, lower_case};
use crate::vocabulary::vocabulary;

vocabulary! {
    /// A channel of GA4's default channel group, in the order in which its rules are tried.
    pub enum Channel {
        /// No source is known: address typed, bookmark, or an app that says nothing.
        Direct = "direct",
        /// Ads over several networks at once (Performance Max and the like).
        CrossNetwork = "crossNetwork",
        /// Ads on shopping sites or of a shopping campaign.
        PaidShopping = "paidShopping",
        /// Ads on search engines.
        PaidSearch = "paidSearch",
        /// Ads on social networks.
        PaidSocial = "paidSocial",
        /// Ads on video sites.
        PaidVideo = "paidVideo",
        /// Banners.
        Display = "display",
        /// Ads of any other sort.
        PaidOther = "paidOther",
        /// Links from AI assistants.
        AiAssistant = "aiAssistant",
        /// Unpaid links from shopping sites.
        OrganicShopping = "organicShopping",
        /// Unpaid links from social networks.
        OrganicSocial = "organicSocial",
        /// Unpaid links from video sites.
        OrganicVideo = "organicVideo",
        /// Unpaid search results.
        OrganicSearch = "organicSearch",
        /// Links from other sites.
        Referral = "referral",
        /// Links in email.
        Email = "email",
        /// Links of affiliates.
        Affiliates = "affiliates",
        /// Ads in audio.
        Audio = "audio",
        /// Links in text messages.
        Sms = "sms",
        /// Links in notifications of a mobile device.
        MobilePushNotifications = "mobilePushNotifications",
        /// Tagged, but so that no rule fits.
        Unassigned = "unassigned",
    }
}

vocabulary! {
    /// A parameter that an ad platform adds to a link, spelt as the platform spells it. If a link
    /// has several, the first in this order speaks.
    pub enum ClickId {
        /// Google Ads.
        Gclid = "gclid",
        /// Google Ads, app to web on iOS.
        Gbraid = "gbraid",
        /// Google Ads, web to app on iOS.
        Wbraid = "wbraid",
        /// Campaign Manager 360, Display & Video 360.
        Dclid = "dclid",
        /// Google Ads where the others are withheld. Campaign Manager adds it too, with `dclid`.
        GadSource = "gad_source",
        /// Microsoft Advertising.
        Msclkid = "msclkid",
        /// LinkedIn ads with enhanced conversion tracking.
        LiFatId = "li_fat_id",
        /// TikTok ads.
        Ttclid = "ttclid",
        /// X ads.
        Twclid = "twclid",
        /// Facebook and Instagram, on ads and on ordinary posts alike.
        Fbclid = "fbclid",
    }
}

impl ClickId {
    /// Source and medium that the click id proves where a link has no tags.
    ///
    /// Google's three and Microsoft's are what Google Analytics and Microsoft's auto-tagging
    /// write themselves; `dfa / cpm` is what Google Analytics makes of a lone `dclid`. LinkedIn,
    /// TikTok and X document their ids as added to ad clicks. Facebook adds `fbclid` to every
    /// link, so it says where from and never that it was paid.
    pub const fn origin(self) -> (&'static str, &'static str) {
        match self {
            Self::Gclid | Self::Gbraid | Self::Wbraid | Self::GadSource => ("google", "cpc"),
            Self::Dclid => ("dfa", "cpm"),
            Self::Msclkid => ("bing", "cpc"),
            Self::LiFatId => ("linkedin", "cpc"),
            Self::Ttclid => ("tiktok", "cpc"),
            Self::Twclid => ("twitter", "cpc"),
            Self::Fbclid => ("facebook", "referral"),
        }
    }
}

/// What is known of how a visitor came. All of it is optional: empty means not known.
#[derive(Clone, Copy, Debug, Default)]
pub struct Touch<'a> {
    /// `utm_source`; wins over the one in `landing_page`, as do the next two.
    pub source: &'a str,
    /// `utm_medium`.
    pub medium: &'a str,
    /// `utm_campaign`.
    pub campaign: &'a str,
    /// Click ids kept from the landing page; those in `landing_page` count too.
    pub click_ids: &'a [ClickId],
    /// URL of the page before.
    pub referrer: &'a str,
    /// URL of the first page seen, with its query.
    pub landing_page: &'a str,
}

/// Source, medium and campaign as Google Analytics would report them, with its words for what is
/// missing: `(direct)`, `(none)`, `(not set)`. Spelt as given, without white space around them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// A tag, a search engine's name or the referrer's host.
    pub source: String,
    /// `cpc`, `organic`, `referral`, `ai-assistant` or a tag.
    pub medium: String,
    /// A tag, or empty.
    pub campaign: String,
}

impl Origin {
    /// The channel of this origin.
    pub fn channel(&self) -> Channel {
        channel(&self.source, &self.medium, &self.campaign)
    }
}

const AI_ASSISTANT: &str = "ai-assistant";
const NOT_SET: &str = "(not set)";

/// Where a visit came from: its tags, else a click id, else the referrer, else direct.
///
/// Tags are taken as a whole, as Google Analytics does: with a source or a medium given, the
/// referrer is not asked. What the tags leave out comes from the click id, and a missing medium is
/// `ai-assistant` where the source is an AI assistant, since ChatGPT tags its links with a source
/// only. A referrer of the same site as the landing page is none.
pub fn origin(touch: &Touch<'_>) -> Origin {
    let tag = |given: &str, name| match trim(given) {
        "" => url::parameter(touch.landing_page, name),
        given => String::from(given),
    };
    let mut source = tag(touch.source, "utm_source");
    let mut medium = tag(touch.medium, "utm_medium");
    let campaign = tag(touch.campaign, "utm_campaign");
    let click_id = ClickId::ALL.iter().copied().find(|id| {
        touch.click_ids.contains(id) || !url::parameter(touch.landing_page, id.id()).is_empty()
    });
    let tagged = !source.is_empty() || !medium.is_empty();
    let referrer = if tagged { None } else { referrer(touch) };
    let host = referrer.unwrap_or_else(|| lower_case(&source));
    let known = look_up(&host);
    let (missing_source, missing_medium) = match (click_id, known) {
        // fbclid also stays on links that are passed on: a referrer knows better.
        (Some(id), _) if tagged || host.is_empty() || id != ClickId::Fbclid => id.origin(),
        (_, Some((Category::Assistant, _))) => (url::without_www(&host), AI_ASSISTANT),
        _ if tagged => (NOT_SET, NOT_SET),
        (_, Some((Category::Search, engine))) => (engine, "organic"),
        _ if host.is_empty() => ("(direct)", "(none)"),
        _ => (url::without_www(&host), "referral"),
    };
    for (given, missing) in [(&mut source, missing_source), (&mut medium, missing_medium)] {
        if given.is_empty() {
            given.push_str(missing);
        }
    }
    Origin {
        source,
        medium,
        campaign,
    }
}

/// The host of the page before, unless it is of the same site.
fn referrer(touch: &Touch<'_>) -> Option<String> {
    let referrer = url::host(touch.referrer)?;
    let own = url::host(touch.landing_page).unwrap_or_default();
    (!url::same_site(&referrer, &own)).then_some(referrer)
}

/// The channel of a source, medium and campaign: the first rule that fits. Case and white space
/// around the texts do not matter. Nothing given is direct.
pub fn channel(source: &str, medium: &str, campaign: &str) -> Channel {
    let [source, medium, campaign] = [source, medium, campaign].map(|tag| lower_case(trim(tag)));
    let (source, medium) = (source.as_str(), medium.as_str());
    let category = look_up(source).map(|(category, _)| category);
    let paid =
        holds(medium, "cp") || one_of(medium, "ppc|retargeting") || medium.starts_with("paid");
    let shopping = category == Some(Category::Shopping) || names_shop(&campaign);
    let untold = source.is_empty() && medium.is_empty();

    if untold || (source == "(direct)" && one_of(medium, "(not set)|(none)")) {
        Channel::Direct
    } else if holds(&campaign, "cross-network") {
        Channel::CrossNetwork
    } else if paid && let Some(channel) = paid_channel(category, shopping) {
        channel
    } else if one_of(medium, "display|banner|expandable|interstitial|cpm") {
        Channel::Display
    } else if paid {
        Channel::PaidOther
    } else if medium == AI_ASSISTANT {
        // Google does not say where this rule stands; before the organic ones it cannot be lost.
        Channel::AiAssistant
    } else if shopping {
        Channel::OrganicShopping
    } else if category == Some(Category::Social) || one_of(medium, SOCIAL_MEDIUMS) {
        Channel::OrganicSocial
    } else if category == Some(Category::Video) || holds(medium, "video") {
        Channel::OrganicVideo
    } else if category == Some(Category::Search) || medium == "organic" {
        Channel::OrganicSearch
    } else if one_of(medium, "referral|app|link") {
        Channel::Referral
    } else if one_of(source, EMAIL) || one_of(medium, EMAIL) {
        Channel::Email
    } else if medium == "affiliate" {
        Channel::Affiliates
    } else if medium == "audio" {
        Channel::Audio
    } else if source == "sms" || medium == "sms" {
        Channel::Sms
    } else if medium.ends_with("push")
        || holds(medium, "mobile")
        || holds(medium, "notification")
        || source == "firebase"
    {
        Channel::MobilePushNotifications
    } else {
        Channel::Unassigned
    }
}

/// The channel of a paid visit whose source or campaign tells it.
fn paid_channel(category: Option<Category>, shopping: bool) -> Option<Channel> {
    match category {
        _ if shopping => Some(Channel::PaidShopping),
        Some(Category::Search) => Some(Channel::PaidSearch),
        Some(Category::Social) => Some(Channel::PaidSocial),
        Some(Category::Video) => Some(Channel::PaidVideo),
        _ => None,
    }
}

/// The channel of a visit: the channel of its [`origin`].
pub fn of(touch: &Touch<'_>) -> Channel {
    origin(touch).channel()
}

const EMAIL: &str = "email|e-mail|e_mail|e mail";
const SOCIAL_MEDIUMS: &str = "social|social-network|social-media|sm|social network|social media";

/// Google's `^(.*(([^a-df-z]|^)shop|shopping).*)$` on lower case: `shop` at the start, after an
/// `e` or after what is no letter, or `shopping` anywhere. So `eshop`, but not `workshop`.
fn names_shop(campaign: &str) -> bool {
    let bytes = campaign.as_bytes();
    let begins_word = |at: usize| match at.checked_sub(1).and_then(|at| bytes.get(at)) {
        Some(before) => *before == b'e' || !before.is_ascii_lowercase(),
        None => true,
    };
    let mut windows = bytes.windows(4).enumerate();
    windows.any(|(at, window)| window == b"shop" && begins_word(at)) || holds(campaign, "shopping")
}

/// Whether `text` is one of the words, between which stands a bar.
fn one_of(text: &str, words: &str) -> bool {
    is_among(text.as_bytes(), words, b'|')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SITE: &str = "https://www.acme.com/pricing";

    #[track_caller]
    fn check(referrer: &str, landing_page: &str, expected: &str) {
        let touch = Touch {
            referrer,
            landing_page,
            ..Touch::default()
        };
        let Origin { source, medium, .. } = origin(&touch);
        let found = [&*source, " / ", &*medium, " / ", of(&touch).id()].concat();
        assert_eq!(found, expected, "{referrer} -> {landing_page}");
    }

    #[track_caller]
    fn tagged(query: &str, expected: &str) {
        check("", &[SITE, "?", query].concat(), expected);
    }

    #[test]
    fn nothing_known_or_own_site_is_direct() {
        check("", "", "(direct) / (none) / direct");
        check("", SITE, "(direct) / (none) / direct");
        check(
            "https://blog.acme.com/post",
            SITE,
            "(direct) / (none) / direct",
        );
        check("about:blank", SITE, "(direct) / (none) / direct");
    }

    #[test]
    fn referrers() {
        check(
            "https://www.google.com/",
            SITE,
            "google / organic / organicSearch",
        );
        check(
            "https://www.google.co.uk/",
            SITE,
            "google / organic / organicSearch",
        );
        check(
            "android-app://com.google.android.googlequicksearchbox/",
            SITE,
            "google / organic / organicSearch",
        );
        check(
            "https://cn.bing.com/search?q=crm",
            SITE,
            "bing / organic / organicSearch",
        );
        check(
            "https://duckduckgo.com/",
            SITE,
            "duckduckgo / organic / organicSearch",
        );
        check(
            "https://r.search.yahoo.com/_ylt=A",
            SITE,
            "yahoo / organic / organicSearch",
        );
        check(
            "https://l.facebook.com/",
            SITE,
            "l.facebook.com / referral / organicSocial",
        );
        check("https://t.co/abc", SITE, "t.co / referral / organicSocial");
        check(
            "https://lnkd.in/abc",
            SITE,
            "lnkd.in / referral / organicSocial",
        );
        check(
            "https://www.linkedin.com/feed/",
            SITE,
            "linkedin.com / referral / organicSocial",
        );
        check(
            "https://news.ycombinator.com/item?id=1",
            SITE,
            "news.ycombinator.com / referral / organicSocial",
        );
        check(
            "https://www.youtube.com/watch?v=1",
            SITE,
            "youtube.com / referral / organicVideo",
        );
        check(
            "https://www.amazon.de/dp/1",
            SITE,
            "amazon.de / referral / organicShopping",
        );
        check(
            "https://aws.amazon.com/marketplace",
            SITE,
            "aws.amazon.com / referral / referral",
        );
        check(
            "https://mail.google.com/",
            SITE,
            "mail.google.com / referral / referral",
        );
        check(
            "https://www.g2.com/products/acme",
            SITE,
            "g2.com / referral / referral",
        );
        check(
            "https://chatgpt.com/",
            SITE,
            "chatgpt.com / ai-assistant / aiAssistant",
        );
        check(
            "https://gemini.google.com/app",
            SITE,
            "gemini.google.com / ai-assistant / aiAssistant",
        );
        check(
            "https://www.perplexity.ai/",
            SITE,
            "perplexity.ai / ai-assistant / aiAssistant",
        );
    }

    #[test]
    fn tags() {
        tagged(
            "utm_source=google&utm_medium=cpc&utm_campaign=crm",
            "google / cpc / paidSearch",
        );
        tagged("utm_source=bing&utm_medium=PPC", "bing / PPC / paidSearch");
        tagged(
            "utm_source=linkedin&utm_medium=paid_social",
            "linkedin / paid_social / paidSocial",
        );
        tagged(
            "utm_source=LinkedIn&utm_medium=sponsored",
            "LinkedIn / sponsored / organicSocial",
        );
        tagged(
            "utm_source=youtube&utm_medium=paidvideo",
            "youtube / paidvideo / paidVideo",
        );
        tagged(
            "utm_source=criteo&utm_medium=retargeting",
            "criteo / retargeting / paidOther",
        );
        tagged(
            "utm_source=capterra&utm_medium=cpc",
            "capterra / cpc / paidOther",
        );
        tagged("utm_source=gdn&utm_medium=cpm", "gdn / cpm / display");
        tagged(
            "utm_source=google&utm_medium=cpm",
            "google / cpm / paidSearch",
        );
        tagged(
            "utm_source=site&utm_medium=banner",
            "site / banner / display",
        );
        tagged(
            "utm_source=google&utm_medium=cpc&utm_campaign=Q3+Cross-Network",
            "google / cpc / crossNetwork",
        );
        tagged(
            "utm_source=google&utm_medium=cpc&utm_campaign=web-shop",
            "google / cpc / paidShopping",
        );
        tagged(
            "utm_source=google&utm_medium=cpc&utm_campaign=workshop",
            "google / cpc / paidSearch",
        );
        tagged(
            "utm_source=blog&utm_medium=post&utm_campaign=eshop",
            "blog / post / organicShopping",
        );
        tagged(
            "utm_source=newsletter&utm_medium=email",
            "newsletter / email / email",
        );
        tagged(
            "utm_source=newsletter&utm_medium=E-Mail",
            "newsletter / E-Mail / email",
        );
        tagged("utm_source=email&utm_medium=crm", "email / crm / email");
        tagged(
            "utm_source=hs_email&utm_medium=newsletter",
            "hs_email / newsletter / unassigned",
        );
        tagged(
            "utm_source=awin&utm_medium=affiliate",
            "awin / affiliate / affiliates",
        );
        tagged(
            "utm_source=podcast&utm_medium=audio",
            "podcast / audio / audio",
        );
        tagged("utm_source=twilio&utm_medium=sms", "twilio / sms / sms");
        tagged(
            "utm_source=onesignal&utm_medium=webpush",
            "onesignal / webpush / mobilePushNotifications",
        );
        tagged(
            "utm_source=firebase&utm_medium=x",
            "firebase / x / mobilePushNotifications",
        );
        tagged(
            "utm_source=partner.com&utm_medium=referral",
            "partner.com / referral / referral",
        );
        tagged(
            "utm_source=blog&utm_medium=social%20media",
            "blog / social media / organicSocial",
        );
        tagged(
            "utm_source=x&utm_medium=organic_video",
            "x / organic_video / organicSocial",
        );
        tagged(
            "utm_source=embed&utm_medium=organic_video",
            "embed / organic_video / organicVideo",
        );
        tagged(
            "utm_source=seo&utm_medium=organic",
            "seo / organic / organicSearch",
        );
        tagged(
            "UTM_Source=%20Google%20&UTM_MEDIUM=CPC",
            "Google / CPC / paidSearch",
        );
        tagged(
            "utm_source=chatgpt.com",
            "chatgpt.com / ai-assistant / aiAssistant",
        );
        tagged("utm_source=partner", "partner / (not set) / unassigned");
        tagged("utm_medium=cpc", "(not set) / cpc / paidOther");
        tagged(
            "utm_source=&utm_medium=&utm_campaign=spring",
            "(direct) / (none) / direct",
        );
        tagged("utm_source=(direct)", "(direct) / (not set) / direct");
        tagged("utm_source=%FF%GG&utm_medium=%", "%FF%GG / % / unassigned");
    }

    #[test]
    fn tags_win_over_referrer_and_explicit_ones_over_the_page() {
        let page = "https://acme.com/?utm_source=newsletter&utm_medium=email&utm_campaign=may";
        check(
            "https://www.google.com/",
            page,
            "newsletter / email / email",
        );
        let touch = Touch {
            source: "bing",
            medium: "cpc",
            landing_page: page,
            ..Touch::default()
        };
        let found = origin(&touch);
        assert_eq!(
            (&*found.source, &*found.medium, &*found.campaign),
            ("bing", "cpc", "may")
        );
        assert_eq!(of(&touch), Channel::PaidSearch);
    }

    #[test]
    fn click_ids() {
        tagged("gclid=Cj0K", "google / cpc / paidSearch");
        tagged("gbraid=0AAA", "google / cpc / paidSearch");
        tagged("wbraid=0AAA", "google / cpc / paidSearch");
        tagged("gad_source=1", "google / cpc / paidSearch");
        tagged("gad_source=7&dclid=CJK", "dfa / cpm / display");
        tagged("msclkid=1a2b", "bing / cpc / paidSearch");
        tagged("li_fat_id=1a2b", "linkedin / cpc / paidSocial");
        tagged("ttclid=E.C.P", "tiktok / cpc / paidSocial");
        tagged("twclid=2-abc", "twitter / cpc / paidSocial");
        tagged("fbclid=IwAR", "facebook / referral / organicSocial");
        tagged("gclid=&fbclid=", "(direct) / (none) / direct");
        tagged("fbclid=IwAR&gclid=Cj0K", "google / cpc / paidSearch");
        tagged("utm_source=google&gclid=Cj0K", "google / cpc / paidSearch");
        tagged("utm_medium=cpc&msclkid=1", "bing / cpc / paidSearch");
        tagged(
            "utm_source=facebook&utm_medium=paid&fbclid=Iw",
            "facebook / paid / paidSocial",
        );
        tagged(
            "utm_source=newsletter&utm_medium=email&gclid=1",
            "newsletter / email / email",
        );
        check(
            "https://www.google.com/",
            "https://acme.com/?gclid=1",
            "google / cpc / paidSearch",
        );
        check(
            "https://l.instagram.com/",
            "https://acme.com/?fbclid=1",
            "l.instagram.com / referral / organicSocial",
        );
        let kept = Touch {
            click_ids: &[ClickId::Fbclid, ClickId::Gclid],
            ..Touch::default()
        };
        assert_eq!(of(&kept), Channel::PaidSearch);
    }

    #[test]
    fn shop_in_campaign_names() {
        for (campaign, expected) in [
            ("shop", true),
            ("Shop now", true),
            ("eshop", true),
            ("E-SHOP", true),
            ("2shop", true),
            ("workshop", false),
            ("coffeeshop", true),
            ("bishop", false),
            ("window shopping", true),
            ("workshopping", true),
            ("éshop", true),
            ("sho", false),
            ("", false),
            ("pshop shop", true),
        ] {
            assert_eq!(names_shop(&lower_case(campaign)), expected, "{campaign}");
        }
    }

    fn tag() -> impl Strategy<Value = String> {
        prop_oneof![
            any::<String>(),
            "[ a-zA-Z.()_-]{0,12}",
            "(google|Facebook|t.co|cpc|email|shop|organic|ai-assistant|mobile)",
        ]
    }

    proptest! {
        #[test]
        fn any_touch_has_a_channel(
            source in tag(), medium in tag(), campaign in tag(), referrer in tag(), page in tag(),
        ) {
            let page = ["https://acme.com/?utm_source=", &page, "&gclid=", &page].concat();
            let touch = Touch {
                source: &source, medium: &medium, campaign: &campaign, click_ids: &[],
                referrer: &referrer, landing_page: &page,
            };
            prop_assert_eq!(of(&touch), origin(&touch).channel());
        }

        #[test]
        fn case_and_space_do_not_matter(source in tag(), medium in tag(), campaign in tag()) {
            let loud = [&source, &medium, &campaign].map(|t| format!("  {} ", t.to_ascii_uppercase()));
            prop_assert_eq!(
                channel(&source, &medium, &campaign),
                channel(&loud[0], &loud[1], &loud[2])
            );
        }
    }
}
