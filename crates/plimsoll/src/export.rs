//! `plimsoll export`: controls in the languages of other programs.

mod vap;

use crate::arguments::Export;
use crate::exit::{Exit, Failure};

pub fn export(arguments: &Export) -> Result<Exit, Failure> {
    match arguments {
        Export::Vap(arguments) => vap::vap(arguments),
    }
}
