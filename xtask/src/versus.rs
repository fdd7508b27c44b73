//! Compares Plimsoll with the other scanners that are installed: time, memory, and on which objects the
//! checks that they share disagree.
//!
//! `cargo xtask versus DIR [RUNS]` builds the release program, runs it and every peer found over the folder
//! in turn, and prints medians as ratios. With 0 runs nothing is measured and the debug build does.

mod measure;
mod objects;
mod peers;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use self::measure::Measured;
use self::objects::{ByCheck, Object, Objects};
use self::peers::{Judged, Peer};

/// How many objects of a disagreement are named, unless a check is asked for by name.
const SHOWN: usize = 3;

pub fn run(root: &Path, arguments: &[String]) -> Result<(), String> {
    let mut arguments = arguments.iter();
    let folder =
        arguments.next().ok_or("versus: name a folder of manifests, e.g. cargo xtask versus examples")?;
    let folder = std::fs::canonicalize(folder).map_err(|error| format!("versus: {folder}: {error}"))?;
    let mut runs = 5;
    let mut asked = Vec::new();
    for word in arguments {
        // What is no number names a check, whose objects are then all shown.
        match word.parse() {
            Ok(number) => runs = number,
            Err(_) => asked.push(word.as_str()),
        }
    }
    let program = build(root, runs > 0)?;
    let mut installed = Vec::new();
    for peer in Peer::ALL {
        if peer.is_installed() {
            installed.push(peer);
        } else {
            println!("{}: skipped, not installed", peer.name());
        }
    }
    if runs > 0 {
        measure(&program, &folder, &installed, runs)?;
    }
    compare(&program, &folder, &installed, &asked)
}

fn build(root: &Path, release: bool) -> Result<String, String> {
    let mut command = Command::new(env!("CARGO"));
    command.args(["build", "--quiet", "--package", "plimsoll"]).current_dir(root);
    if release {
        command.arg("--release");
    }
    if !command.status().map_err(|error| error.to_string())?.success() {
        return Err("versus: the build failed".into());
    }
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), Into::into);
    let profile = if release { "release" } else { "debug" };
    Ok(target.join(profile).join("plimsoll").display().to_string())
}

/// Our own command over a folder: every control, no configuration, nothing rendered, as the peers see it.
fn ours(program: &str, folder: &Path, output: &str) -> Vec<String> {
    let mut command: Vec<String> =
        [program, "scan", "--no-config", "--no-render", "--profile", "all", "--color", "never", "--output"]
            .map(String::from)
            .to_vec();
    command.extend([output.to_owned(), folder.display().to_string()]);
    command
}

fn measure(program: &str, folder: &Path, peers: &[Peer], runs: usize) -> Result<(), String> {
    println!("\n{:<14}{:>12}{:>12}{:>12}{:>12}", "", "wall s", "cpu s", "MiB", "times ours");
    let mut names = vec!["plimsoll", "plimsoll json"];
    let mut commands = vec![ours(program, folder, "terminal"), ours(program, folder, "json")];
    for peer in peers {
        names.push(peer.name());
        commands.push(peer.command(folder)?);
    }
    let all = measure::in_turn(&commands, runs)?;
    let reference = all.first().ok_or("versus: nothing was measured")?;
    for (name, measured) in names.into_iter().zip(&all) {
        row(name, measured, reference);
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

fn compare(program: &str, folder: &Path, peers: &[Peer], asked: &[&str]) -> Result<(), String> {
    let path = folder.display().to_string();
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<String>>();
    let read = measure::output(&words(&[program, "read", "--no-render", "--positions", &path]))?;
    let objects = Objects::read(&read, folder)?;
    let controls = measure::output(&words(&[program, "controls", "--output", "json"]))?;
    let aliases = objects::aliases(&controls)?;
    let findings = objects::findings(&measure::output(&ours(program, folder, "json"))?, folder)?;
    println!("\n{} objects, {} aliases", objects.len(), aliases.len());
    for peer in peers {
        let output = measure::output(&peer.full_command(folder)?)?;
        let judged = peer.judged(&output, &objects, folder)?;
        disagreements(*peer, &aliases, &findings, &judged, &objects, asked);
    }
    Ok(())
}

fn disagreements(
    peer: Peer,
    aliases: &BTreeSet<String>,
    findings: &ByCheck,
    judged: &Judged,
    objects: &Objects,
    asked: &[&str],
) {
    let name = peer.name();
    println!("\n{name}: shared checks that disagree, by object");
    let nothing = BTreeSet::new();
    let (mut agreed, mut silent, mut off) = (0, 0, Vec::new());
    for alias in aliases {
        let Some(check) = alias.strip_prefix(name).and_then(|rest| rest.strip_prefix(':')) else { continue };
        let Some(looked) = judged.looked.get(check) else {
            off.push(check);
            continue;
        };
        let mine = findings.get(alias).unwrap_or(&nothing);
        let mut mine: BTreeSet<Object> = mine.iter().map(|object| peer.as_it_tells(object)).collect();
        let mut theirs = judged.failed.get(check).cloned().unwrap_or_default();
        let mut looked = looked.clone();
        // A check that blames the binding for what ours blames the role for means the same.
        if looked.iter().all(Object::is_binding) && mine.iter().any(Object::is_role) {
            for set in [&mut mine, &mut theirs, &mut looked] {
                *set = set.iter().map(|object| objects.role_of(object)).collect();
            }
        }
        let both = mine.intersection(&theirs).count();
        let only_mine: Vec<_> = mine.difference(&theirs).filter(|object| looked.contains(object)).collect();
        let only_theirs: Vec<_> = theirs.difference(&mine).collect();
        let beyond = mine.difference(&looked).count();
        if only_mine.is_empty() && only_theirs.is_empty() {
            if both == 0 {
                silent += 1;
            } else {
                agreed += 1;
            }
            if beyond == 0 || !asked.contains(&check) {
                continue;
            }
        }
        let all = asked.contains(&check);
        if !asked.is_empty() && !all {
            continue;
        }
        println!(
            "  {check}: both {both}, only plimsoll {}, only {name} {}, plimsoll where {name} doesn't look {beyond}",
            only_mine.len(),
            only_theirs.len(),
        );
        let shown = if all { usize::MAX } else { SHOWN };
        let beyond: Vec<_> = mine.difference(&looked).filter(|_| all).collect();
        for (who, objects) in
            [("only plimsoll", only_mine), (&*format!("only {name}"), only_theirs), ("doesn't look", beyond)]
        {
            for object in objects.iter().take(shown) {
                println!("    {who}: {object}");
            }
        }
    }
    println!(
        "  {agreed} shared checks agree on every object, {silent} more find nothing in either; not run by \
         {name}: {}",
        if off.is_empty() { "none".into() } else { off.join(" ") }
    );
}

/// Sets of objects by a name, filled one by one.
fn add(found: &mut BTreeMap<String, BTreeSet<Object>>, check: &str, object: &Object) {
    if let Some(objects) = found.get_mut(check) {
        objects.insert(object.clone());
    } else {
        found.insert(check.to_owned(), BTreeSet::from([object.clone()]));
    }
}
