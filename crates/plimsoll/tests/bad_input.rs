//! Bad input gets a clear error with its place, and loses nothing else.

mod support;

use std::fs::File;

use support::{Folder, PRIVILEGED};

/// Scans a bad file beside a good one: the good one's finding is there, and the gap names the bad one.
#[track_caller]
fn loses_nothing(folder: &Folder, bad: &str) -> serde_json::Value {
    folder.write("good.yaml", PRIVILEGED);
    let (code, json) = folder.json(&[".", "--select", "pod/privileged"]);
    assert_eq!(code, 1, "{json}");
    let findings = json["findings"].as_array().expect("a list");
    assert!(findings.iter().any(|finding| finding["location"]["file"] == "good.yaml"), "{json}");
    let gaps = json["coverage"]["incomplete"].as_array().expect("a list");
    assert!(gaps.iter().any(|gap| gap["file"].as_str().is_some_and(|file| file.contains(bad))), "{json}");
    json
}

#[test]
fn a_truncated_file() {
    let folder = Folder::with("bad.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: \"we");
    loses_nothing(&folder, "bad.yaml");
}

#[test]
fn a_binary_file() {
    let folder = Folder::with("bad.yaml", [0x7f, b'E', b'L', b'F', 0, 0, 1, 2, 0xff]);
    loses_nothing(&folder, "bad.yaml");
}

#[test]
fn a_gigantic_file_is_not_read() {
    let folder = Folder::new();
    let file = File::create(folder.path().join("bad.yaml")).expect("a file");
    file.set_len(5 << 30).expect("a sparse file");
    let json = loses_nothing(&folder, "bad.yaml");
    assert!(
        json["coverage"]["incomplete"][0]["reason"].as_str().is_some_and(|reason| reason.contains("MiB")),
        "{json}"
    );
}

#[test]
fn deep_nesting_in_yaml_and_json() {
    let folder = Folder::with("bad.yaml", format!("a: {}{}", "[".repeat(200_000), "]".repeat(200_000)));
    loses_nothing(&folder, "bad.yaml");
    let deep: String = (0..5_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    let folder = Folder::with("bad.yaml", deep);
    loses_nothing(&folder, "bad.yaml");
    let json = format!(
        "{{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"a\":{}{}}}",
        "[".repeat(99_999),
        "]".repeat(99_999)
    );
    let folder = Folder::with("bad.json", json);
    loses_nothing(&folder, "bad.json");
}

#[test]
fn an_alias_bomb() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let items = vec![format!("*a{}", level - 1); 9].join(", ");
        bomb.push_str(&format!("a{level}: &a{level} [{items}]\n"));
    }
    let folder = Folder::with("bad.yaml", bomb);
    loses_nothing(&folder, "bad.yaml");
}

#[test]
fn ten_thousand_documents_are_all_read() {
    let folder = Folder::with(
        "many.yaml",
        "kind: ConfigMap\napiVersion: v1\nmetadata: {name: a}\n---\n".repeat(10_000),
    );
    let (code, json) = folder.json(&["many.yaml", "--select", "pod/*"]);
    assert_eq!(code, 0, "{json}");
    assert_eq!(json["coverage"]["objects"], 10_000);
}

#[test]
fn invalid_utf_8_spoils_its_document_alone() {
    let mut bytes = b"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \xff}\n---\n".to_vec();
    bytes.extend_from_slice(PRIVILEGED.as_bytes());
    let folder = Folder::with("bad.yaml", bytes);
    let (code, json) = folder.json(&["bad.yaml", "--select", "pod/privileged"]);
    assert_eq!(code, 1, "{json}");
    assert_eq!(json["findings"].as_array().map(Vec::len), Some(1));
    assert_eq!(json["coverage"]["incomplete"][0]["line"], 3);
}

#[test]
fn a_broken_document_between_good_ones() {
    let text = format!("{PRIVILEGED}---\na: [\n---\n{PRIVILEGED}");
    let folder = Folder::with("bad.yaml", text);
    let (_, json) = folder.json(&["bad.yaml", "--select", "pod/privileged"]);
    assert_eq!(json["findings"].as_array().map(Vec::len), Some(2), "{json}");
    assert_eq!(json["coverage"]["incomplete"].as_array().map(Vec::len), Some(1), "{json}");
}

#[cfg(unix)]
#[test]
fn a_loop_of_symbolic_links_ends() {
    let folder = Folder::with("sub/a.yaml", PRIVILEGED);
    std::os::unix::fs::symlink(folder.path(), folder.path().join("sub/loop")).expect("a link");
    let json = loses_nothing(&folder, "loop");
    assert_eq!(json["coverage"]["files"], 2, "each file once: {json}");
}

#[cfg(unix)]
#[test]
fn a_pipe_and_a_socket_do_not_hang() {
    let folder = Folder::new();
    let path = folder.path().join("bad.yaml");
    let made = std::process::Command::new("mkfifo").arg(&path).status();
    if !made.is_ok_and(|status| status.success()) {
        plimsoll_test_support::skipped("mkfifo is not installed");
        return;
    }
    folder.write("good.yaml", PRIVILEGED);
    let (code, json) = folder.json(&[".", "--select", "pod/privileged"]);
    assert_eq!(code, 1, "{json}");
}

#[cfg(unix)]
#[test]
fn a_file_without_permission() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let path = folder.write("bad.yaml", PRIVILEGED);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).expect("permissions are set");
    if File::open(&path).is_ok() {
        plimsoll_test_support::skipped("this user may read every file");
        return;
    }
    loses_nothing(&folder, "bad.yaml");
}

#[test]
fn a_folder_with_the_name_of_a_file() {
    let folder = Folder::with("web.yaml/inner.yaml", PRIVILEGED);
    let (code, json) = folder.json(&[".", "--select", "pod/privileged"]);
    assert_eq!(code, 1, "{json}");
    assert_eq!(json["findings"][0]["location"]["file"], "web.yaml/inner.yaml");
}

#[cfg(unix)]
#[test]
fn a_link_to_nothing() {
    let folder = Folder::new();
    std::os::unix::fs::symlink("gone", folder.path().join("bad.yaml")).expect("a link");
    loses_nothing(&folder, "bad.yaml");
    assert_eq!(folder.run(&["scan", "bad.yaml"]).code, 2, "a path that isn't there");
}

#[test]
fn an_unrendered_template_says_so() {
    let template = PRIVILEGED.replace("name: web\n", "name: {{ .Release.Name }}\n");
    let folder = Folder::with("bad.yaml", template);
    let json = loses_nothing(&folder, "bad.yaml");
    let reason = json["coverage"]["incomplete"][0]["reason"].as_str();
    assert!(reason.is_some_and(|reason| reason.contains("template")), "{json}");
}

#[test]
fn a_configuration_or_a_baseline_without_end_is_refused() {
    if File::open("/dev/zero").is_err() {
        plimsoll_test_support::skipped("there is no /dev/zero");
        return;
    }
    let folder = Folder::with("a.yaml", PRIVILEGED);
    for flag in ["--config", "--baseline"] {
        let ran = folder.run(&["scan", "a.yaml", flag, "/dev/zero"]);
        assert_eq!(ran.code, 2, "{ran:?}");
        assert!(ran.stderr.contains("/dev/zero: it is larger than 64 MiB"), "{ran:?}");
    }
    let (code, json) = folder.json(&["/dev/zero"]);
    assert_eq!(code, 4, "{json}");
}

#[test]
fn what_stands_where_an_object_has_to() {
    let object = "apiVersion: v1, kind: ConfigMap, metadata: {name: a}";
    for (text, reason) in [
        (format!("- {{{object}}}\n"), "it stands in a list of no kind"),
        (format!("[{{x: 1}}, {{{object}}}]\n"), "it stands in a list of no kind"),
        (
            format!("{{apiVersion: v1, kind: List, items: [{{{object}}}, {{}}]}}\n"),
            "it has no apiVersion and no kind",
        ),
        (
            format!("{{apiVersion: v1, kind: List, items: [{{{object}}}, {{kind: Pod}}]}}\n"),
            "a kind and no apiVersion",
        ),
        (format!("{{apiVersion: v1, kind: List, items: [{{{object}}}, text, ~]}}\n"), "it is no mapping"),
        ("{apiVersion: v1, kind: List, items: {}}\n".to_owned(), "the items of a List are no list"),
    ] {
        let folder = Folder::with("bad.yaml", &text);
        let json = loses_nothing(&folder, "bad.yaml");
        assert!(json["coverage"]["incomplete"].to_string().contains(reason), "{text}{json}");
    }
    // Lists of other things, and kinds of other groups that are called lists.
    for text in [
        "- {name: a, kind: b}\n- 3\n".to_owned(),
        "apiVersion: v1\nkind: List\n".to_owned(),
        "apiVersion: v1\nkind: List\nitems:\n".to_owned(),
        "apiVersion: example.com/v1\nkind: AllowList\nmetadata: {name: a}\nitems: [one, two]\n".to_owned(),
        format!("{{apiVersion: v1, kind: List, items: [{{{object}}}]}}\n"),
    ] {
        let folder = Folder::with("other.yaml", &text);
        folder.write("good.yaml", PRIVILEGED.replace("yes", "false"));
        assert_eq!(folder.json(&[".", "--select", "pod/privileged"]).0, 0, "{text}");
    }
}
