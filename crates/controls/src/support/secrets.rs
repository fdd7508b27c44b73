//! What a Secret object holds, decoded as the API server does.

use std::borrow::Cow;

use plimsoll_doc::base64;
use plimsoll_kubernetes::{Field, Object};

use super::credential::{self, Meaning};

/// An entry of a Secret, decoded.
pub(crate) struct Entry<'d> {
    pub(crate) field: Field<'d>,
    pub(crate) key: &'d str,
    /// `None` where the bytes are no text.
    text: Option<Cow<'d, str>>,
    length: usize,
    /// Whether it stands there in base64.
    pub(crate) is_encoded: bool,
}

/// The entries of `data` and `stringData`. What isn't base64 in `data` stands as it is written: the server
/// refuses it, and it was published all the same.
pub(crate) fn entries<'d>(secret: &Object<'d>) -> impl Iterator<Item = Entry<'d>> + use<'d> {
    let data = secret.get("data").entries().filter_map(|(key, field)| {
        let written = field.as_str()?;
        Some(match base64::decode(written.trim().as_bytes()) {
            Some(bytes) => {
                let length = bytes.len();
                Entry {
                    field,
                    key,
                    text: String::from_utf8(bytes).ok().map(Cow::Owned),
                    length,
                    is_encoded: true,
                }
            }
            None => Entry {
                field,
                key,
                text: Some(Cow::Borrowed(written)),
                length: written.len(),
                is_encoded: false,
            },
        })
    });
    let plain = secret.get("stringData").entries().filter_map(|(key, field)| {
        let text = field.as_str()?;
        Some(Entry { field, key, text: Some(Cow::Borrowed(text)), length: text.len(), is_encoded: false })
    });
    data.chain(plain)
}

impl Entry<'_> {
    pub(crate) fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// What the entry holds that is a credential. A key that says nothing (`value`) goes by the name of the
    /// Secret.
    pub(crate) fn credential(&self, secret: &Object<'_>) -> Option<String> {
        let says_nothing = matches!(self.key, "value" | "key" | "data" | "secret" | "content" | "auth");
        let Some(text) = &self.text else {
            let is_key = credential::meaning(self.key).is_some_and(|meaning| meaning != Meaning::Password);
            return (is_key && self.length >= 8).then(|| "a key".to_owned());
        };
        if let Some(found) = credential::anywhere(self.key, text) {
            return Some(found.describe());
        }
        if let Some(what) = credential::passphrase(self.key, text) {
            return Some(what.to_owned());
        }
        if says_nothing {
            return credential::by_name(secret.name(), text).map(str::to_owned);
        }
        None
    }
}
