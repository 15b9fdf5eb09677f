//! What an email address tells of a lead: is it one, and is it a mailbox at work.
//!
//! Syntax is the WHATWG HTML standard's, the same that a browser's `<input type=email>` tests
//! (<https://html.spec.whatwg.org/#valid-e-mail-address>), and beyond it: no dot at either end of
//! the local part nor two in a row (RFC 5321 §4.1.2), at least two labels in the domain, a last
//! label that is no number, 64 bytes before the `@`, 253 after, 254 in all (RFC 5321 §4.5.3.1).
//!
//! A domain in another script counts, as browsers accept it, and stays in that script: browsers
//! hand over its ASCII form (`xn--mller-kva.de`), and a spreadsheet's `müller.de` is not turned
//! into it, which would cost the page an encoder. A local part in another script is refused, as
//! browsers refuse it.

use alloc::string::String;

use super::domains::{DISPOSABLE, FREE};
use super::table::{cut, has, parents, trim, until};
use crate::text::{is_word, lower, lower_case};
use crate::vocabulary::vocabulary;

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
    if parents(&domain).any(|domain| has(DISPOSABLE, domain)) {
        EmailKind::Disposable
    } else if has(FREE, &domain) || is_free_anywhere(&domain) {
        EmailKind::Free
    } else if is_role(local) {
        EmailKind::RoleAddress
    } else {
        EmailKind::Work
    }
}

/// The domain of `email` in lower case, or `None` if the address is invalid.
pub fn domain(email: &str) -> Option<String> {
    split(email).map(|(_, domain)| domain)
}

const MAX_EMAIL: usize = 254;
const MAX_LOCAL: usize = 64;
const MAX_DOMAIN: usize = 253;
const MAX_LABEL: usize = 63;

/// Local part and domain of a valid address.
fn split(email: &str) -> Option<(&str, String)> {
    let email = trim(email);
    let (local, domain) = cut(email, b"@")?;
    let domain = lower_case(domain);
    let fits = email.len() <= MAX_EMAIL && is_local(local) && is_domain(&domain);
    fits.then_some((local, domain))
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
        && label.chars().all(|c| c == '-' || is_word(c))
}

/// Domains that a list names, and whether those below them count as well.
#[cfg(feature = "authoring")]
pub(crate) fn listed() -> impl Iterator<Item = (&'static str, bool)> {
    let free = FREE.split(' ').map(|domain| (domain, false));
    free.chain(DISPOSABLE.split(' ').map(|domain| (domain, true)))
}

/// Names of brands that give mailboxes in many countries: what such a domain begins with.
#[cfg(feature = "authoring")]
pub(crate) fn brands() -> impl Iterator<Item = &'static str> {
    BRANDS.split(' ')
}

const BRANDS: &str = "gmx hotmail outlook yahoo yandex";

/// Whether a brand gives mailboxes under this country's ending: `hotmail.fr`, `yahoo.co.uk`.
fn is_free_anywhere(domain: &str) -> bool {
    let Some((brand, ending)) = cut(domain, b".") else {
        return false;
    };
    let country = ending.strip_prefix("com.").or(ending.strip_prefix("co."));
    let known = has("com net", ending) || country.unwrap_or(ending).len() == 2;
    known && has(BRANDS, brand)
}

/// Whether a mailbox is read by whoever is on duty, not by one person. A tag after `+` and
/// hyphens and underscores do not matter: `no-reply`, `sales+emea`.
fn is_role(local: &str) -> bool {
    let letters = until(local, b"+")
        .chars()
        .filter(|c| !matches!(c, '-' | '_'));
    has(ROLES, &letters.map(lower).collect::<String>())
}

/// RFC 2142's mailbox names that people meet, and what companies print on their contact page in
/// the languages of our job titles. No word that is also a person's name.
const ROLES: &str = "abuse accounting accounts admin administracion administration amministrazione \
    atencion atendimento bewerbung billing bookings buchhaltung buero careers comercial \
    commerciale compras comptabilite contact contacto contato customerservice direction \
    donotreply einkauf email enquiries events finance hallo hello help helpdesk hr info inkoop \
    invoice invoices it jobs kontakt kundenservice legal mail marketing media news newsletter \
    noc noreply office operations orders postmaster press presse privacy procurement purchasing \
    rechnung recruiting root rrhh sales secretaria security segreteria sekretariat service \
    shop soporte suporte support team tech ventas verkauf verkoop vertrieb web webmaster";

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
    fn domains_in_lower_case() {
        for (email, expected) in [
            ("Jo@Example.COM", "example.com"),
            ("jo@xn--mller-kva.de", "xn--mller-kva.de"),
            ("jo@M\u{dc}LLER.de", "m\u{fc}ller.de"),
            (
                "jo@\u{41f}\u{420}\u{418}.\u{420}\u{424}",
                "\u{43f}\u{440}\u{438}.\u{440}\u{444}",
            ),
            ("jo@\u{160}koda.cz", "\u{161}koda.cz"),
            ("jo@\u{141}\u{d3}D\u{179}.pl", "\u{142}\u{f3}d\u{17a}.pl"),
            (
                "jo@\u{391}\u{398}\u{389}\u{39d}\u{391}.gr",
                "\u{3b1}\u{3b8}\u{3ae}\u{3bd}\u{3b1}.gr",
            ),
            ("jo@\u{4f8b}\u{3048}.jp", "\u{4f8b}\u{3048}.jp"),
        ] {
            assert_eq!(domain(email).as_deref(), Some(expected), "{email}");
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
