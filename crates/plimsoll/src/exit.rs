//! Exit codes, and what ends a run early.

use std::io;
use std::process::ExitCode;

/// How a run ended. The numbers are part of the program's contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: nothing at or above the threshold, and everything was read.
    Clean,
    /// 1: findings at or above the threshold.
    Findings,
    /// 2: wrong usage, broken configuration, or an error of our own.
    Error,
    /// 3: there was nothing to check.
    Nothing,
    /// 4: something could not be read or decided.
    Incomplete,
}

/// Why a run could not go on.
#[derive(Debug)]
pub enum Failure {
    /// One or two plain lines: what, where, and what to do.
    Error(String),
    /// The reader of our output went away (`plimsoll scan | head`).
    Closed,
}

impl Exit {
    const fn code(self) -> u8 {
        match self {
            Exit::Clean => 0,
            Exit::Findings => 1,
            Exit::Error => 2,
            Exit::Nothing => 3,
            Exit::Incomplete => 4,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit.code())
    }
}

impl From<Exit> for i32 {
    fn from(exit: Exit) -> i32 {
        exit.code().into()
    }
}

/// Of text that is put together in memory; [`stdout`](crate::outputs::stdout) tells its own errors.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        Failure::Error(error.to_string())
    }
}

impl From<String> for Failure {
    fn from(message: String) -> Failure {
        Failure::Error(message)
    }
}
