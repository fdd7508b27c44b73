//! Files, directories and standard input.

use super::*;

#[test]
fn a_directory_is_read_in_the_order_of_its_names() {
    let web = manifest("web");
    let estate = Estate::new(&[
        ("k8s/b.yml", &web),
        ("k8s/a/z.json", r#"{"apiVersion": "v1", "kind": "Pod"}"#),
        ("k8s/c.yaml", &web),
        ("k8s/README.md", "{{"),
        ("k8s/web.yaml.bak", "a: ["),
    ]);
    for path in ["k8s", "./k8s", "k8s/", ".//k8s/."] {
        assert_eq!(estate.files(&[path]), ["k8s/a/z.json", "k8s/b.yml", "k8s/c.yaml"], "{path}");
    }
    assert_eq!(estate.files(&["."]), ["k8s/a/z.json", "k8s/b.yml", "k8s/c.yaml"]);
    let loaded = estate.load(&["k8s"]);
    assert_eq!((loaded.coverage.files, loaded.coverage.documents, loaded.coverage.objects), (3, 3, 0));
    assert_complete(&loaded);
}

#[test]
fn paths_keep_their_order_and_no_file_is_read_twice() {
    let web = manifest("web");
    let estate = Estate::new(&[("a.yaml", &web), ("b.yaml", &web), ("c/d.yaml", &web)]);
    assert_eq!(
        estate.files(&["c", "b.yaml", ".", "./a.yaml", "c/../a.yaml"]),
        ["c/d.yaml", "b.yaml", "a.yaml"]
    );
    assert_eq!(estate.load(&["c", ".", "c/d.yaml"]).coverage.files, 3);
    let whole = estate.at("a.yaml").display().to_string();
    assert_eq!(estate.files(&[&whole, "a.yaml"]), [whole.as_str()]);
}

#[test]
fn a_named_file_is_read_whatever_its_name_is() {
    let web = manifest("web");
    let estate = Estate::new(&[("manifest.txt", &web), (".hidden", &web), ("x.yaml.bak", "a: [")]);
    assert_eq!(estate.files(&["manifest.txt", ".hidden"]), ["manifest.txt", ".hidden"]);
    assert_incomplete(&estate.load(&["x.yaml.bak"]), "x.yaml.bak:");
}

#[test]
fn a_path_that_is_not_there_ends_the_run() {
    let estate = Estate::new(&[("a.yaml", "a: b")]);
    for path in ["b.yaml", "missing/", "a.yaml/b"] {
        let error = estate.try_load(&["a.yaml", path]).unwrap_err();
        assert_eq!(error, Error::NotFound { path: path.to_owned() });
        assert!(error.to_string().contains(path), "{error}");
    }
}

#[test]
fn hidden_and_ignored_files_are_read_only_when_named() {
    let web = manifest("web");
    let estate = Estate::new(&[
        ("a.yaml", &web),
        (".b.yaml", &web),
        (".github/c.yaml", &web),
        (".gitignore", "build/\nsecret-*.yaml\n!secret-kept.yaml\n"),
        ("build/d.yaml", &web),
        ("secret-e.yaml", &web),
        ("secret-kept.yaml", &web),
        // Not git's: does not count.
        (".ignore", "a.yaml\n"),
    ]);
    assert_eq!(estate.files(&["."]), ["a.yaml", "secret-kept.yaml"]);
    assert_eq!(
        estate.files(&[".b.yaml", ".github", "build", "secret-e.yaml"]),
        [".b.yaml", ".github/c.yaml", "build/d.yaml", "secret-e.yaml"]
    );
    assert_eq!(estate.load(&["."]).coverage.files, 2);
}

#[test]
fn an_ignore_file_above_counts_too() {
    let web = manifest("web");
    let estate =
        Estate::new(&[(".gitignore", "*.gen.yaml\n"), ("k8s/a.gen.yaml", &web), ("k8s/b.yaml", &web)]);
    assert_eq!(estate.files(&["k8s"]), ["k8s/b.yaml"]);
}

#[test]
fn exclusions_hold_for_what_is_named_as_well() {
    let web = manifest("web");
    let files =
        [("a.yaml", web.as_str()), ("vendor/b.yaml", &web), ("c/vendor/d.yaml", &web), ("c/skip.yaml", &web)];
    let estate = Estate::new(&files).exclude(&["vendor", "**/skip.yaml"]);
    assert_eq!(estate.files(&["."]), ["a.yaml", "c/vendor/d.yaml"]);
    assert_eq!(estate.files(&["vendor", "vendor/b.yaml", "c"]), ["c/vendor/d.yaml"]);
    assert_complete(&estate.load(&["."]));
    let error = Estate::new(&[]).exclude(&["a[", "b"]).try_load(&["."]).unwrap_err();
    assert!(matches!(&error, Error::Glob { pattern, .. } if pattern == "a["), "{error}");
}

#[test]
fn standard_input_is_read_once() {
    let mut estate = Estate::new(&[("a.yaml", &manifest("a"))]);
    estate.stdin = (manifest("one") + "---\n" + &manifest("two")).into_bytes();
    let loaded = estate.load(&["a.yaml", "-", "-"]);
    assert_eq!(files(&loaded), ["a.yaml", "<stdin>"]);
    assert_eq!(names(&loaded), ["a", "one", "two"]);
    assert_eq!(loaded.coverage.files, 2);
}

#[test]
fn an_empty_folder_has_nothing() {
    let estate = Estate::new(&[]);
    let loaded = estate.load(&["."]);
    assert_eq!((loaded.documents.len(), loaded.coverage.files), (0, 0));
    assert_complete(&loaded);
}

#[test]
fn what_does_not_parse_leaves_the_rest_of_its_file() {
    let text = manifest("one") + "---\na: [\n---\n" + &manifest("two");
    let estate = Estate::new(&[("a.yaml", &text)]);
    let loaded = estate.load(&["."]);
    assert_eq!(names(&loaded), ["one", "two"]);
    assert_eq!(loaded.coverage.documents, 2);
    assert_eq!(incomplete(&loaded).len(), 1);
    assert!(loaded.coverage.incomplete[0].line.is_some_and(|line| (6..=8).contains(&line)));
}

#[test]
fn a_template_is_called_one() {
    let estate = Estate::new(&[("a.yaml", "kind: Pod\nmetadata: {{ include \"x\" . }}\nspec: {{ y }}\n")]);
    let loaded = estate.load(&["."]);
    assert!(
        incomplete(&loaded)[0].contains("a template that has not been rendered"),
        "{:?}",
        incomplete(&loaded)
    );
}

#[test]
fn json_that_is_no_manifest_is_passed_over_in_a_directory() {
    let commented = "{\n  // strict\n  \"compilerOptions\": {}\n}\n";
    let broken = "{\"apiVersion\": \"v1\", \"kind\": ";
    let estate =
        Estate::new(&[("tsconfig.json", commented), ("k8s/pod.json", broken), ("odd.json", "{\"kind\": ")]);
    let loaded = estate.load(&["."]);
    assert_incomplete(&loaded, "k8s/pod.json:");
    assert_eq!(loaded.coverage.files, 3);
    // Named, it was meant.
    assert_incomplete(&estate.load(&["tsconfig.json"]), "tsconfig.json:");
    // YAML is never passed over.
    let estate = Estate::new(&[("ci.yaml", "a: [\n")]);
    assert_incomplete(&estate.load(&["."]), "ci.yaml:");
}

#[test]
fn binary_data_is_not_text() {
    let estate = Estate::new(&[]);
    estate.write("a.yaml", b"\x7fELF\0\0\0");
    estate.write("b.json", b"\0\0");
    let wide: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(manifest("wide").encode_utf16().flat_map(u16::to_le_bytes)).collect();
    estate.write("c.yaml", wide);
    let loaded = estate.load(&["."]);
    assert_incomplete(&loaded, "a.yaml: binary data");
    assert_eq!(names(&loaded), ["wide"]);
    assert_incomplete(&estate.load(&["b.json"]), "b.json: binary data");
}

#[test]
fn a_size_limit_holds_for_files_and_pipes() {
    let text = manifest("web");
    let mut estate = Estate::new(&[("a.yaml", &text), ("b.yaml", &(text.clone() + "#"))]);
    estate.request.limits.bytes = text.len();
    let loaded = estate.load(&["."]);
    assert_eq!(files(&loaded), ["a.yaml"]);
    assert_incomplete(&loaded, &format!("b.yaml: larger than {} bytes", text.len()));
    estate.stdin = text.clone().into_bytes();
    assert_complete(&estate.load(&["-"]));
    estate.stdin.push(b'#');
    assert_incomplete(&estate.load(&["-"]), "<stdin>: larger than");
}

#[cfg(unix)]
#[test]
fn no_permission_is_told_by_name() {
    use std::os::unix::fs::PermissionsExt;
    let web = manifest("web");
    let estate = Estate::new(&[("a.yaml", &web), ("b.yaml", &web), ("c/d.yaml", &web)]);
    for path in ["b.yaml", "c"] {
        fs::set_permissions(estate.at(path), fs::Permissions::from_mode(0o000)).unwrap();
    }
    if fs::read(estate.at("b.yaml")).is_ok() {
        eprintln!("skipped: this user may read everything");
    } else {
        let loaded = estate.load(&["."]);
        assert_eq!(files(&loaded), ["a.yaml"]);
        assert_eq!(
            incomplete(&loaded),
            ["b.yaml", "c"]
                .map(|path| format!("{path}: no permission to read it; change its mode or exclude it"))
        );
    }
    // So that the directory can be removed.
    fs::set_permissions(estate.at("c"), fs::Permissions::from_mode(0o700)).unwrap();
}

#[cfg(unix)]
#[test]
fn a_pipe_in_a_directory_is_not_waited_for() {
    let estate = Estate::new(&[("a.yaml", &manifest("a"))]);
    let made = std::process::Command::new("mkfifo").arg(estate.at("pipe.yaml")).status();
    if !made.is_ok_and(|status| status.success()) {
        eprintln!("skipped: mkfifo is not installed");
        return;
    }
    assert_eq!(estate.files(&["."]), ["a.yaml"]);
}
