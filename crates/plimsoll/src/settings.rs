//! What holds for a run: the configuration, and where it was found.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use plimsoll_controls::{Catalogue, select};
use plimsoll_doc::SourceFile;
use plimsoll_engine::{Chosen, Configuration, Date, Surroundings};

use crate::arguments::Choice;
use crate::exit::Failure;
use crate::files;

const NAMES: [&str; 2] = ["plimsoll.yaml", "plimsoll.yml"];

/// The configuration of a run, with the folders that its patterns and the files' names start from.
pub struct Settings {
    pub configuration: Configuration,
    /// The folder of the configuration; the working directory where there is none.
    pub root: PathBuf,
    pub working_directory: PathBuf,
    /// The name of the configuration's file, which is not a manifest.
    pub file: Option<String>,
}

impl Settings {
    /// The configuration that is named, else the first upwards from the working directory, else none.
    pub fn load(choice: &Choice) -> Result<Settings, Failure> {
        let mut settings = Settings::read(choice)?;
        if let Some(version) = &choice.kubernetes_version {
            settings.configuration.parameters.kubernetes_version.clone_from(version);
        }
        Ok(settings)
    }

    fn read(choice: &Choice) -> Result<Settings, Failure> {
        let working_directory =
            std::env::current_dir().map_err(|error| format!("cannot tell the working directory: {error}"))?;
        let path = match &choice.config {
            Some(path) => Some(working_directory.join(path)),
            None if choice.no_config => None,
            None => find(&working_directory),
        };
        let Some(path) = path else {
            let root = working_directory.clone();
            return Ok(Settings {
                configuration: Configuration::default(),
                root,
                working_directory,
                file: None,
            });
        };
        let shown = match path.strip_prefix(&working_directory) {
            // The working directory itself: as it was typed.
            Ok(rest) if rest.as_os_str().is_empty() => choice.config.as_ref().unwrap_or(&path),
            Ok(rest) => rest,
            Err(_) => &path,
        };
        let shown = shown.display().to_string();
        let bytes =
            files::read(&path).map_err(|error| format!("cannot read the configuration {shown}: {error}"))?;
        let file = Arc::new(SourceFile::new(shown.clone(), bytes));
        let configuration = Configuration::parse(&file, &Catalogue)
            .map_err(|errors| errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?;
        let root = path.parent().map_or_else(|| working_directory.clone(), Path::to_path_buf);
        Ok(Settings { configuration, root, working_directory, file: Some(shown) })
    }

    /// The controls that the command line and the configuration ask for.
    pub fn choose(&self, choice: &Choice) -> Result<Chosen<'_>, Failure> {
        let choice = plimsoll_engine::Choice {
            profile: choice.profile.as_deref(),
            select: &choice.select,
            ignore: &choice.ignore,
            severity: choice.severity,
        };
        Ok(select(&choice, &self.configuration)?)
    }

    pub fn surroundings<'a>(&'a self, choice: &'a Choice) -> Surroundings<'a> {
        Surroundings {
            root: &self.root,
            working_directory: &self.working_directory,
            namespace: &choice.namespace,
        }
    }
}

fn find(working_directory: &Path) -> Option<PathBuf> {
    working_directory
        .ancestors()
        .flat_map(|folder| NAMES.map(|name| folder.join(name)))
        .find(|path| path.is_file())
}

/// Today in UTC, by which waivers expire.
pub fn today() -> Date {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    Date::from_unix_seconds(i64::try_from(seconds).unwrap_or(i64::MAX))
}
