//! Equality with the Pod Security plugin of the API server: a level's policy denies what the plugin denies, for
//! the reasons that it gives, at every version.

use plimsoll_podsecurity::{Level, LevelVersion, NEWEST, Version};
use plimsoll_test_support::pods::{self, KINDS};
use plimsoll_test_support::{Random, rounds};
use plimsoll_vap::{Action, FailurePolicy, Options, Scope, standard, write};

mod api_server;
mod words;

use api_server::{Answer, Request, judge};
use words::reasons;

fn options() -> Options {
    Options {
        actions: vec![Action::Deny],
        workload_actions: vec![Action::Warn, Action::Audit],
        scope: Scope::All,
        excluded: vec!["kube-system".to_owned()],
        selector: Vec::new(),
        failure_policy: FailurePolicy::Fail,
    }
}

fn name(at: LevelVersion) -> String {
    standard(at, &options()).expect("a policy").name().to_owned()
}

/// Every version at which a check changes, and the one before it.
fn standards() -> Vec<LevelVersion> {
    let minors = [0, 7, 8, 18, 19, 22, 23, 25, 26, 27, 29, 31, 32, 33, 34, 35, 36, NEWEST];
    let versions = minors.into_iter().map(Version::V1).chain([Version::Latest]);
    versions
        .flat_map(|version| {
            [Level::Baseline, Level::Restricted].map(|level| LevelVersion::new(level, version))
        })
        .collect()
}

fn policies(standards: &[LevelVersion], options: &Options) -> String {
    write(&standards.iter().map(|at| standard(*at, options).expect("a policy")).collect::<Vec<_>>())
}

/// Compares an object at every standard; gives how often each denies.
fn compare(answer: &Answer, standards: &[LevelVersion], context: &str, exact: &mut [usize; 2]) -> usize {
    assert_eq!(answer.error, None, "{context}");
    assert!(answer.failed.is_empty(), "{:#?}\n{context}", answer.failed);
    assert!(answer.object.is_object() && answer.cost < 1_000_000, "{answer:?}");
    let mut denied = 0;
    for at in standards {
        let ours = answer.denied.get(&name(*at)).map(|text| text.trim_start_matches("violates PodSecurity "));
        let theirs = answer.standards.get(&at.to_string()).map(String::as_str);
        let same = ours.map(reasons) == theirs.map(reasons);
        assert!(same, "at {at}\nours   {ours:?}\ntheirs {theirs:?}\n{context}");
        if let Some(theirs) = theirs {
            denied += 1;
            exact[usize::from(ours == Some(theirs))] += 1;
        }
    }
    denied
}

/// Some of the standards: an object is judged at few, and many objects at all of them.
fn some_of(standards: &[LevelVersion], number: usize) -> Vec<LevelVersion> {
    standards.iter().copied().skip(number % 8).step_by(8).collect()
}

fn request(object: String, at: &[LevelVersion]) -> Request {
    Request {
        object,
        policies: at.iter().map(|at| name(*at)).collect(),
        standards: at.iter().map(ToString::to_string).collect(),
        ..Request::default()
    }
}

#[test]
fn every_level_and_version_denies_what_the_plugin_denies() {
    let standards = standards();
    let mut random = Random(11);
    let kind = |number: usize| if number.is_multiple_of(2) { 0 } else { number / 2 % KINDS.len() };
    let requests: Vec<Request> = (0..600 * rounds() as usize)
        .map(|number| request(pods::manifest(&mut random, kind(number)), &some_of(&standards, number / 3)))
        .collect();
    let Some(answers) = judge("every-standard", &policies(&standards, &options()), &requests) else { return };
    let mut denied = 0;
    let mut exact = [0; 2];
    let mut cost = 0;
    let mut all = 0;
    for (number, (request, answer)) in requests.iter().zip(&answers).enumerate() {
        let at = some_of(&standards, number / 3);
        all += at.len();
        denied += compare(answer, &at, &request.object, &mut exact);
        cost = cost.max(answer.cost);
    }
    assert!(denied > all / 4 && denied < all * 9 / 10, "{denied} of {all}");
    eprintln!(
        "{denied} of {all} denied, {exact:?} in other and in the same words, at a cost of at most {cost}"
    );
}
