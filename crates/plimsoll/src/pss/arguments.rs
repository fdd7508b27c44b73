//! What `plimsoll pss` is asked.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use plimsoll_podsecurity::{Level, Version};

use crate::arguments::Sources;

#[derive(Debug, Args)]
#[command(after_long_help = HELP)]
pub struct Pss {
    #[command(flatten)]
    pub sources: Sources,
    /// List what this level doesn't allow
    #[arg(long, value_name = "LEVEL", value_parser = level(), conflicts_with = "apply_level")]
    pub level: Option<Level>,
    /// The version of the standards: latest, or v1.N
    #[arg(long = "version", id = "standards_version", value_name = "VERSION", default_value = "latest")]
    #[arg(value_parser = str::parse::<Version>)]
    pub version: Version,
    /// Show what the API server would deny and warn of if every namespace enforced this level
    #[arg(long, value_name = "LEVEL", value_parser = level())]
    pub apply_level: Option<Level>,
    /// The version that the namespaces would enforce [default: latest]
    #[arg(long, value_name = "VERSION", requires = "apply_level", value_parser = str::parse::<Version>)]
    pub apply_version: Option<Version>,
    /// The configuration of the admission plugin: its defaults and exemptions hold with --apply-level
    #[arg(long, value_name = "FILE", requires = "apply_level")]
    pub admission_config: Option<PathBuf>,
    /// What to write
    #[arg(long, short, value_enum, default_value_t, value_name = "FORMAT")]
    pub output: Format,
    /// Where objects go that name no namespace
    #[arg(long, short, value_name = "NAME", default_value = "default")]
    pub namespace: String,
    /// The configuration; else plimsoll.yaml, looked for upwards from the working directory
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub config: Option<PathBuf>,
    /// Read no configuration
    #[arg(long)]
    pub no_config: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    #[default]
    Table,
    Json,
}

const HELP: &str = "\
The checks, their reasons and details are those of the API server, in its order. Without --level and
--apply-level the strictest level of each workload is told, and the label that each namespace can carry, as
far as what was read tells. `plimsoll fix --profile baseline|restricted` mends what can be mended.

Examples:
  plimsoll pss k8s/
  plimsoll pss k8s/ --level restricted --version v1.30 --output json
  plimsoll pss k8s/ --apply-level restricted
  kubectl get namespaces,pods,deployments -A -o yaml | plimsoll pss -

Exit codes:
  0  done; with --level: all is allowed; with --apply-level: nothing is denied or warned of
  1  with --level: something isn't allowed; with --apply-level: something is denied or warned of
  2  wrong usage or a broken configuration
  3  nothing that makes pods
  4  not everything could be read or decided";

fn level() -> impl TypedValueParser<Value = Level> {
    PossibleValuesParser::new(Level::ALL.map(Level::name)).try_map(|name| name.parse::<Level>())
}
