//! Globs in the place of paths.

use super::*;

fn estate() -> Estate {
    let web = manifest("web");
    Estate::new(&[
        (".gitignore", "built/\n"),
        ("k8s/a.yaml", &web),
        ("k8s/b.yml", &web),
        ("k8s/.c.yaml", &web),
        ("k8s/notes.txt", &web),
        ("k8s/deep/er/d.yaml", &web),
        ("k8s/built/e.yaml", &web),
    ])
}

#[test]
fn a_glob_names_what_it_matches() {
    let estate = estate();
    assert_eq!(estate.files(&["k8s/*.yaml"]), ["k8s/a.yaml"]);
    assert_eq!(estate.files(&["./k8s/?.y*ml"]), ["k8s/a.yaml", "k8s/b.yml"]);
    assert_eq!(estate.files(&["k8s/{a,b}.*"]), ["k8s/a.yaml", "k8s/b.yml"]);
    assert_eq!(estate.files(&["k8s/*.txt"]), ["k8s/notes.txt"]);
    assert_eq!(estate.files(&["k8s/.*.yaml"]), ["k8s/.c.yaml"]);
    let whole = estate.at("k8s/*.yml").display().to_string();
    assert_eq!(estate.files(&[&whole]), [estate.at("k8s/b.yml").display().to_string()]);
}

#[test]
fn two_stars_go_down_as_a_walk_does() {
    let estate = estate();
    assert_eq!(estate.files(&["k8s/**/*.yaml"]), ["k8s/a.yaml", "k8s/deep/er/d.yaml"]);
    assert_eq!(estate.files(&["**/d.yaml"]), ["k8s/deep/er/d.yaml"]);
    assert_eq!(estate.files(&["k8s/**"]), ["k8s/a.yaml", "k8s/b.yml", "k8s/deep/er/d.yaml"]);
}

#[test]
fn one_star_names_directories_and_what_git_ignores_as_a_shell_does() {
    let estate = estate();
    assert_eq!(estate.files(&["k8s/d*"]), ["k8s/deep/er/d.yaml"]);
    assert_eq!(estate.files(&["k8s/*/e.yaml"]), ["k8s/built/e.yaml"]);
    assert_eq!(
        estate.files(&["k8s/*"]),
        ["k8s/a.yaml", "k8s/b.yml", "k8s/built/e.yaml", "k8s/deep/er/d.yaml"]
    );
}

#[test]
fn a_glob_without_a_match_ends_the_run() {
    let estate = estate();
    for pattern in ["k8s/*.json", "missing/*.yaml", "k8s/c.*"] {
        let error = estate.try_load(&[pattern]).unwrap_err();
        assert_eq!(error, Error::NoMatch { pattern: pattern.to_owned() });
    }
    assert!(matches!(estate.try_load(&["k8s/[a.yaml"]), Err(Error::Glob { .. })));
}

#[test]
fn a_file_with_a_wildcard_in_its_name_is_that_file() {
    let estate = Estate::new(&[("a[1].yaml", &manifest("one")), ("a1.yaml", &manifest("other"))]);
    assert_eq!(names(&estate.load(&["a[1].yaml"])), ["one"]);
}

#[test]
fn exclusions_hold_for_globs() {
    let estate = estate().exclude(&["k8s/a.*", "k8s/deep"]);
    assert_eq!(estate.files(&["k8s/**"]), ["k8s/b.yml"]);
}
