//! Every command line that the documentation shows is one that the program takes.

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use support::Folder;

/// Files that show command lines.
fn pages() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut pages: Vec<PathBuf> = ["README.md", "CONTRIBUTING.md", "examples/README.md", "Dockerfile"]
        .iter()
        .map(|name| root.join(name))
        .collect();
    for entry in fs::read_dir(root.join("docs")).expect("the documentation") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|extension| extension == "md") {
            pages.push(path);
        }
    }
    pages
}

/// The words of the call of `plimsoll` in a line of a shell, if there is one.
fn call(line: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quote = None;
    let mut previous = ' ';
    for c in line.trim().trim_start_matches("$ ").chars().chain([' ']) {
        match (quote, c) {
            (Some(end), c) if c == end => quote = None,
            (None, '\'' | '"') => quote = Some(c),
            (None, '#') if previous == ' ' => break,
            (None, ' ') => words.extend(Some(std::mem::take(&mut word)).filter(|word| !word.is_empty())),
            _ => word.push(c),
        }
        previous = c;
    }
    words.extend(Some(word).filter(|word| !word.is_empty()));
    let call = words.split(|word| word == "|" || word == "&&").find_map(|part| match part {
        [program, arguments @ ..] if program == "plimsoll" => Some(arguments),
        [kubectl, plimsoll, arguments @ ..] if kubectl == "kubectl" && plimsoll == "plimsoll" => {
            Some(arguments)
        }
        [cargo, run, release, dashes, arguments @ ..]
            if cargo == "cargo" && run == "run" && release == "--release" && dashes == "--" =>
        {
            Some(arguments)
        }
        _ => None,
    })?;
    let mut arguments = Vec::new();
    for word in call.iter().take_while(|word| !word.starts_with('>')) {
        // The output of a program, as a file.
        if word.starts_with("<(") {
            arguments.push("pipe".to_owned());
            break;
        }
        arguments.push(word.clone());
    }
    Some(arguments)
}

/// Lines of code: of fenced and indented blocks, and of code in a text.
fn code(text: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut is_fenced = false;
    for line in text.lines() {
        if line.starts_with("```") {
            is_fenced = !is_fenced;
        } else if is_fenced || line.starts_with("    ") {
            lines.push(line);
        } else {
            lines.extend(line.split('`').skip(1).step_by(2));
        }
    }
    lines
}

#[test]
fn a_call_is_found_in_its_line() {
    for (line, words) in [
        ("plimsoll scan k8s/ -  # all of it", Some(vec!["scan", "k8s/", "-"])),
        ("kubectl get pods -o yaml | plimsoll scan -", Some(vec!["scan", "-"])),
        ("plimsoll scan 'apps/**/a b.yaml'", Some(vec!["scan", "apps/**/a b.yaml"])),
        ("cargo run --release -- scan examples", Some(vec!["scan", "examples"])),
        ("plimsoll man > plimsoll.1", Some(vec!["man"])),
        ("plimsoll scan <(kubectl get pods -o yaml)", Some(vec!["scan", "pipe"])),
        ("cargo test --workspace", None),
        ("apiVersion: v1 # plimsoll: waive", None),
    ] {
        assert_eq!(call(line), words.map(|words| words.into_iter().map(str::to_owned).collect()), "{line}");
    }
}

#[test]
fn every_call_is_understood() {
    let folder = Folder::new();
    let mut seen = 0;
    for page in pages() {
        let Ok(text) = fs::read_to_string(&page) else { continue };
        for line in code(&text) {
            // A table of crates begins with the program's name too.
            let Some(arguments) = call(line).filter(|_| !line.contains("plimsoll  ")) else { continue };
            // A name alone stands for the command in a text, and capitals for what the reader puts there.
            if arguments.len() < 2 && !arguments.iter().any(|word| word == "controls" || word == "man") {
                continue;
            }
            let arguments: Vec<&str> = arguments
                .iter()
                .map(|word| match word.as_str() {
                    "SHELL" => "bash",
                    "ID" | "NAME" | "CONTROL" => "pod/privileged",
                    "…" | "..." => "k8s",
                    word => word,
                })
                .collect();
            let ran = folder.run(&arguments);
            let line = line.trim();
            assert!(!ran.stderr.contains("Usage:"), "{}: {line}: {}", page.display(), ran.stderr);
            assert!(!ran.stderr.contains("try '--help'"), "{}: {line}: {}", page.display(), ran.stderr);
            assert!(!ran.stderr.contains("is called"), "{}: {line}: {}", page.display(), ran.stderr);
            seen += 1;
        }
    }
    assert!(seen > 15, "the documentation shows {seen} calls");
}
