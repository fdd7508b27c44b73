//! Arguments that are put together once they are wanted.

use clap::{ArgMatches, Args, Command, Error, FromArgMatches};

/// The arguments of a verb: to put together those of all verbs takes a tenth of a millisecond, and one verb is asked
/// for.
#[derive(Clone, Debug)]
pub struct Deferred<T>(pub T);

impl<T: Args> Args for Deferred<T> {
    fn augment_args(command: Command) -> Command {
        command.defer(|command| about_kept(command, T::augment_args))
    }

    fn augment_args_for_update(command: Command) -> Command {
        command.defer(|command| about_kept(command, T::augment_args_for_update))
    }
}

impl<T: FromArgMatches> FromArgMatches for Deferred<T> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        T::from_arg_matches(matches).map(Deferred)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        self.0.update_from_arg_matches(matches)
    }
}

/// Adds arguments to a command that is still about what it was about: groups of arguments have a text of their own.
fn about_kept(command: Command, add: impl FnOnce(Command) -> Command) -> Command {
    let about = command.get_about().cloned();
    let long_about = command.get_long_about().cloned();
    let mut command = add(command);
    if let Some(about) = about {
        command = command.about(about);
    }
    if let Some(about) = long_about {
        command = command.long_about(about);
    }
    command
}

#[cfg(test)]
mod tests {
    use crate::arguments::command;

    #[test]
    fn a_verb_is_about_the_same_with_its_arguments() {
        let (deferred, mut built) = (command(), command());
        built.build();
        for verb in deferred.get_subcommands() {
            let with_arguments = built.find_subcommand(verb.get_name()).expect("the same verb");
            assert!(verb.get_about().is_some(), "{}", verb.get_name());
            assert_eq!(with_arguments.get_about(), verb.get_about());
            assert_eq!(with_arguments.get_long_about(), verb.get_long_about());
        }
        let scan = built.find_subcommand("scan").expect("scan");
        assert!(scan.get_arguments().any(|argument| argument.get_id() == "paths"));
    }
}
