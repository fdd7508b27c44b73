//! Forms of credentials: what a value is, whatever it is called.
//!
//! The search is here, one pass over the bytes. Each form has a file of its own below.

mod address;
mod alphabet;
mod azure;
mod known;
mod private_key;
mod registry;
mod token;
mod web_token;

use plimsoll_doc::base64;

use super::beginnings::Beginnings;

use address::{address, login_before};
use azure::setting;
use known::FORMS;
use private_key::{ENCODED_BEGIN, PUTTY, encoded_key, private_key, putty};
use registry::registry_login;
use token::{TERRAFORM, TERRAFORM_AT, around, terraform, token};
use web_token::{JSON, jwt};

/// What each form begins with, tokens and others.
static BEGINNINGS: Beginnings = {
    let mut beginnings = Beginnings::NONE;
    let mut index = 0;
    while index < FORMS.len() {
        beginnings = beginnings.and(FORMS[index].prefix.as_bytes().split_at(FORMS[index].at).1);
        index += 1;
    }
    beginnings
        .and(JSON)
        .and(ENCODED_BEGIN)
        .and(b"-----BEGIN ")
        .and(b"://")
        .and(b"@tcp")
        .and(b"@unix(")
        .and(b"\"auth\"")
        .and(PUTTY)
        .and(TERRAFORM.split_at(TERRAFORM_AT).1)
        // How the names of settings end that hold a key or a signature.
        .and(b"ey=")
        .and(b"ig=")
        // How telling names end before a value: password=, token=, secret=, pass=. The sign is rarer than the letters.
        .and(b"d=")
        .and(b"D=")
        .and(b"n=")
        .and(b"N=")
        .and(b"t=")
        .and(b"T=")
        .and(b"s=")
        .and(b"S=")
};

/// What a text holds that is a credential by its form alone. One pass over the bytes.
pub(crate) fn by_form(text: &str) -> Option<&'static str> {
    by_form_or_sign(text, &mut false)
}

/// As [`by_form`]; and whether the text may give a telling name a value, which the same pass sees.
pub(super) fn by_form_or_sign(text: &str, assigns: &mut bool) -> Option<&'static str> {
    let bytes = text.as_bytes();
    if bytes.len() < 12 {
        return None;
    }
    let look = |index: usize| {
        if matches!(bytes.get(index..), Some([_, b'=', ..] | [_, _, b'=', ..])) {
            *assigns = true;
        }
        begun(text, index)
    };
    BEGINNINGS.find_map(bytes, look).or_else(|| encoded(text))
}

/// The form that begins at a place, or whose name ends there.
fn begun(text: &str, index: usize) -> Option<&'static str> {
    let bytes = text.as_bytes();
    let is_word_start = starts_word(bytes, index);
    let rest = bytes.get(index..)?;
    match rest {
        [b'-', ..] => private_key(rest),
        [b':', ..] => address(text, index),
        [b'"', ..] => registry_login(text, index),
        [b'@', ..] => login_before(text, index),
        [b's', b'v', b'1', ..] => terraform(bytes, index),
        [b'_', ..] | [b'y', b'u' | b's', b'_', ..] | [b'e', b'y', b'-' | b's', ..] => around(bytes, index),
        [b'e' | b'i', _, b'=', ..] => setting(text, index + 2),
        _ if !is_word_start => None,
        [b'L', ..] => encoded_key(rest),
        [b'e', ..] => jwt(rest),
        [b'P', b'u', ..] => putty(rest),
        _ => token(rest),
    }
}

fn starts_word(bytes: &[u8], index: usize) -> bool {
    let before = index.checked_sub(1).and_then(|before| bytes.get(before));
    before.is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_')
}

/// Another form within a layer of base64: how people hide JSON in a variable.
fn encoded(text: &str) -> Option<&'static str> {
    let text = text.trim();
    // "{" and a quote in base64.
    if !text.starts_with("ey") || text.len() < 64 {
        return None;
    }
    let decoded = base64::decode(text.as_bytes())?;
    let decoded = std::str::from_utf8(&decoded).ok()?;
    // One layer and no more.
    if decoded.starts_with("ey") { None } else { by_form(decoded) }
}

// A text may have the beginning of a form at every few bytes: each looks no further than its kind goes.

/// Of a name and its value, of a user and a password.
const NEAR: usize = 256;
/// Of the parameters of an address.
const FAR: usize = 512;

/// The beginning of a text, as far as it is looked at.
fn start_of(text: &str, most: usize) -> &str {
    let to = text.len().min(most);
    (0..=to).rev().find_map(|at| text.get(..at)).unwrap_or("")
}

/// The end of a text, as far back as it is looked at.
fn end_of(text: &str, most: usize) -> &str {
    let from = text.len().saturating_sub(most);
    (from..text.len()).find_map(|at| text.get(at..)).unwrap_or("")
}

/// Whether a token's body is more than one character over and over (`ghp_xxxx…`).
fn varies(body: &[u8]) -> bool {
    distinct(body) >= 5
}

/// How many different letters and digits there are.
fn distinct(body: &[u8]) -> usize {
    let mut seen = [false; 256];
    body.iter()
        .filter(|byte| {
            byte.is_ascii_alphanumeric() && !std::mem::replace(&mut seen[usize::from(**byte)], true)
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_credentials_are_known() {
        let filler = "a1B2c3D4e5F6g7H8".repeat(512);
        for text in [
            format!("-----BEGIN RSA PRIVATE KEY-----\n{}\n", &filler[..3200]),
            base64::encode(format!("-----BEGIN RSA PRIVATE KEY-----\n{}\n", &filler[..3200]).as_bytes()),
            format!("eyJhbGciOiJSUzI1NiJ9.eyJ{}.{}", &filler[..4000], &filler[..683]),
            format!("xoxb-{}", &filler[..2000]),
            format!("https://a.example.com/b?sv=2024-01-01&skoid={}&sig={}", &filler[..300], &filler[..44]),
        ] {
            assert!(by_form(&text).is_some(), "{}", &text[..40]);
        }
    }

    /// Bodies are put together here so that no whole token stands in the source.
    pub(super) fn with(prefix: &str, length: usize) -> String {
        let body = "a1B2c3D4e5F6g7H8i9J0".repeat(10);
        format!("{prefix}{}", &body[..length])
    }

    pub(super) const HEX: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
}
