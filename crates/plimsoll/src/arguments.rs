//! The command line.

use clap::{Args, Parser, Subcommand, ValueEnum};
use plimsoll_engine::Severity;

use crate::outputs::Output;
use crate::terminal::Color;

/// Tells whether a Kubernetes cluster is safe, with file, line and column, and mends what isn't.
///
/// Exit codes: 0 clean, 1 findings at or above the threshold, 2 usage or internal error, 3 nothing to
/// check, 4 coverage incomplete (1 wins over 4).
#[derive(Debug, Parser)]
#[command(name = "plimsoll", version, max_term_width = 100, subcommand_required = true)]
pub struct Arguments {
    #[command(subcommand)]
    pub verb: Verb,
}

#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Check manifests, charts and kustomizations
    Scan(Scan),
    /// Mend what has a mechanical fix
    Fix(Fix),
    /// Tell what a control, a framework or another tool's check means
    Explain(Explain),
    /// List the controls
    Controls(Controls),
    /// Print documents as JSON, one a line, as the API server takes them
    Read(Read),
    /// Write and prune baselines of known findings
    #[command(subcommand)]
    Baseline(Baseline),
    /// Print a completion script
    Completions { shell: clap_complete::Shell },
    /// Print the manual page
    Man,
}

/// What to read.
#[derive(Debug, Clone, Args)]
pub struct Sources {
    /// Files, directories, globs, or - for standard input
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<String>,
    /// Leave out paths that match this glob
    #[arg(long, value_name = "GLOB")]
    pub exclude: Vec<String>,
    /// Don't render charts and kustomizations
    #[arg(long)]
    pub no_render: bool,
    /// Let rendering fetch remote bases and chart dependencies
    #[arg(long)]
    pub allow_network: bool,
    /// Where objects go that name no namespace
    #[arg(long, short, value_name = "NAME", default_value = "default")]
    pub namespace: String,
}

/// Which controls to run.
#[derive(Debug, Clone, Args)]
pub struct Choice {
    /// baseline, restricted, recommended (the default), all, or a framework
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    /// Run these controls alone: ids, areas (pod/*), or other tools' names (CKV_K8S_16)
    #[arg(long, value_name = "CONTROL", value_delimiter = ',')]
    pub select: Vec<String>,
    /// Leave these controls out
    #[arg(long, value_name = "CONTROL", value_delimiter = ',')]
    pub ignore: Vec<String>,
    /// Show findings of this severity and above
    #[arg(long, value_name = "LEVEL")]
    pub severity: Option<Severity>,
    /// The configuration; else plimsoll.yaml, looked for upwards from the working directory
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub config: Option<std::path::PathBuf>,
    /// Read no configuration
    #[arg(long)]
    pub no_config: bool,
}

#[derive(Debug, Args)]
pub struct Scan {
    #[command(flatten)]
    pub sources: Sources,
    #[command(flatten)]
    pub choice: Choice,
    /// FORMAT or FORMAT=FILE: terminal, json, sarif, junit, gitlab, github, markdown, html. Can be given several times
    #[arg(long, short, value_name = "FORMAT[=FILE]")]
    pub output: Vec<Output>,
    /// Exit with 1 only for findings of this severity and above [default: low]
    #[arg(long, value_name = "LEVEL")]
    pub fail_on: Option<Severity>,
    /// Fail on findings alone that this file doesn't know
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<std::path::PathBuf>,
    /// Show how the requirements of this framework are met
    #[arg(long, value_name = "NAME")]
    pub framework: Option<String>,
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    pub color: Color,
}

#[derive(Debug, Args)]
pub struct Fix {
    #[command(flatten)]
    pub sources: Sources,
    #[command(flatten)]
    pub choice: Choice,
    /// Show what would change (the default)
    #[arg(long, conflicts_with = "write")]
    pub diff: bool,
    /// Write the changes
    #[arg(long)]
    pub write: bool,
    /// Fixes too that can change how a workload behaves
    #[arg(long = "unsafe")]
    pub allow_unsafe: bool,
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    pub color: Color,
}

#[derive(Debug, Args)]
pub struct Explain {
    /// A control's id, another tool's name for it, or a framework
    #[arg(value_name = "NAME")]
    pub name: String,
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    pub color: Color,
}

#[derive(Debug, Args)]
pub struct Controls {
    /// table or json
    #[arg(long, short, value_enum, default_value_t, value_name = "FORMAT")]
    pub output: ListFormat,
    /// Only those of a profile or a framework
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    pub color: Color,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    #[default]
    Table,
    Json,
}

#[derive(Debug, Args)]
pub struct Read {
    #[command(flatten)]
    pub sources: Sources,
    /// Add file, line and column of every value
    #[arg(long)]
    pub positions: bool,
}

#[derive(Debug, Subcommand)]
pub enum Baseline {
    /// Write a baseline of all findings of today
    Create(BaselineArguments),
    /// Drop from a baseline what was mended; nothing is added
    Prune(BaselineArguments),
}

#[derive(Debug, Args)]
pub struct BaselineArguments {
    #[command(flatten)]
    pub sources: Sources,
    #[command(flatten)]
    pub choice: Choice,
    /// The baseline
    #[arg(long, value_name = "FILE")]
    pub baseline: std::path::PathBuf,
}
