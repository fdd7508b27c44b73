//! What git leaves out, and what it tracks.

use std::process::Command;

use super::*;

impl Estate {
    /// Runs git in a directory, without anybody's settings. Says so and gives `false` where it isn't installed.
    fn git(&self, directory: &str, arguments: &[&str]) -> bool {
        let mut command = Command::new("git");
        command.arg("-C").arg(self.at(directory)).args(arguments);
        command.env("GIT_CONFIG_GLOBAL", "").env("GIT_CONFIG_NOSYSTEM", "1");
        let Ok(output) = command.output() else {
            eprintln!("skipped: git is not installed");
            return false;
        };
        assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        true
    }
}

#[test]
fn rules_above_a_repository_are_not_its_own() {
    let web = manifest("web");
    let estate =
        Estate::new(&[(".gitignore", "*\n"), ("repo/k8s/a.yaml", &web), ("repo/.gitignore", "b.yaml")]);
    estate.write("repo/k8s/b.yaml", &web);
    // Without a repository, all directories above have a say.
    assert_eq!(estate.files(&["repo"]), [""; 0]);
    fs::create_dir(estate.at("repo/.git")).unwrap();
    assert_eq!(estate.files(&["repo"]), ["repo/k8s/a.yaml"]);
    assert_eq!(estate.files(&["repo/k8s"]), ["repo/k8s/a.yaml"]);
    // From above it is a directory like others.
    assert_eq!(estate.files(&["."]), [""; 0]);
}

#[test]
fn a_repository_in_another_has_its_own_rules() {
    let web = manifest("web");
    let estate = Estate::new(&[
        (".gitignore", "b.yaml\n"),
        (".git/HEAD", ""),
        ("b.yaml", &web),
        ("inner/.git", "gitdir: ../.git/modules/inner\n"),
        (".git/modules/inner/commondir", "../common\n"),
        (".git/modules/common/info/exclude", "c.yaml\n"),
        ("inner/b.yaml", &web),
        ("inner/c.yaml", &web),
    ]);
    assert_eq!(estate.files(&["."]), ["inner/b.yaml"]);
    assert_eq!(estate.files(&["inner"]), ["inner/b.yaml"]);
}

#[test]
fn the_nearest_rules_decide_and_shared_ones_come_before_ones_own() {
    let web = manifest("web");
    let estate = Estate::new(&[
        (".git/info/exclude", "a.yaml\nc.yaml\n"),
        (".gitignore", "*.gen.yaml\n!a.yaml\n"),
        ("k8s/.gitignore", "!kept.gen.yaml\n"),
        ("a.yaml", &web),
        ("c.yaml", &web),
        ("k8s/b.gen.yaml", &web),
        ("k8s/kept.gen.yaml", &web),
    ]);
    assert_eq!(estate.files(&["."]), ["a.yaml", "k8s/kept.gen.yaml"]);
}

#[test]
fn what_is_tracked_is_read_whatever_the_rules_say() {
    for (format, version, split) in
        [("sha1", "2", false), ("sha1", "4", false), ("sha256", "2", false), ("sha1", "2", true)]
    {
        let web = manifest("web");
        let estate = Estate::new(&[
            ("a.yaml", &web),
            ("k8s/b.yaml", &web),
            ("k8s/bb/c.yaml", &web),
            ("k8s/untracked.yaml", &web),
            ("k8s-other/d.yaml", &web),
            ("vendor/e.yaml", &web),
        ]);
        let format = format!("--object-format={format}");
        if !estate.git(".", &["init", "-q", &format]) {
            return;
        }
        estate.git(".", &["add", "a.yaml", "k8s/b.yaml", "k8s/bb", "k8s-other"]);
        estate.git(".", &["update-index", "--index-version", version]);
        estate.write(".gitignore", "k8s*\na.yaml\nvendor/\n");
        if split {
            estate.git(".", &["update-index", "--split-index"]);
            let loaded = estate.load(&["."]);
            assert_eq!(files(&loaded), [""; 0]);
            assert_incomplete(&loaded, ".git: the repository's index cannot be read");
            continue;
        }
        let loaded = estate.load(&["."]);
        assert_eq!(
            files(&loaded),
            ["a.yaml", "k8s/b.yaml", "k8s/bb/c.yaml", "k8s-other/d.yaml"],
            "{format} {version}"
        );
        assert_complete(&loaded);
        assert_eq!(estate.files(&["k8s/*/*.yaml"]), ["k8s/bb/c.yaml"]);
        assert_eq!(estate.files(&["vendor"]), ["vendor/e.yaml"]);
    }
}

#[test]
fn an_index_that_is_none_is_told_where_it_matters() {
    let web = manifest("web");
    let estate = Estate::new(&[(".git/index", "DIRC????"), ("a.yaml", &web), ("k8s/b.yaml", &web)]);
    assert_complete(&estate.load(&["."]));
    estate.write(".gitignore", "b.yaml\n");
    for path in [".", "k8s"] {
        let loaded = estate.load(&[path]);
        assert!(incomplete(&loaded)[0].contains(".git: the repository's index cannot be read"));
        assert_eq!(incomplete(&loaded).len(), 1);
    }
}
