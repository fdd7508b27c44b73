//! Levels and versions of the standards, written as in namespace labels.

use std::fmt;
use std::str::FromStr;

/// A Pod Security Standard. A greater one is stricter: what it admits, the lesser ones admit too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    Privileged,
    Baseline,
    Restricted,
}

impl Level {
    pub const ALL: [Level; 3] = [Level::Privileged, Level::Baseline, Level::Restricted];

    pub const fn name(self) -> &'static str {
        match self {
            Level::Privileged => "privileged",
            Level::Baseline => "baseline",
            Level::Restricted => "restricted",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A text that names no level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LevelError;

impl fmt::Display for LevelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must be one of privileged, baseline, restricted")
    }
}

impl std::error::Error for LevelError {}

impl FromStr for Level {
    type Err = LevelError;

    fn from_str(text: &str) -> Result<Self, LevelError> {
        Level::ALL.into_iter().find(|level| level.name() == text).ok_or(LevelError)
    }
}

/// A version of the standards: `latest`, or the Kubernetes release `v1.N`. The later is the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// A minor release. Those that are newer than the newest known one mean the newest known one.
    V1(u64),
    Latest,
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Version::V1(minor) => write!(f, "v1.{minor}"),
            Version::Latest => f.write_str("latest"),
        }
    }
}

/// A text that names no version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VersionError;

impl fmt::Display for VersionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must be \"latest\" or \"v1.x\"")
    }
}

impl std::error::Error for VersionError {}

impl FromStr for Version {
    type Err = VersionError;

    fn from_str(text: &str) -> Result<Self, VersionError> {
        if text == "latest" {
            return Ok(Version::Latest);
        }
        let minor = text.strip_prefix("v1.").ok_or(VersionError)?;
        let is_plain =
            minor.bytes().all(|byte| byte.is_ascii_digit()) && (minor == "0" || !minor.starts_with('0'));
        // The API server keeps it in a signed number of 64 bits.
        let minor = if is_plain { minor.parse::<i64>().ok() } else { None };
        minor.and_then(|minor| u64::try_from(minor).ok()).map(Version::V1).ok_or(VersionError)
    }
}

/// A level at a version: `restricted:v1.30`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LevelVersion {
    pub level: Level,
    pub version: Version,
}

impl LevelVersion {
    pub const fn new(level: Level, version: Version) -> Self {
        LevelVersion { level, version }
    }

    pub const fn latest(level: Level) -> Self {
        LevelVersion { level, version: Version::Latest }
    }

    /// Whether both mean the same: the version of `privileged` doesn't matter.
    pub fn is_equivalent(self, other: Self) -> bool {
        self == other || (self.level == Level::Privileged && other.level == Level::Privileged)
    }
}

impl fmt::Display for LevelVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.level, self.version)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_read_exactly() {
        for level in Level::ALL {
            assert_eq!(level.to_string().parse(), Ok(level));
        }
        for text in ["", "Baseline", "restricted ", "default"] {
            assert_eq!(text.parse::<Level>(), Err(LevelError), "{text:?}");
        }
        assert!(Level::Privileged < Level::Baseline && Level::Baseline < Level::Restricted);
    }

    #[test]
    fn versions_are_read_exactly() {
        for (text, version) in [
            ("latest", Version::Latest),
            ("v1.0", Version::V1(0)),
            ("v1.37", Version::V1(37)),
            ("v1.100000", Version::V1(100_000)),
            ("v1.9223372036854775807", Version::V1(i64::MAX as u64)),
        ] {
            assert_eq!(text.parse(), Ok(version));
            assert_eq!(version.to_string(), text);
        }
        for text in [
            "",
            "Latest",
            "1.25",
            "v1",
            "v1.",
            "v1.01",
            "v1.00",
            "v1.-1",
            "v1.+1",
            "v2.0",
            "v1.25.0",
            " v1.25",
            "v1.9223372036854775808",
        ] {
            assert_eq!(text.parse::<Version>(), Err(VersionError), "{text:?}");
        }
        assert!(Version::V1(9) < Version::V1(10) && Version::V1(u64::MAX) < Version::Latest);
    }

    #[test]
    fn any_two_versions_of_privileged_are_the_same() {
        let old = LevelVersion::new(Level::Privileged, Version::V1(1));
        assert!(old.is_equivalent(LevelVersion::latest(Level::Privileged)));
        let old = LevelVersion::new(Level::Baseline, Version::V1(1));
        assert!(!old.is_equivalent(LevelVersion::latest(Level::Baseline)));
        assert_eq!(old.to_string(), "baseline:v1.1");
    }
}
