//! Host and query parameters of an untrusted URL. Lenient on purpose: a referrer or a landing
//! page with a fault in one place still says what its other places say. It is no URL parser; it
//! follows the WHATWG URL standard where that decides who a host is and what a parameter says.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use super::table::{cut, has, trim, until};
use crate::text::lower_case;

/// Bytes of a URL that are looked at; what comes after them is ignored.
pub const MAX_BYTES: usize = 8192;

/// Bytes of the longest host name (RFC 1035 §2.3.4).
const MAX_HOST: usize = 253;

/// The host of `url` in lower case, without user, port and final dot.
///
/// A text without a scheme counts if it starts with a dotted name (`www.example.com/page`), since
/// exports often store referrers so. `None` for paths, IPv6 addresses and names that are too long
/// or hold a character that no host has.
pub fn host(url: &str) -> Option<String> {
    authority(url).map(lower_case)
}

/// The host of `url` as it is spelt there.
pub(super) fn authority(url: &str) -> Option<&str> {
    let url = trim(bounded(url));
    let (scheme, rest) = match url.as_bytes().windows(2).position(|pair| pair == b"//") {
        Some(at) if is_scheme(url.get(..at)?) => (true, url.get(at + 2..)?),
        _ => (false, url),
    };
    let authority = until(rest, b"/\\?#");
    let user = authority
        .bytes()
        .rposition(|byte| byte == b'@')
        .map_or(0, |at| at + 1);
    let name = until(authority.get(user..)?, b":");
    let name = name.strip_suffix('.').unwrap_or(name);
    let named = scheme || (user == 0 && cut(name, b".").is_some());
    let fits = named && !name.is_empty() && name.len() <= MAX_HOST;
    (fits && name.bytes().all(is_host_byte)).then_some(name)
}

/// The first value of query parameter `name` that is not empty, decoded and without white space
/// around it; empty if there is none. Upper case in the URL's names does not matter.
pub fn parameter(url: &str, name: &str) -> String {
    let mut rest = cut(until(bounded(url), b"#"), b"?").map_or("", |(_, query)| query);
    while !rest.is_empty() {
        let (pair, next) = cut(rest, b"&").unwrap_or((rest, ""));
        rest = next;
        if let Some((found, value)) = cut(pair, b"=")
            && found.eq_ignore_ascii_case(name)
        {
            let value = decode(value);
            let value = trim(&value);
            if !value.is_empty() {
                return value.to_owned();
            }
        }
    }
    String::new()
}

/// Undoes form encoding: `+` is a space, `%41` is `A`. A `%` without two hexadecimal digits stays
/// as it is, and so does the whole text if what comes out is not UTF-8.
pub fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let (byte, next) = match (first, after) {
            (b'%', [high, low, after @ ..]) => match (hex(*high), hex(*low)) {
                (Some(high), Some(low)) => (high << 4 | low, after),
                _ => (b'%', rest.get(1..).unwrap_or_default()),
            },
            (b'+', _) => (b' ', after),
            _ => (*first, after),
        };
        bytes.push(byte);
        rest = next;
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// Whether both hosts are of one site: equal but for `www.`, one below the other, or both below
/// the same registered domain, which is judged by shape (there is no public suffix list on the
/// page). Sites on a shared publishing host are strangers to each other.
pub fn same_site(one: &str, other: &str) -> bool {
    let below = |child: &str, parent: &str| {
        child
            .strip_suffix(parent)
            .is_some_and(|left| left.is_empty() || left.ends_with('.'))
    };
    let (one, other) = (without_www(one), without_www(other));
    if one.is_empty() || other.is_empty() {
        return false;
    }
    let domain = registered(one).1;
    let strangers = has(SHARED_HOSTS, domain);
    below(one, other) || below(other, one) || (!strangers && domain == registered(other).1)
}

/// What stands before the registered domain of `host`, and that domain: its last two labels, or
/// three below a second-level ending such as `co.uk`.
pub(super) fn registered(host: &str) -> (&str, &str) {
    let last = last_dot(host, host.len());
    let second = last.and_then(|last| last_dot(host, last));
    let cut = match (last, second) {
        (Some(to), Some(from)) if host.len() - to == 3 && is_ending(host.get(from + 1..to)) => {
            last_dot(host, from)
        }
        _ => second,
    };
    cut.and_then(|at| Some((host.get(..at)?, host.get(at + 1..)?)))
        .unwrap_or(("", host))
}

fn last_dot(host: &str, end: usize) -> Option<usize> {
    host.as_bytes()
        .get(..end)?
        .iter()
        .rposition(|byte| *byte == b'.')
}

fn is_ending(label: Option<&str>) -> bool {
    label.is_some_and(|label| has(ENDINGS, label))
}

/// Labels under which countries register domains of the third level.
const ENDINGS: &str = "ac co com edu go gob gov ne net nom or org";

/// Registered domains whose subdomains belong to different people.
const SHARED_HOSTS: &str = "blogspot.com github.io herokuapp.com myshopify.com netlify.app \
    pages.dev vercel.app webflow.io wixsite.com wordpress.com";

pub(super) fn without_www(host: &str) -> &str {
    host.strip_prefix("www.").unwrap_or(host)
}

fn bounded(url: &str) -> &str {
    url.get(..url.floor_char_boundary(MAX_BYTES))
        .unwrap_or_default()
}

/// Whether `text` is a scheme and its colon, or nothing: `//host` takes the page's scheme.
fn is_scheme(text: &str) -> bool {
    text.is_empty()
        || text.strip_suffix(':').is_some_and(|name| {
            name.bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
        })
}

fn is_host_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') || !byte.is_ascii()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::super::table::assert_sorted;
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check_host(url: &str, expected: Option<&str>) {
        assert_eq!(host(url).as_deref(), expected, "{url}");
    }

    #[test]
    fn hosts() {
        check_host(
            "https://www.Example.com/path?q=1#x",
            Some("www.example.com"),
        );
        check_host("HTTP://example.com:8080", Some("example.com"));
        check_host("//example.com/x", Some("example.com"));
        check_host("www.example.com/x", Some("www.example.com"));
        check_host("https://user:pass@example.com@evil.com/", Some("evil.com"));
        check_host("https://example.com\\@evil.com/", Some("example.com"));
        check_host("https://example.com./", Some("example.com"));
        check_host("https://localhost/x", Some("localhost"));
        check_host("https://münchen.de/", Some("münchen.de"));
        check_host(
            "android-app://com.linkedin.android/",
            Some("com.linkedin.android"),
        );
        check_host(" https://example.com ", Some("example.com"));
    }

    #[test]
    fn no_hosts() {
        for url in [
            "",
            "/pricing?utm_source=x",
            "?q=a.b",
            "about:blank",
            "javascript:alert(1)//a.com",
            "mailto:jo@example.com",
            "https://",
            "https:///x",
            "https://[::1]/",
            "https://a b.com/",
            "data:text/html,<a.b>",
            "pricing",
            "https://exa%6Dple.com/",
        ] {
            check_host(url, None);
        }
        check_host(&["https://", &"a".repeat(254), ".com"].concat(), None);
    }

    #[track_caller]
    fn check_parameter(url: &str, name: &str, expected: &str) {
        assert_eq!(parameter(url, name), expected, "{url} {name}");
    }

    #[test]
    fn parameters() {
        let url = "/x?a=1&b=&c&&=d&B=+2%20&a=3&aa=4#?e=5";
        check_parameter(url, "a", "1");
        check_parameter(url, "b", "2");
        check_parameter(url, "c", "");
        check_parameter(url, "e", "");
        check_parameter("?a=b=c?d", "a", "b=c?d");
        check_parameter("?UTM_Source=Caf%C3%A9+1", "utm_source", "Café 1");
        check_parameter("https://example.com/", "a", "");
        check_parameter("", "", "");
    }

    #[test]
    fn decoding_keeps_what_is_malformed() {
        for (text, expected) in [
            ("", ""),
            ("plain", "plain"),
            ("a+b%20c", "a b c"),
            ("100%", "100%"),
            ("%", "%"),
            ("%4", "%4"),
            ("%zz%41", "%zzA"),
            ("%%41", "%A"),
            ("%C3%A9", "é"),
            ("%FF", "%FF"),
            ("é+%2B", "é +"),
            ("%2541", "%41"),
            ("%00", "\0"),
        ] {
            assert_eq!(decode(text), expected, "{text}");
        }
    }

    #[test]
    fn tables_are_sorted() {
        assert_sorted(ENDINGS);
        assert_sorted(SHARED_HOSTS);
    }

    #[test]
    fn sites() {
        for (one, other, same) in [
            ("acme.com", "www.acme.com", true),
            ("blog.acme.com", "acme.com", true),
            ("blog.acme.com", "app.acme.com", true),
            ("blog.acme.co.uk", "app.acme.co.uk", true),
            ("one.hp.de", "two.hp.de", true),
            ("acme.co.uk", "other.co.uk", false),
            ("acme.com", "notacme.com", false),
            ("acme.com", "acme.de", false),
            ("one.github.io", "two.github.io", false),
            ("", "", false),
            ("localhost", "localhost", true),
        ] {
            assert_eq!(same_site(one, other), same, "{one} {other}");
            assert_eq!(same_site(other, one), same, "{other} {one}");
        }
    }

    #[test]
    fn long_urls_are_cut_and_not_refused() {
        let long = [
            "https://example.com/?a=1&b=",
            &"é".repeat(MAX_BYTES),
            "&c=2",
        ]
        .concat();
        assert_eq!(host(&long).as_deref(), Some("example.com"));
        assert_eq!(parameter(&long, "a"), "1");
        assert_eq!(parameter(&long, "c"), "");
    }

    proptest! {
        #[test]
        fn any_text_gives_an_answer(text in any::<String>(), noise in "[a-z%:/?#@.&=+\\\\é ]{0,60}") {
            for url in [&text, &noise] {
                host(url);
                decode(url);
                parameter(url, "a");
                registered(url);
                same_site(url, &noise);
            }
        }

        #[test]
        fn an_encoded_value_comes_back(value in any::<String>()) {
            let encoded: String = value.bytes().map(|b| format!("%{b:02x}")).collect();
            prop_assert_eq!(decode(&encoded), value);
        }
    }
}
