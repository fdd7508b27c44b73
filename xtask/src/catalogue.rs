//! Writes the list of controls from the files that define them.

use std::fmt::Write;
use std::path::Path;
use std::{fs, io};

/// Writes `crates/controls/src/catalogue.rs`.
pub fn write(root: &Path) -> io::Result<()> {
    let source = root.join("crates/controls/src");
    let mut controls = Vec::new();
    for area in folder(&source.join("catalogue"))? {
        for what in folder(&source.join("catalogue").join(&area))? {
            if let Some(what) = what.strip_suffix(".rs") {
                controls.push((area.clone(), what.to_owned()));
            }
        }
    }
    // By id: the ending of a file's name would count otherwise.
    controls.sort();
    let mut text = String::from(
        "//! Every control of the catalogue. Written by `cargo xtask generate` from the files in `catalogue/`.\n\n\
         use crate::Entry;\n\n",
    );
    for (area, what) in &controls {
        let _ = writeln!(text, "#[path = \"catalogue/{area}/{what}.rs\"]\nmod {};", module(area, what));
    }
    text.push_str("\n/// Sorted by id.\n#[rustfmt::skip]\npub static ENTRIES: &[Entry] = &[\n");
    for (area, what) in &controls {
        let _ = writeln!(
            text,
            "    Entry {{ control: &{}::CONTROL, source: include_str!(\"catalogue/{area}/{what}.rs\") }},",
            module(area, what)
        );
    }
    text.push_str("];\n");
    fs::write(source.join("catalogue.rs"), text)
}

fn module(area: &str, what: &str) -> String {
    format!("{area}_{what}").replace('-', "_")
}

/// Names in a folder, sorted.
fn folder(path: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(path)? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}
