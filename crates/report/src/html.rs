use std::io;

use crate::Report;

pub(crate) fn write(_: &Report<'_>, _: &mut dyn io::Write) -> io::Result<()> {
    Err(io::Error::new(io::ErrorKind::Unsupported, "this format is not written yet"))
}
