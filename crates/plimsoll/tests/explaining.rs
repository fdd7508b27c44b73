//! `plimsoll explain` and `plimsoll controls`.

mod support;

use support::Folder;

fn explain(name: &str) -> support::Ran {
    Folder::new().run(&["explain", name])
}

#[test]
fn an_area_is_all_of_its_controls() {
    let ran = explain("pod/*");
    assert_eq!(ran.code, 0);
    for id in ["\npod/privileged  critical\n", "\npod/host-pid  "] {
        assert!(ran.stdout.contains(id), "{id}");
    }
    assert!(!ran.stdout.contains("\nimage/latest-tag  "));
}

#[test]
fn an_alias_of_several_controls_is_all_of_them() {
    let ran = explain("C-0057");
    assert!(ran.stdout.contains("pod/capability-sys-admin  ") && ran.stdout.contains("pod/privileged  "));
}

#[test]
fn a_framework_is_its_requirements_with_their_controls() {
    let ran = explain("cis-kubernetes-1.12");
    assert_eq!(ran.code, 0);
    assert!(ran.stdout.starts_with("cis-kubernetes-1.12  CIS Kubernetes Benchmark 1.12\nhttps://"));
    let (_, rest) = ran.stdout.split_once("\n  5.2.2 ").expect("the requirement");
    let (requirement, _) = rest.split_once("\n  5.2.3 ").expect("the next");
    assert!(requirement.contains("- pod/privileged"), "{requirement}");
    assert!(ran.stdout.contains("\n131 requirements, "));
    assert_eq!(explain("cis-kubernetes").stdout, ran.stdout, "the version can be left out");
}

#[test]
fn a_requirement_is_its_controls() {
    let ran = explain("cis-kubernetes:5.2.2");
    assert_eq!(ran.code, 0);
    assert!(ran.stdout.contains("- pod/privileged: "), "{ran:?}");
    assert!(!ran.stdout.contains("5.2.3"), "{ran:?}");
}

#[test]
fn what_is_not_known_is_said() {
    for (name, said) in [
        ("cis", "cis-kubernetes-1.12, cis-aks-1.8, cis-eks-1.8"),
        ("cis-kubernetes:9.9", "cis-kubernetes-1.12 has no requirement \"9.9\""),
        ("pod/privilege", "did you mean pod/privileged?"),
        ("pods/*", "no control and no framework"),
        ("", "no control and no framework"),
    ] {
        let ran = explain(name);
        assert_eq!(ran.code, 2, "{ran:?}");
        assert!(ran.stderr.contains(said), "{name}: {ran:?}");
        assert!(ran.stdout.is_empty());
    }
}

#[test]
fn controls_are_listed_by_profile_and_framework() {
    let folder = Folder::new();
    let list = |profile: &str| {
        let ran = folder.run(&["controls", "--output", "json", "--profile", profile]);
        let json: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
        let controls = json["controls"].as_array().expect("a list").clone();
        controls.into_iter().map(|row| row["id"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    let (all, baseline, cis) = (list("all"), list("baseline"), list("cis-kubernetes"));
    assert!(all.len() > baseline.len() && baseline.contains(&"pod/privileged".to_owned()));
    assert!(cis.contains(&"pod/privileged".to_owned()) && !cis.contains(&"image/latest-tag".to_owned()));
    let by_area: Vec<Vec<&str>> = all.iter().map(|id| id.split('/').collect()).collect();
    assert!(by_area.is_sorted());
    let table = folder.run(&["controls"]).stdout;
    assert_eq!(table.lines().count(), all.len() + 1, "a line each, and how many there are");
    assert_eq!(folder.run(&["controls", "--profile", "strict"]).code, 2);
}
