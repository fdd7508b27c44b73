//! JSON web tokens.

use plimsoll_doc::base64;

use super::alphabet::word;
use super::varies;

/// The beginning of a JSON object in base64.
pub(super) const JSON: &[u8] = b"eyJ";

/// Three parts in base64url, the first two JSON objects, the last a signature (RFC 7515, 7519).
pub(super) fn jwt(rest: &[u8]) -> Option<&'static str> {
    if !rest.starts_with(JSON) {
        return None;
    }
    let header = &rest[..memchr::memchr(b'.', &rest[..rest.len().min(LONGEST_HEADER)])?];
    let payload = &rest[header.len() + 1..];
    if !payload.starts_with(JSON) || !is_header(header) {
        return None;
    }
    let part = |text: &[u8]| text.iter().take(LONGEST_PART).take_while(|byte| word(**byte)).count();
    let (_, signature) = payload.split_at(part(payload));
    let signature = signature.strip_prefix(b".")?;
    let (signature, after) = signature.split_at(part(signature));
    let goes_on = matches!(after, [b'.', next, ..] if word(*next));
    (signature.len() >= 16 && !goes_on && varies(signature)).then_some("a JSON web token")
}

/// The longest header, and the longest of the other parts.
const LONGEST_HEADER: usize = 1024;
const LONGEST_PART: usize = 1 << 13;

/// Whether the first part of a token is one: it names an algorithm. Its first letters are asked first.
fn is_header(header: &[u8]) -> bool {
    let decode = |part: &[u8]| {
        let part = part.iter().map(|byte| match byte {
            b'-' => b'+',
            b'_' => b'/',
            byte => *byte,
        });
        base64::decode(&part.collect::<Vec<u8>>())
    };
    header.len() >= 12
        && decode(&header[..12]).is_some_and(|start| start.iter().all(|byte| matches!(byte, b' '..=b'~')))
        && decode(&header[..header.len() / 4 * 4])
            .is_some_and(|header| memchr::memmem::find(&header, b"\"alg\"").is_some())
}

#[cfg(test)]
mod tests {
    use super::super::by_form;
    use super::super::tests::with;

    #[test]
    fn tokens_with_a_signature() {
        let text = with("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.", 43);
        assert_eq!(by_form(&text), Some("a JSON web token"));
        for text in [
            // alg none: no signature, so nothing to steal.
            "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxMjM0In0.",
            "eyJhbGciOiJub25lIn0",
        ] {
            assert_eq!(by_form(text), None, "{text}");
        }
    }
}
