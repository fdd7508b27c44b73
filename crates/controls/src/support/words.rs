//! Words of command lines.

use plimsoll_kubernetes::Field;

/// The words of a command's items, those of a shell's script too, without the quotes around them; each with its item.
pub(crate) fn words<'d>(
    items: impl Iterator<Item = Field<'d>>,
) -> impl Iterator<Item = (&'d str, Field<'d>)> {
    items.flat_map(|item| {
        item.text().split_whitespace().map(move |word| (word.trim_matches(['"', '\'']), item))
    })
}
