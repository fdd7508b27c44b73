//! Compares Plimsoll with the other scanners that are installed: time, memory, and on which objects the
//! checks that they share disagree.
//!
//! `cargo xtask versus DIR [RUNS]` builds the release program, runs it and every peer found over the folder
//! in turn, and prints medians as ratios.

mod measure;
mod peers;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use self::measure::Measured;
use self::peers::{Peer, Verdict};

/// How many objects of a disagreement are named.
const SHOWN: usize = 3;

pub fn run(root: &Path, arguments: &[String]) -> Result<(), String> {
    let Some(folder) = arguments.first() else { return Err("versus: name a folder of manifests".into()) };
    let runs = arguments.get(1).and_then(|runs| runs.parse().ok()).unwrap_or(5);
    let built =
        Command::new(env!("CARGO")).args(["build", "--release", "-p", "plimsoll"]).current_dir(root).status();
    if !built.map_err(|error| error.to_string())?.success() {
        return Err("versus: the release build failed".into());
    }
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), Into::into);
    let program = target.join("release/plimsoll").display().to_string();
    let ours = |extra: &[&str]| {
        let mut command =
            vec![program.clone(), "scan".into(), "--no-config".into(), "--profile".into(), "all".into()];
        command.extend(extra.iter().map(|word| (*word).to_owned()));
        command.push(folder.clone());
        command
    };

    let mut installed = Vec::new();
    for peer in Peer::ALL {
        if peer.is_installed() {
            installed.push(peer);
        } else {
            println!("{}: skipped, not installed", peer.name());
        }
    }

    println!("\n{:<14}{:>12}{:>12}{:>12}{:>12}", "", "wall s", "cpu s", "MiB", "times ours");
    let terminal = ours(&["--output", "terminal", "--color", "never"]);
    let reference = Measured::of(&terminal, runs)?;
    row("plimsoll", &reference, &reference);
    let json = ours(&["--output", "json"]);
    row("plimsoll json", &Measured::of(&json, runs)?, &reference);
    for peer in &installed {
        // In one run with ours, so that a machine that slows down slows both.
        let measured = Measured::of(&peer.command(Path::new(folder), false)?, runs.min(3))?;
        row(peer.name(), &measured, &reference);
    }

    let findings = peers::ours(&measure::output(&json)?)?;
    for peer in &installed {
        let verdicts = peer.verdicts(&measure::output(&peer.command(Path::new(folder), true)?)?)?;
        disagreements(peer.name(), &findings, &verdicts);
    }
    Ok(())
}

fn row(name: &str, measured: &Measured, reference: &Measured) {
    println!(
        "{name:<14}{:>12.4}{:>12.4}{:>12.1}{:>12.1}",
        measured.wall,
        measured.cpu,
        measured.memory,
        measured.wall / reference.wall
    );
}

/// Objects by the check that finds something there.
type ByCheck = BTreeMap<String, BTreeSet<Verdict>>;

fn disagreements(peer: &str, ours: &ByCheck, theirs: &ByCheck) {
    println!("\n{peer}: shared checks that disagree, by object");
    let mut agreed = 0;
    let prefix = format!("{peer}:");
    for (alias, mine) in ours.iter().filter(|(alias, _)| alias.starts_with(&prefix)) {
        let empty = BTreeSet::new();
        let check = alias.strip_prefix(&prefix).unwrap_or(alias);
        let other = theirs.get(check).unwrap_or(&empty);
        let only_mine: Vec<_> = mine.difference(other).collect();
        let only_theirs: Vec<_> = other.difference(mine).collect();
        if only_mine.is_empty() && only_theirs.is_empty() {
            agreed += 1;
            continue;
        }
        println!(
            "  {check}: both {}, only plimsoll {}, only {peer} {}",
            mine.intersection(other).count(),
            only_mine.len(),
            only_theirs.len()
        );
        for (who, objects) in [("plimsoll", only_mine), (peer, only_theirs)] {
            for object in objects.iter().take(SHOWN) {
                println!("    only {who}: {object}");
            }
        }
    }
    println!("  {agreed} shared checks agree on every object");
}
