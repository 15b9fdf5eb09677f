//! What an email address tells of a lead: is it one, and is it a mailbox at work.
//!
//! Syntax is the WHATWG HTML standard's, the same that a browser's `<input type=email>` tests
//! (<https://html.spec.whatwg.org/#valid-e-mail-address>), and beyond it: no dot at either end of
//! the local part nor two in a row (RFC 5321 §4.1.2), at least two labels in the domain, a last
//! label that is no number, 64 bytes before the `@`, 253 after, 254 in all (RFC 5321 §4.5.3.1).
//!
//! A domain in another script counts, as browsers accept it: it is read in its ASCII form
//! (Punycode, RFC 3492), so that `müller.de` from a spreadsheet and `xn--mller-kva.de` from a form
//! are one company. A local part in another script is refused, as browsers refuse it.

use alloc::string::String;
use alloc::vec::Vec;

use super::domains::{DISPOSABLE, FREE};
use super::table::{cut, find, lower, parents, trim, until};
use crate::vocabulary::vocabulary;
use alloc::borrow::Cow;

vocabulary! {
    /// Kinds of email address. The first that fits, from the last to the first, is the kind.
    pub enum EmailKind {
        /// A person's mailbox at a domain that is none of the following.
        Work = "work",
        /// A mailbox of a department or a machine at such a domain: `sales@`, `noreply@`.
        RoleAddress = "roleAddress",
        /// A mailbox that anyone can have: webmail, an access provider's customer mail.
        Free = "free",
        /// An address made to be thrown away.
        Disposable = "disposable",
        /// No address at all.
        Invalid = "invalid",
    }
}

/// The kind of `email`. White space around it and upper case do not matter.
pub fn kind(email: &str) -> EmailKind {
    let Some((local, domain)) = split(email) else {
        return EmailKind::Invalid;
    };
    if parents(&domain).any(|domain| find(DISPOSABLE, domain).is_some()) {
        EmailKind::Disposable
    } else if find(FREE, &domain).is_some() || free_anywhere(&domain) {
        EmailKind::Free
    } else if is_role(local) {
        EmailKind::RoleAddress
    } else {
        EmailKind::Work
    }
}

/// The domain of `email` in lower case and ASCII, or `None` if the address is invalid.
pub fn domain(email: &str) -> Option<Cow<'_, str>> {
    split(email).map(|(_, domain)| domain)
}

const MAX_EMAIL: usize = 254;
const MAX_LOCAL: usize = 64;
const MAX_DOMAIN: usize = 253;
const MAX_LABEL: usize = 63;

/// Local part and domain of a valid address.
fn split(email: &str) -> Option<(&str, Cow<'_, str>)> {
    let email = trim(email);
    if email.len() > MAX_EMAIL {
        return None;
    }
    let (local, domain) = cut(email, b"@")?;
    if !is_local(local) {
        return None;
    }
    let domain = if domain.is_ascii() {
        lower(domain)
    } else {
        Cow::Owned(to_ascii(domain)?)
    };
    is_domain(&domain).then_some((local, domain))
}

fn is_local(local: &str) -> bool {
    let mut last = b'.';
    let fits = local.bytes().all(|byte| {
        let before = core::mem::replace(&mut last, byte);
        is_atom_byte(byte) || (byte == b'.' && before != b'.')
    });
    fits && last != b'.' && local.len() <= MAX_LOCAL
}

fn is_atom_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-".contains(&byte)
}

fn is_domain(domain: &str) -> bool {
    let mut rest = domain;
    while let Some((label, next)) = cut(rest, b".") {
        if !is_label(label) {
            return false;
        }
        rest = next;
    }
    let several = rest.len() < domain.len();
    let number = rest.bytes().all(|byte| byte.is_ascii_digit());
    several && !number && is_label(rest) && domain.len() <= MAX_DOMAIN
}

fn is_label(label: &str) -> bool {
    (1..=MAX_LABEL).contains(&label.len())
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Whether a brand gives mailboxes under this country's ending: `hotmail.fr`, `yahoo.co.uk`.
fn free_anywhere(domain: &str) -> bool {
    let Some((brand, ending)) = cut(domain, b".") else {
        return false;
    };
    let country = ending
        .strip_prefix("com.")
        .or_else(|| ending.strip_prefix("co."));
    let known = matches!(ending, "com" | "net") || country.unwrap_or(ending).len() == 2;
    known && matches!(brand, "gmx" | "hotmail" | "outlook" | "yahoo" | "yandex")
}

/// Whether a mailbox is read by whoever is on duty, not by one person. A tag after `+` and
/// hyphens and underscores do not matter: `no-reply`, `sales+emea`.
fn is_role(local: &str) -> bool {
    let mut name = until(local, b"+").to_ascii_lowercase();
    name.retain(|c| !matches!(c, '-' | '_'));
    find(ROLES, &name).is_some()
}

/// RFC 2142's mailbox names, and what companies print on their contact page in the languages of
/// our job titles. No word that is also a person's name.
const ROLES: &str = "abuse accounting accounts accueil admin administracion administrador administration \
    administrativo administrator amministrazione anfrage atencion atendimento ayuda \
    bestellung bewerbung billing booking bookings buchhaltung buero bureau business \
    careers clients comercial commercial commerciale communication compras compta \
    comptabilite contabilidad contabilita contact contacto contactus contato \
    customercare customerservice customersupport dev direction donotreply dpo einkauf \
    email empfang enquiries enquiry events facturacion facturas feedback finance \
    financeiro ftp general hallo hello help helpdesk hi hostmaster hr info infos inkoop \
    inquiries inquiry invoice invoices it jobs kontakt kundenservice legal mail mailbox \
    mailerdaemon management marketing media news newsletter nobody noc noreply \
    notifications office operations orders partners payroll personal postmaster press \
    presse privacy procurement purchasing reception rechnung recruiting recruitment root \
    rrhh sales salg secretaria secretariat security segreteria sekretariat service \
    services shop sklep soporte staff subscribe suporte support team tech unsubscribe \
    usenet uucp vendas ventas verkauf verkoop vertrieb web webmaster www zentrale";

/// A domain with labels in any script, in ASCII: lower case, labels in Punycode where needed.
/// The ideographic full stops separate labels too (UTS #46).
///
/// Lower case is found by arithmetic for Latin, Greek and Cyrillic, which are the scripts in use
/// that have case; letters typed as base and accent are not joined. `None` for what no label holds.
fn to_ascii(domain: &str) -> Option<String> {
    let mut ascii = String::new();
    let mut label = Vec::new();
    for c in domain.chars() {
        if matches!(c, '.' | '\u{3002}' | '\u{ff0e}' | '\u{ff61}') {
            push_label(&label, &mut ascii)?;
            ascii.push('.');
            label.clear();
        } else if c.is_whitespace() || is_mark(c) {
            return None;
        } else {
            label.push(lower_case(c));
        }
    }
    push_label(&label, &mut ascii)?;
    Some(ascii)
}

fn push_label(label: &[u32], out: &mut String) -> Option<()> {
    if label.iter().any(|c| !is_basic(*c)) {
        out.push_str("xn--");
        return punycode(label, out);
    }
    push_basic(label, out);
    Some(())
}

fn is_basic(c: u32) -> bool {
    c < 0x80
}

fn push_basic(label: &[u32], out: &mut String) {
    out.extend(
        label
            .iter()
            .filter_map(|c| char::from_u32(*c))
            .filter(char::is_ascii),
    );
}

/// Punctuation, formatting marks and stand-ins that no domain label holds.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{b6}' | '\u{b8}'..='\u{bf}' | '\u{d7}' | '\u{f7}')
        || matches!(c, '\u{2000}'..='\u{200b}' | '\u{200e}'..='\u{206f}')
        || matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{fe00}'..='\u{ffff}')
}

/// The code point of `c` in lower case.
fn lower_case(c: char) -> u32 {
    let distance = match c {
        'A'..='Z' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{de}' => 32,
        '\u{391}'..='\u{3a9}' | '\u{410}'..='\u{42f}' => 32,
        '\u{400}'..='\u{40f}' => 80,
        '\u{386}' => 38,
        '\u{388}'..='\u{38a}' => 37,
        // Pairs of upper and lower case; the upper one is even, or odd, by stretch.
        '\u{100}'..='\u{12f}'
        | '\u{48a}'..='\u{4bf}'
        | '\u{132}'..='\u{137}'
        | '\u{14a}'..='\u{177}' => 1 - (c as u32 & 1),
        '\u{139}'..='\u{148}' | '\u{179}'..='\u{17e}' => c as u32 & 1,
        _ => 0,
    };
    c as u32 + distance
}

/// Appends the Punycode of `label` (RFC 3492 §6.3, names as there). `None` if it is longer than a
/// label may be, which also bounds the work and keeps `delta` far below overflow.
fn punycode(label: &[u32], out: &mut String) -> Option<()> {
    const BASE: u32 = 36;
    const T_MIN: u32 = 1;
    const T_MAX: u32 = 26;
    const SKEW: u32 = 38;
    const DAMP: u32 = 700;
    if label.len() > MAX_LABEL {
        return None;
    }
    push_basic(label, out);
    let mut handled = label.iter().map(|c| u32::from(is_basic(*c))).sum::<u32>();
    if handled > 0 {
        out.push('-');
    }
    let (mut n, mut delta, mut bias, mut damp) = (128, 0, 72, DAMP);
    while let Some(next) = label.iter().copied().filter(|c| *c >= n).min() {
        delta += (next - n) * (handled + 1);
        n = next;
        for c in label.iter().copied() {
            delta += u32::from(c < n);
            if c != n {
                continue;
            }
            let (mut q, mut k) = (delta, BASE);
            loop {
                let t = k.saturating_sub(bias).clamp(T_MIN, T_MAX);
                if q < t {
                    break;
                }
                push_digit(t + (q - t) % (BASE - t), out);
                q = (q - t) / (BASE - t);
                k += BASE;
            }
            push_digit(q, out);
            handled += 1;
            delta /= damp;
            delta += delta / handled;
            k = 0;
            while delta > (BASE - T_MIN) * T_MAX / 2 {
                delta /= BASE - T_MIN;
                k += BASE;
            }
            bias = k + (BASE - T_MIN + 1) * delta / (delta + SKEW);
            (delta, damp) = (0, 2);
        }
        delta += 1;
        n += 1;
    }
    Some(())
}

/// `a` to `z` stand for 0 to 25, `0` to `9` for 26 to 35.
fn push_digit(value: u32, out: &mut String) {
    out.extend(char::from_digit((value + 10) % 36, 36));
}

#[cfg(test)]
mod tests {
    use super::super::table::assert_sorted;
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(email: &str, expected: EmailKind) {
        assert_eq!(kind(email), expected, "{email:?}");
        assert_eq!(
            domain(email).is_none(),
            expected == EmailKind::Invalid,
            "{email:?}"
        );
    }

    #[track_caller]
    fn all(expected: EmailKind, emails: &[&str]) {
        for email in emails {
            check(email, expected);
        }
    }

    #[test]
    fn tables_are_sorted() {
        for table in [FREE, DISPOSABLE, ROLES] {
            assert_sorted(table);
        }
    }

    #[test]
    fn the_tables_are_used_as_they_stand() {
        for entry in FREE.split(' ') {
            check(&["jo@", entry].concat(), EmailKind::Free);
        }
        for entry in DISPOSABLE.split(' ') {
            check(&["jo@", entry].concat(), EmailKind::Disposable);
        }
    }

    #[test]
    fn work() {
        all(
            EmailKind::Work,
            &[
                "jo@example.com",
                "jo.smith@example.co.uk",
                "Jo.Smith@EXAMPLE.COM",
                " jo@example.com\n",
                "\u{feff}jo@example.com\u{a0}",
                "jo+trial@example.com",
                "o'brien@example.ie",
                "jo_smith-1@sub.sub.example.com",
                "!#$%&'*+/=?^_`{|}~-@example.com",
                "1@example.com",
                "jo@1.com",
                "jo@123.example",
                "jo@x-y.z",
                "jo@xn--mller-kva.de",
                "jo@example.c0m",
                "jo@a.b.c.d.e.f.g",
                "jo@oracle.com",
                "jo@proton.ch",
                "jo@mygmail.com",
                "jo@gmail.com.example.com",
                "jo@corp.web.de",
                "jo@yahooinc.com",
                "jo@outlook.consulting",
                "information@example.com",
            ],
        );
    }

    #[test]
    fn free() {
        all(
            EmailKind::Free,
            &[
                "jo@gmail.com",
                "JO@GMAIL.COM",
                "jo@googlemail.com",
                "jo@outlook.com",
                "jo@hotmail.fr",
                "jo@yahoo.co.uk",
                "jo@yahoo.com.br",
                "jo@gmx.net",
                "jo@gmx.at",
                "jo@web.de",
                "jo@qq.com",
                "jo@163.com",
                "jo@naver.com",
                "jo@mail.ru",
                "jo@libero.it",
                "jo@orange.fr",
                "jo@t-online.de",
                "jo@proton.me",
                "jo@icloud.com",
                "jo@comcast.net",
                "jo@live.nl",
                "jo@privaterelay.appleid.com",
                "info@gmail.com",
            ],
        );
    }

    #[test]
    fn disposable() {
        all(
            EmailKind::Disposable,
            &[
                "jo@mailinator.com",
                "jo@Guerrillamail.com",
                "jo@10minutemail.com",
                "jo@yopmail.com",
                "jo@temp-mail.org",
                "jo@trashmail.com",
                "jo@sharklasers.com",
                "jo@inbox.mailinator.com",
                "jo@a.b.c.yopmail.com",
                "info@mailinator.com",
            ],
        );
        check("jo@notmailinator.com", EmailKind::Work);
        check("jo@mailinator.com.example.com", EmailKind::Work);
    }

    #[test]
    fn roles() {
        all(
            EmailKind::RoleAddress,
            &[
                "info@example.com",
                "Sales@example.com",
                "no-reply@example.com",
                "no_reply@example.com",
                "noreply@example.com",
                "do-not-reply@example.com",
                "sales+emea@example.com",
                "kontakt@example.de",
                "vertrieb@m\u{fc}ller.de",
                "postmaster@example.com",
            ],
        );
        all(
            EmailKind::Work,
            &[
                "infox@example.com",
                "sales.jo@example.com",
                "jo+sales@example.com",
            ],
        );
    }

    #[test]
    fn refused() {
        all(
            EmailKind::Invalid,
            &[
                "",
                " ",
                "@",
                "jo",
                "jo@",
                "@example.com",
                "jo.example.com",
                "jo@example",
                "jo@localhost",
                "jo@example.",
                "jo@.example.com",
                "jo@example..com",
                "jo@-example.com",
                "jo@example-.com",
                "jo@exa_mple.com",
                "jo@example.com-",
                "jo@example.123",
                "jo@127.0.0.1",
                "jo@[127.0.0.1]",
                "jo@[IPv6:::1]",
                ".jo@example.com",
                "jo.@example.com",
                "jo..smith@example.com",
                ".@example.com",
                "jo@smith@example.com",
                "jo smith@example.com",
                "jo@exam ple.com",
                "jo @example.com",
                "jo@ example.com",
                "\"jo\"@example.com",
                "\"jo smith\"@example.com",
                "\"\"@example.com",
                "jo\\@smith@example.com",
                "jo(comment)@example.com",
                "jo@(comment)example.com",
                "<jo@example.com>",
                "Jo <jo@example.com>",
                "mailto:jo@example.com",
                "jo,smith@example.com",
                "jo;smith@example.com",
                "jo@example.com, al@example.com",
                "jo@example.com.",
                "jo@ex,ample.com",
                "j\u{f6}@example.com",
                "jo\0@example.com",
                "jo@example.com\0",
                "jo\r\n@example.com",
                "jo@exa\u{200b}mple.com",
                "jo@example.com/x",
                "jo@http://example.com",
                "jo@example.com:25",
                "jo@m\u{fc}ller",
                "jo@\u{fffd}.com",
                "jo@ma\u{2013}x.com",
                "jo@\u{3002}com",
            ],
        );
    }

    #[test]
    fn lengths() {
        let letters = |count| "a".repeat(count);
        check(&[&letters(64), "@example.com"].concat(), EmailKind::Work);
        check(&[&letters(65), "@example.com"].concat(), EmailKind::Invalid);
        check(&["jo@", &letters(63), ".com"].concat(), EmailKind::Work);
        check(&["jo@", &letters(64), ".com"].concat(), EmailKind::Invalid);
        let domain = |last| {
            [
                &letters(63),
                ".",
                &letters(63),
                ".",
                &letters(63),
                ".",
                &letters(last),
            ]
            .concat()
        };
        check(&["jo@", &domain(59)].concat(), EmailKind::Work);
        check(&["jo@", &domain(60)].concat(), EmailKind::Invalid);
        check(&letters(10_000), EmailKind::Invalid);
        check(&["@", &".".repeat(10_000)].concat(), EmailKind::Invalid);
        check(
            &["jo@", &"\u{fc}".repeat(120), ".de"].concat(),
            EmailKind::Invalid,
        );
    }

    #[test]
    fn domains_in_lower_case_and_ascii() {
        for (email, expected) in [
            ("Jo@Example.COM", "example.com"),
            ("jo@m\u{fc}ller.de", "xn--mller-kva.de"),
            ("jo@M\u{dc}LLER.de", "xn--mller-kva.de"),
            ("jo@b\u{fc}cher.example", "xn--bcher-kva.example"),
            ("jo@fa\u{df}.de", "xn--fa-hia.de"),
            (
                "jo@\u{43f}\u{440}\u{438}\u{43c}\u{435}\u{440}.\u{440}\u{444}",
                "xn--e1afmkfd.xn--p1ai",
            ),
            (
                "jo@\u{41f}\u{420}\u{418}\u{41c}\u{415}\u{420}.\u{420}\u{424}",
                "xn--e1afmkfd.xn--p1ai",
            ),
            (
                "jo@\u{4f8b}\u{3048}.\u{30c6}\u{30b9}\u{30c8}",
                "xn--r8jz45g.xn--zckzah",
            ),
            ("jo@\u{4f8b}\u{5b50}\u{3002}cn", "xn--fsqu00a.cn"),
            ("jo@\u{160}koda.cz", "xn--koda-f6a.cz"),
            ("jo@\u{17d}ivot.hr", "xn--ivot-kbb.hr"),
            ("jo@\u{141}\u{d3}D\u{179}.pl", "xn--d-uga0v4h.pl"),
            ("jo@\u{17b}\u{d3}\u{141}\u{106}.pl", "xn--kda4b0koi.pl"),
            (
                "jo@\u{391}\u{398}\u{389}\u{39d}\u{391}.gr",
                "xn--jxafb0a0a.gr",
            ),
            ("jo@\u{401}\u{416}.ru", "xn--f1a7c.ru"),
            (
                "jo@\u{490}\u{410}\u{41d}\u{41e}\u{41a}.ua",
                "xn--80auie62b.ua",
            ),
            ("jo@a\u{b7}b.cat", "xn--ab-0ea.cat"),
        ] {
            assert_eq!(domain(email).as_deref(), Some(expected), "{email}");
        }
        assert!(matches!(domain("jo@example.com"), Some(Cow::Borrowed(_))));
    }

    /// The examples of RFC 3492 §7.1 that are in one case and short enough for a label.
    #[test]
    fn punycode_as_in_its_rfc() {
        for (label, expected) in [
            (
                "\u{4ed6}\u{4eec}\u{4e3a}\u{4ec0}\u{4e48}\u{4e0d}\u{8bf4}\u{4e2d}\u{6587}",
                "ihqwcrb4cv8a8dqg056pqjye",
            ),
            (
                "3\u{5e74}b\u{7d44}\u{91d1}\u{516b}\u{5148}\u{751f}",
                "3b-ww4c5e180e575a65lsy2b",
            ),
            (
                "\u{3072}\u{3068}\u{3064}\u{5c4b}\u{6839}\u{306e}\u{4e0b}2",
                "2-u9tlzr9756bt3uc0v",
            ),
            (
                "\u{305d}\u{306e}\u{30b9}\u{30d4}\u{30fc}\u{30c9}\u{3067}",
                "d9juau41awczczp",
            ),
        ] {
            let mut out = String::new();
            punycode(&label.chars().map(u32::from).collect::<Vec<_>>(), &mut out).unwrap();
            assert_eq!(out, expected);
        }
    }

    fn anything() -> impl Strategy<Value = String> {
        prop_oneof![
            any::<String>(),
            "[a-z.+@ -]{0,20}",
            "[a-zA-Z.+_-]{1,8}@[a-zA-Z\u{e0}-\u{17f}\u{400}-\u{44f}.-]{1,12}\\.(com|de|gmail.com|mailinator.com)",
            "(info|jo)@(gmail|yahoo|hotmail|yopmail|example)\\.(com|de|co.uk|fr)",
        ]
    }

    proptest! {
        #[test]
        fn any_text_has_a_kind(email in anything()) {
            prop_assert_eq!(kind(&email) == EmailKind::Invalid, domain(&email).is_none());
        }

        #[test]
        fn case_and_space_around_do_not_matter(email in anything()) {
            let loud = format!(" \t{}\u{feff}\n", email.to_ascii_uppercase());
            prop_assert_eq!(kind(&loud), kind(&email));
            prop_assert_eq!(domain(&loud), domain(&email));
        }

        #[test]
        fn a_domain_is_a_domain_again(email in anything()) {
            if let Some(found) = domain(&email) {
                prop_assert!(is_domain(&found) && found == found.to_ascii_lowercase());
                let again = ["jo@", &found].concat();
                prop_assert_eq!(domain(&again), Some(found));
            }
        }
    }
}
