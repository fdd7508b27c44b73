//! `plimsoll read`: what the API server takes, a document a line.

mod support;

use support::Folder;

fn lines(stdout: &str) -> Vec<serde_json::Value> {
    stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn values_are_what_the_api_server_takes_them_to_be() {
    let folder = Folder::with("a.yaml", "a: yes\nb: 0400\nc: 1_000\nd: 2026-01-01\non: ~\nb: 3\n");
    let ran = folder.run(&["read", "a.yaml"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(ran.stdout, "{\"a\":true,\"b\":3,\"c\":1000,\"d\":\"2026-01-01\",\"true\":null}\n");
}

#[test]
fn a_document_that_does_not_parse_is_a_line_in_its_place() {
    let folder = Folder::with("a.yaml", "number: 1\n---\na: [\n---\nnumber: 2\n---\na: }\n");
    folder.write("b.yaml", "number: 3\n---\na: \"\n");
    let ran = folder.run(&["read", "a.yaml", "b.yaml"]);
    assert_eq!(ran.code, 4, "{ran:?}");
    let lines = lines(&ran.stdout);
    let order: Vec<_> = lines
        .iter()
        .map(|line| match line["number"].as_u64() {
            Some(number) => number.to_string(),
            None => format!("{} {}", line["file"].as_str().unwrap_or_default(), line["error"].is_string()),
        })
        .collect();
    assert_eq!(order, ["1", "a.yaml true", "2", "a.yaml true", "3", "b.yaml true"]);
    assert!(lines[1]["line"].is_number());
}

#[test]
fn positions_are_those_of_values() {
    let folder = Folder::with("a.yaml", "# é\nspec:\n  \"a.b\": é # x\n  list: [ä, b]\n");
    let ran = folder.run(&["read", "--positions", "a.yaml"]);
    let [line] = lines(&ran.stdout).try_into().expect("one document");
    assert_eq!(line["file"], "a.yaml");
    assert_eq!(line["document"]["spec"]["a.b"], "é");
    let at = |path: &str| {
        let place = &line["positions"][path];
        (place["file"].as_str(), place["line"].as_u64(), place["column"].as_u64())
    };
    assert_eq!(at("spec[\"a.b\"]"), (Some("a.yaml"), Some(3), Some(10)), "{line}");
    assert_eq!(at("spec.list[1]"), (Some("a.yaml"), Some(4), Some(13)), "columns are characters");
}

#[test]
fn what_is_no_object_is_read_too() {
    let folder = Folder::with("values.yaml", "replicas: 2\n");
    assert_eq!(folder.run(&["read", "values.yaml"]).stdout, "{\"replicas\":2}\n");
    let ran = folder.pipe(&["read", "-"], "[1, 2]\n---\nx\n");
    assert_eq!((ran.code, ran.stdout.as_str()), (0, "[1,2]\n\"x\"\n"), "{ran:?}");
}

#[test]
fn ten_thousand_broken_documents_among_as_many_good_ones() {
    let folder = Folder::with("a.yaml", "number: 1\n---\na: [\n---\n".repeat(10_000));
    let ran = folder.run(&["read", "a.yaml"]);
    assert_eq!(ran.code, 4);
    let (errors, documents): (Vec<_>, Vec<_>) =
        ran.stdout.lines().partition(|line| line.starts_with("{\"error\""));
    assert_eq!((errors.len(), documents.len()), (10_000, 10_000));
}

#[test]
fn what_a_person_has_git_leave_out_is_left_out_of_repositories_alone() {
    let folder = Folder::with("app/a.yaml", "number: 1\n");
    folder.write("app/mine.yaml", "number: 2\n");
    folder.write("home/.config/git/ignore", "mine.yaml\n");
    let read = || {
        let mut command = folder.command(&["read", "app"]);
        command.env("HOME", folder.path().join("home")).env_remove("XDG_CONFIG_HOME");
        String::from_utf8(command.output().expect("plimsoll").stdout).expect("text")
    };
    assert_eq!(read(), "{\"number\":1}\n{\"number\":2}\n", "no repository");
    folder.write("app/.git/HEAD", "ref: refs/heads/main\n");
    assert_eq!(read(), "{\"number\":1}\n", "a repository");
}
