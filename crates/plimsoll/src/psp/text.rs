//! The survey for people.

use std::fmt::Write;

use plimsoll_podsecurity::{Level, Version, labels};
use plimsoll_report::{counted, shown};

use super::migrate::labels_of;
use super::survey::{Levels, PodReport, Survey, Verdict};
use super::yaml;

/// Writes the whole survey.
pub fn text(survey: &Survey<'_>, version: Version) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write_policies(survey, &mut out);
    let _ = write_pods(survey, &mut out);
    let _ = write_namespaces(survey, version, &mut out);
    let _ = write_summary(survey, &mut out);
    out
}

fn level(level: Option<Level>) -> &'static str {
    level.map_or("unknown", Level::name)
}

fn write_policies(survey: &Survey<'_>, out: &mut String) -> std::fmt::Result {
    writeln!(out, "Policies")?;
    for policy in &survey.policies {
        writeln!(out, "  {} ({}:{})", shown(policy.name), shown(policy.place.file), policy.place.line)?;
        if let Some(why) = &policy.unusable {
            writeln!(out, "    the API server passes it over: {}", shown(why))?;
            continue;
        }
        let what_runs = match policy.admits {
            0 => "no pod here".to_owned(),
            pods => {
                let verb = if pods == 1 { "meets" } else { "meet" };
                format!("{}, which {verb} {}", counted(pods, "pod"), both(&policy.level))
            }
        };
        writeln!(out, "    admits       {what_runs}")?;
        writeln!(out, "    would admit  pods that meet {} alone", level(policy.level.promised))?;
        for (standard, gaps) in [("baseline", &policy.gaps.baseline), ("restricted", &policy.gaps.restricted)]
        {
            let checks: Vec<_> = gaps.iter().map(|gap| gap.check).collect();
            if !checks.is_empty() {
                writeln!(out, "      short of {standard:<10}  {}", checks.join(", "))?;
            }
        }
        for user in &policy.users {
            writeln!(out, "    may use it   {}", shown(user))?;
        }
        for unknown in &policy.undecided {
            writeln!(out, "    unknown      {}", shown(unknown))?;
        }
        if policy.users.is_empty() && policy.undecided.is_empty() {
            writeln!(out, "    may use it   nobody, by the bindings that were read")?;
        }
    }
    Ok(())
}

/// `baseline`, or `privileged, and baseline once the fixes are made`.
fn both(levels: &Levels) -> String {
    if levels.fixed == levels.written {
        level(levels.written).to_owned()
    } else {
        format!("{}, and {} once the fixes are made", level(levels.written), level(levels.fixed))
    }
}

fn write_pods(survey: &Survey<'_>, out: &mut String) -> std::fmt::Result {
    if survey.pods.is_empty() {
        return Ok(());
    }
    let names: Vec<String> =
        survey.pods.iter().map(|pod| format!("{} {}/{}", pod.kind, pod.namespace, pod.name)).collect();
    let width = names.iter().map(|name| name.chars().count()).max().unwrap_or(0).min(48);
    writeln!(out, "\nPods")?;
    for (pod, name) in survey.pods.iter().zip(&names) {
        let verdict = match (pod.verdict, pod.policy) {
            (Verdict::Admitted, Some(policy)) => format!("admitted by {policy}"),
            (Verdict::Admitted, None) => "admitted".to_owned(),
            (Verdict::Denied, _) => "denied".to_owned(),
            (Verdict::Unknown, _) if pod.candidates.is_empty() => "unknown".to_owned(),
            (Verdict::Unknown, _) => format!("unknown: perhaps {}", pod.candidates.join(" or ")),
        };
        let meets = both(&pod.level);
        writeln!(out, "  {:width$}  {}; meets {meets}", shown(name), shown(&verdict))?;
        write_details(pod, out)?;
    }
    Ok(())
}

fn write_details(pod: &PodReport<'_>, out: &mut String) -> std::fmt::Result {
    for fix in &pod.fixes {
        writeln!(out, "    write {}: {}", shown(&fix.path), shown(&yaml::inline(&fix.value)))?;
    }
    for note in &pod.notes {
        writeln!(out, "    note: {}", shown(note))?;
    }
    if pod.verdict == Verdict::Admitted {
        return Ok(());
    }
    match (&pod.message, pod.verdict) {
        (Some(message), Verdict::Unknown) => writeln!(out, "    {}", shown(message))?,
        (Some(_), _) => {
            for said in &pod.policies {
                let usable = match (said.usable, said.admits) {
                    ("no", true) => " would admit it, and may not be used for it",
                    ("no", false) => " may not be used for it, and denies it",
                    ("unknown", _) => " denies it; whether it may be used is unknown",
                    _ => " denies it",
                };
                writeln!(out, "    {}{usable}", shown(said.policy))?;
                for error in &said.errors {
                    writeln!(out, "      {}", shown(error))?;
                }
            }
        }
        (None, _) => {}
    }
    Ok(())
}

fn write_namespaces(survey: &Survey<'_>, version: Version, out: &mut String) -> std::fmt::Result {
    if !survey.namespaces.is_empty() {
        writeln!(out, "\nNamespaces")?;
    }
    for namespace in &survey.namespaces {
        writeln!(out, "  {} ({})", shown(namespace.name), counted(namespace.pods, "pod"))?;
        writeln!(out, "    runs         pods that meet {}", both(&namespace.level))?;
        if !namespace.policies.is_empty() {
            let (policies, promised) = (namespace.policies.join(" and "), level(namespace.level.promised));
            writeln!(out, "    would run    pods that meet {promised} alone, by {}", shown(&policies))?;
        }
        let fails: Vec<_> = namespace.fails.iter().map(|(check, pods)| format!("{check} ({pods})")).collect();
        if !fails.is_empty() {
            writeln!(out, "      short of the next  {}", fails.join(", "))?;
        }
        let written = labels_of(namespace, version);
        if let (Some(enforce), Some(warn)) = (written.get(labels::ENFORCE), written.get(labels::WARN)) {
            writeln!(out, "    labels       enforce {enforce}, warn and audit {warn}")?;
        }
    }
    Ok(())
}

fn write_summary(survey: &Survey<'_>, out: &mut String) -> std::fmt::Result {
    let pods = survey.pods.len();
    writeln!(
        out,
        "\n{}, {}: {} denied, {} unknown, {} to be changed before policies go. Standards: {}.",
        if survey.policies.len() == 1 {
            "1 policy".to_owned()
        } else {
            format!("{} policies", survey.policies.len())
        },
        counted(pods, "pod"),
        survey.denied(),
        survey.unknown(),
        survey.changing(),
        survey.version,
    )
}
