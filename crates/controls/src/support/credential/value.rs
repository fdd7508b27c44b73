//! Values under a telling name: which may be a credential, and which are placeholders, references, paths.

mod placeholder;
mod random;
mod reference;

pub(super) use placeholder::{is_default, is_default_password, is_placeholder};
pub(super) use random::{has_random_word, has_signs_of_a_password, is_generated, is_random};
pub(super) use reference::{
    is_object_name, is_path, is_path_of_store, is_port, is_reference, is_version, tells_of_a_secret,
};

use super::name::Meaning;
use reference::{
    is_upstream, names_a_certificate, names_a_header, names_a_key, names_a_secret, names_a_version,
};

/// Longest value that is judged by its name; what is longer is text and judged line by line.
const LONGEST: usize = 4096;

/// Whether a value may be what its name promises.
pub(super) fn is_plausible(meaning: Meaning, name: &str, value: &str) -> bool {
    if value.is_empty()
        || value.len() > LONGEST
        || is_placeholder(value)
        || is_reference(value)
        || is_path(value)
        || value.contains('\n')
        || value.bytes().filter(|byte| *byte == b' ').count() > 2
    {
        return false;
    }
    match meaning {
        Meaning::Password => {
            let is_of_proxy = ["proxy_pass", "proxy-pass"].iter().any(|end| contains_any_case(name, end));
            !(is_of_proxy && is_upstream(value))
        }
        _ if is_default(meaning, value) => true,
        Meaning::Token { may_be_a_word: true } => true,
        _ if value.len() < 6 || is_default_password(value) || repeats(name, value) => false,
        Meaning::Secret { may_be_a_name } => {
            let is_name = names_a_secret(value)
                || is_object_name(value)
                || is_path_of_store(value)
                || is_lower_word(value)
                || pulls_or_tls(name);
            let is_made_beforehand = is_of_others(name) && is_object_name(value) && tells_of_a_secret(value);
            !(names_a_certificate(value) || may_be_a_name && is_name || is_made_beforehand)
        }
        Meaning::Key { may_be_of_data: true } => {
            let digits = value.bytes().filter(u8::is_ascii_digit).count();
            value.len() >= 16 && digits >= 3 && value.bytes().any(|b| b.is_ascii_alphabetic())
        }
        Meaning::Token { .. } | Meaning::Key { .. } => {
            let is_word = value.len() < 20 && is_lower_word(value);
            let is_number = value.len() < 12 && value.bytes().all(|b| b.is_ascii_digit());
            !is_word && !is_number && !names_a_key(value) && !names_a_header(value) && !names_a_version(value)
        }
    }
}

/// Whether a value only says its name again, with little more: `API_KEY_VALUE` of `API_KEY`.
fn repeats(name: &str, value: &str) -> bool {
    value.len() <= name.len() + 8
        && value.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
}

/// Whether somebody else hands out the secret that a name promises, so that a Secret is made for it beforehand.
fn is_of_others(name: &str) -> bool {
    ["client", "oauth", "consumer", "webhook"].iter().any(|word| contains_any_case(name, word))
}

/// Names of variables that hold the name of a Secret and never a secret.
fn pulls_or_tls(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["pull", "tls", "cert", "ca_", "ca-", "kube"].iter().any(|stem| name.contains(stem))
}

fn is_lower_word(value: &str) -> bool {
    value.bytes().all(|b| b.is_ascii_lowercase())
}

fn contains_any_case(value: &str, part: &str) -> bool {
    value.as_bytes().windows(part.len()).any(|window| window.eq_ignore_ascii_case(part.as_bytes()))
}

fn starts_with_any_case(value: &str, prefix: &str) -> bool {
    value.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}
