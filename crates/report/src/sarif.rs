use std::io;

use crate::Report;

pub(crate) fn write(_: &Report<'_>, _: &mut dyn io::Write) -> io::Result<()> {
    Err(io::Error::new(io::ErrorKind::Unsupported, "this format is not written yet"))
}

/// A path as part of a URI.
pub(crate) fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,=@".contains(&byte) {
            out.push(char::from(byte));
        } else {
            use std::fmt::Write as _;
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
