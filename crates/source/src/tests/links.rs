//! Symbolic links.
#![cfg(unix)]

use std::os::unix::fs::symlink;

use super::*;

#[test]
fn links_are_followed_and_what_they_lead_to_is_read_once() {
    let outside = Estate::new(&[("x/deep/far.yaml", &manifest("far"))]);
    let estate = Estate::new(&[("a.yaml", &manifest("a")), ("real/b.yaml", &manifest("b"))]);
    symlink(estate.at("a.yaml"), estate.at("z.yaml")).unwrap();
    symlink("real", estate.at("same")).unwrap();
    symlink(outside.at("x"), estate.at("other")).unwrap();
    let loaded = estate.load(&["."]);
    assert_eq!(files(&loaded), ["a.yaml", "real/b.yaml", "other/deep/far.yaml"]);
    assert_complete(&loaded);
    assert_eq!(estate.files(&["same", "real", "z.yaml", "a.yaml"]), ["same/b.yaml", "z.yaml"]);
}

#[test]
fn a_file_is_known_by_its_own_name_before_that_of_a_link() {
    let estate = Estate::new(&[("install/b.yaml", &manifest("b")), ("z.yaml", &manifest("z"))]);
    symlink("install", estate.at("docs")).unwrap();
    symlink("z.yaml", estate.at("a.yaml")).unwrap();
    assert_eq!(estate.files(&["."]), ["install/b.yaml", "z.yaml"]);
    assert_eq!(estate.files(&["docs", "install"]), ["docs/b.yaml"], "as it was named first");
}

#[test]
fn a_loop_is_told_once() {
    let estate = Estate::new(&[("a/b/c.yaml", &manifest("c"))]);
    symlink("..", estate.at("a/b/up")).unwrap();
    symlink("../../a", estate.at("a/b/up2")).unwrap();
    let loaded = estate.load(&["."]);
    assert_eq!(files(&loaded), ["a/b/c.yaml"]);
    assert_incomplete(&loaded, "a/b/up: a symbolic link that leads back to a, not followed");
}

#[test]
fn links_between_many_directories_do_not_multiply() {
    let estate = Estate::new(&[]);
    let names: Vec<String> = (0..12).map(|number| format!("d{number:02}")).collect();
    for name in &names {
        estate.write(&format!("{name}/x.yaml"), manifest(name));
        for other in &names {
            symlink(estate.at(other), estate.at(name).join(format!("to-{other}"))).unwrap();
        }
    }
    let loaded = estate.load(&["."]);
    assert_eq!(loaded.coverage.files, names.len());
    assert!(!loaded.coverage.incomplete.is_empty());
}

#[test]
fn a_link_to_nowhere_counts_when_it_is_a_manifest_by_its_name() {
    let estate = Estate::new(&[("a.yaml", &manifest("a"))]);
    symlink("missing", estate.at("b.yaml")).unwrap();
    symlink("missing", estate.at("node")).unwrap();
    symlink("me@host:1", estate.at(".#a.yaml")).unwrap();
    let loaded = estate.load(&["."]);
    assert_eq!(files(&loaded), ["a.yaml"]);
    assert_incomplete(&loaded, "b.yaml: a link to something that is not there");
}

#[test]
fn a_link_to_itself_is_told() {
    let estate = Estate::new(&[("a.yaml", &manifest("a"))]);
    symlink("b.yaml", estate.at("b.yaml")).unwrap();
    let loaded = estate.load(&["."]);
    assert_eq!(files(&loaded), ["a.yaml"]);
    assert_incomplete(&loaded, "b.yaml: ");
}

#[test]
fn a_glob_is_about_what_it_matches() {
    let estate = Estate::new(&[("k8s/a.yaml", &manifest("a")), ("k8s/deep/b.yaml", &manifest("b"))]);
    symlink("nowhere.yaml", estate.at("k8s/z.yaml")).unwrap();
    symlink("self.yaml", estate.at("k8s/self.yaml")).unwrap();
    for pattern in ["k8s/a*", "k8s/*/b.yaml", "**/b.yaml", "k8s/{a,b}.yaml"] {
        assert_complete(&estate.load(&[pattern]));
    }
    assert_incomplete(&estate.load(&["k8s/z*"]), "k8s/z.yaml: a link to something that is not there");
    assert_incomplete(&estate.load(&["k8s/se*"]), "k8s/self.yaml: ");
}
