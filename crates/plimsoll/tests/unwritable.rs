//! Text that is no file's own can't be fixed: no report says that it could, and `fix` says why not.

mod support;

use support::{Folder, PRIVILEGED};

fn utf_16(text: &str) -> Vec<u8> {
    [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

#[test]
fn a_file_in_utf_16_has_findings_and_no_fixes() {
    let folder = Folder::with("a.yaml", utf_16(PRIVILEGED));
    let (code, json) = folder.json(&["a.yaml", "--select", "pod/privileged"]);
    assert_eq!(code, 1, "{json}");
    assert_eq!(json["findings"][0]["fix"], "none", "{json}");
    let ran = folder.run(&["scan", "a.yaml"]);
    assert!(!ran.stdout.contains("fixable") && !ran.stdout.contains("fix]"), "{ran:?}");

    let ran = folder.run(&["fix", "a.yaml", "--write", "--unsafe", "--select", "pod/privileged"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.stderr.contains("a.yaml: nothing is fixed here, it is not UTF-8"), "{ran:?}");
    assert!(ran.stderr.contains("nothing to fix"), "{ran:?}");
    assert_eq!(std::fs::read(folder.path().join("a.yaml")).expect("read"), utf_16(PRIVILEGED));
}

#[test]
fn what_a_chart_renders_to_is_not_fixed() {
    if !std::process::Command::new("helm").arg("version").output().is_ok_and(|ran| ran.status.success()) {
        plimsoll_test_support::skipped("helm is not installed");
        return;
    }
    let folder = Folder::with("shop/Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.0.0\n");
    let template = PRIVILEGED.replace("name: web\n", "name: {{ .Release.Name }}\n");
    folder.write("shop/templates/web.yaml", &template);
    let (code, json) = folder.json(&["shop", "--select", "pod/privileged"]);
    assert_eq!(code, 1, "{json}");
    assert_eq!(json["findings"][0]["fix"], "none", "{json}");
    assert_eq!(json["findings"][0]["location"]["file"], "shop (helm) templates/web.yaml");
    let ran = folder.run(&["fix", "shop", "--write"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.stderr.contains("templates/web.yaml: nothing is fixed here, it is rendered"), "{ran:?}");
    assert_eq!(folder.read("shop/templates/web.yaml"), template);
}

#[test]
fn settings_of_paths_reach_what_is_rendered() {
    if !std::process::Command::new("helm").arg("version").output().is_ok_and(|ran| ran.status.success()) {
        plimsoll_test_support::skipped("helm is not installed");
        return;
    }
    let folder = Folder::with("charts/shop/Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.0.0\n");
    folder.write("charts/shop/templates/web.yaml", PRIVILEGED);
    let waiver = "{control: pod/privileged, reason: r, owner: o, until: 2099-01-31, paths: ";
    for (pattern, is_meant) in [
        ("charts/shop", true),
        ("charts/shop/", true),
        ("charts/shop/**", true),
        ("**/templates/*.yaml", true),
        ("charts/shop/templates/web.yaml", true),
        ("charts/shop/templates/other.yaml", false),
        ("charts/sho", false),
    ] {
        folder.write("plimsoll.yaml", format!("waivers:\n- {waiver}\"{pattern}\"}}\n"));
        let (_, json) = folder.json(&["charts", "--select", "pod/privileged"]);
        assert_eq!(json["findings"][0]["waived"].is_object(), is_meant, "{pattern}: {json}");
        folder
            .write("plimsoll.yaml", format!("paths:\n- {{match: \"{pattern}\", ignore: pod/privileged}}\n"));
        let (code, json) = folder.json(&["charts", "--select", "pod/privileged"]);
        assert_eq!(code == 0, is_meant, "{pattern}: {json}");
    }
}

#[test]
fn standard_input_is_shown_and_not_written() {
    let folder = Folder::new();
    let arguments = ["fix", "-", "--unsafe", "--select", "pod/privileged"];
    let ran = folder.pipe(&arguments, PRIVILEGED);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.stdout.contains("+      privileged: false"), "{ran:?}");
    let ran = folder.run(&[&arguments[..], &["--write"]].concat());
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.stderr.contains("standard input can't be written to"), "{ran:?}");
}
