//! Keys and signatures of Azure.

use super::super::value::is_placeholder;

use super::{FAR, end_of, start_of, varies};

/// As far as a value is looked at. A key is 88 letters long.
const LONGEST_KEY: usize = 128;

/// Settings that only some formats have: Azure connection strings and shared access signatures.
pub(super) fn setting(text: &str, equals: usize) -> Option<&'static str> {
    let (before, after) = (text.get(..equals)?, text.get(equals + 1..)?);
    let value = || {
        let goes_on = |byte: &u8| !b";&\"' \n\r\t,".contains(byte);
        after.get(..after.bytes().take(LONGEST_KEY).take_while(goes_on).count()).unwrap_or("")
    };
    let is_written = |value: &str| !is_placeholder(value) && value.len() >= 8;
    if before.ends_with("AccountKey") {
        return is_written(value()).then_some("an Azure storage account key");
    }
    if before.ends_with("SharedAccessKey") {
        return is_written(value()).then_some("an Azure shared access key");
    }
    let is_signature = ["?sig", "&sig", "&amp;sig"].iter().any(|name| before.ends_with(name))
        && value().len() >= 40
        && varies(value().as_bytes())
        && [end_of(before, FAR), start_of(after, FAR)]
            .iter()
            .any(|part| part.contains("sv=") || part.contains("se="));
    is_signature.then_some("an Azure shared access signature")
}

#[cfg(test)]
mod tests {
    use super::super::by_form;

    #[test]
    fn keys_and_signatures() {
        for text in [
            "DefaultEndpointsProtocol=https;AccountName=votes;AccountKey=hunter2-not-real",
            "Endpoint=sb://a.servicebus.windows.net/;SharedAccessKeyName=x;SharedAccessKey=aGVsbG8gd29ybGQxMg==",
            "https://a.blob.core.windows.net/b?sv=2024-01-01&se=2027-01-01&sr=c&sig=q7RtZ1pW9xKc4LmB2vNs8YhD6fGjT3eU0aBcDeFgHiJ%3D",
        ] {
            assert!(by_form(text).is_some(), "{text}");
        }
        for text in [
            "DefaultEndpointsProtocol=https;AccountName=votes;AccountKey=${KEY}",
            "https://a.blob.core.windows.net/b?sr=c&sig=short",
        ] {
            assert_eq!(by_form(text), None, "{text}");
        }
    }
}
