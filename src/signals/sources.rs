//! Kinds of well-known sites, as GA4's channel rules need them: search, social, shopping, video,
//! and AI assistants. A short choice from published lists, made by `lists/refresh.mjs`: the sites
//! that send visitors to businesses today.

use super::sites::{ASSISTANT, SEARCH, SHOPPING, SOCIAL, VIDEO};
use super::table::{cut, has, parents, trim, until};
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

/// The category of `source`, a tag (`google`, `linkedin`) or a host (`m.facebook.com`) in lower
/// case, and the short name under which it is known.
pub(super) fn look_up(source: &str) -> Option<(Category, &str)> {
    let source = trim(source);
    if cut(source, b".").is_none() {
        let brand = [source, "."].concat();
        return Some((category(source).or_else(|| category(&brand))?, source));
    }
    let host = url::authority(source)?;
    if host == GOOGLE_APP {
        return Some((Category::Search, "google"));
    }
    if let Some(known) = parents(host).find_map(|domain| Some((category(domain)?, domain))) {
        return Some(known);
    }
    let (left, domain) = url::registered(host);
    let name = until(domain, b".");
    let category = category(domain.get(..=name.len())?)?;
    let everywhere = matches!(category, Category::Social | Category::Video);
    (everywhere || are_front_doors(left)).then_some((category, name))
}

fn category(entry: &str) -> Option<Category> {
    let known = SITES.iter().find(|(_, sites)| has(sites, entry));
    known.map(|(category, _)| *category)
}

/// Whether all labels before a search or shopping brand still lead to search or shop, and not to
/// another product of the house (`mail.google.com`, `aws.amazon.com`).
fn are_front_doors(mut labels: &str) -> bool {
    while !labels.is_empty() {
        let (label, rest) = cut(labels, b".").unwrap_or((labels, ""));
        if label.len() > 2 && !has(FRONT_DOORS, label) {
            return false;
        }
        labels = rest;
    }
    true
}

/// The Google app on Android, as a referrer `android-app://…` names it.
const GOOGLE_APP: &str = "com.google.android.googlequicksearchbox";

/// Labels that lead to search or shop; labels of one or two letters (`m`, `de`) do too.
const FRONT_DOORS: &str = "amp images news search shop smile www";

/// `brand.` stands for the brand's name in tagged links and for its domains under any ending,
/// `name` for a name alone, and `a.host` for that domain with all that is below it.
const SITES: [(Category, &str); 5] = [
    (Category::Assistant, ASSISTANT),
    (Category::Search, SEARCH),
    (Category::Shopping, SHOPPING),
    (Category::Social, SOCIAL),
    (Category::Video, VIDEO),
];

#[cfg(test)]
mod tests {
    use super::super::table::assert_sorted;
    use super::*;

    #[track_caller]
    fn check(source: &str, expected: Option<(Category, &str)>) {
        assert_eq!(look_up(&source.to_lowercase()), expected, "{source}");
    }

    #[test]
    fn tables_are_sorted() {
        for (_, sites) in SITES {
            assert_sorted(sites);
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
