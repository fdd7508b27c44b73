//! Writes the pages of `docs/controls` and `docs/frameworks`, and takes away those that nothing
//! stands behind any more.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

fn main() -> io::Result<()> {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    let pages = plimsoll_report::docs::pages();
    let mut kept = BTreeSet::new();
    for page in &pages {
        let path = docs.join(&page.path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        if fs::read_to_string(&path).ok().as_deref() != Some(&page.text) {
            fs::write(&path, &page.text)?;
        }
        kept.insert(path);
    }
    for folder in ["controls", "frameworks"] {
        clear(&docs.join(folder), &kept)?;
    }
    println!("{} pages", pages.len());
    Ok(())
}

/// Takes away pages that are not among those kept.
fn clear(folder: &Path, kept: &BTreeSet<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            clear(&path, kept)?;
        } else if path.extension().is_some_and(|extension| extension == "md") && !kept.contains(&path) {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}
