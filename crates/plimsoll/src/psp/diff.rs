//! The changes to make, as a diff that `patch -p1` takes.

use std::collections::BTreeMap;
use std::sync::Arc;

use plimsoll_doc::{Operation, SourceFile};
use plimsoll_report::shown;

use super::survey::{PodReport, Survey};

/// The diff, and what it leaves out.
pub struct Diff {
    pub text: String,
    /// Why files and pods are left out, one plain line each.
    pub notes: Vec<String>,
}

/// Operations by the document that they change, known by its first byte.
type Operations = Vec<(u32, Operation)>;

/// The changes of all files.
pub fn diff(survey: &Survey<'_>) -> Diff {
    let mut files: BTreeMap<&str, (Arc<SourceFile>, Vec<&PodReport<'_>>)> = BTreeMap::new();
    for pod in survey.pods.iter().filter(|pod| !pod.fixes.is_empty()) {
        let file = pod.pod.root().document().file();
        files.entry(file.name()).or_insert_with(|| (Arc::clone(file), Vec::new())).1.push(pod);
    }
    let mut diff = Diff { text: String::new(), notes: Vec::new() };
    for (name, (file, pods)) in &files {
        let text = edit(file, pods, &mut diff.notes);
        if text != file.text() {
            diff.text.push_str(&plimsoll_fix::diff(file.text(), &text, name));
        }
    }
    diff
}

/// The text of a file with the changes of its pods; without those of a pod whose text is not one to edit.
fn edit(file: &Arc<SourceFile>, pods: &[&PodReport<'_>], notes: &mut Vec<String>) -> String {
    if !file.is_verbatim() {
        notes.push(format!(
            "{}: no diff, it is rendered or not UTF-8: change what it comes from",
            shown(file.name())
        ));
        return file.text().to_owned();
    }
    let all: Operations = pods.iter().flat_map(|pod| operations(pod)).collect();
    if let Ok(text) = plimsoll_fix::edit(file, &all) {
        return text;
    }
    // One of them is in the way of the others.
    let mut fitting = Operations::new();
    let mut text = file.text().to_owned();
    for pod in pods {
        let before = fitting.len();
        fitting.extend(operations(pod));
        match plimsoll_fix::edit(file, &fitting) {
            Ok(edited) => text = edited,
            Err(error) => {
                fitting.truncate(before);
                let (name, line) = (shown(file.name()), pod.place.line);
                notes.push(format!(
                    "{name}:{line}: no diff for {} {}: {error}",
                    shown(pod.kind),
                    shown(pod.name)
                ));
            }
        }
    }
    text
}

fn operations(pod: &PodReport<'_>) -> Operations {
    let start = pod.pod.root().document().span().start;
    pod.fixes.iter().map(|fix| (start, fix.operation(&pod.pod))).collect()
}
