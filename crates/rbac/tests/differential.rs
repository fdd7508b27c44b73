//! Equality with the API server's authorizer, over roles, bindings and requests made from a seed.
//!
//! Runs where `go` is installed and can build `tests/go-rbac`. `PLIMSOLL_ROUNDS=N` makes N times as many.

use plimsoll_rbac::{Allowed, Attributes, Authorizer, Decision, Target, User};
use plimsoll_test_support::{GoProgram, Random, answers, rounds};
use serde_json::{Value as Json, json};

mod common;
mod generate;

use generate::question;

/// What ours says, in the same words.
fn ours(question: &Json) -> Vec<String> {
    let list = json!({"apiVersion": "v1", "kind": "List", "items": question["objects"]});
    common::with(&list.to_string(), |inventory| {
        let authorizer = Authorizer::new(inventory);
        let requests = question["requests"].as_array().expect("a list");
        requests.iter().map(|request| answer(&authorizer, request)).collect()
    })
}

fn answer(authorizer: &Authorizer<'_>, request: &Json) -> String {
    let text = |key: &str| request[key].as_str().unwrap_or("");
    let groups = request["groups"].as_array().expect("a list");
    let user = User::new(text("user"), groups.iter().map(|group| group.as_str().expect("a string")));
    let target = match text("path") {
        "" => Target::Resource {
            group: text("group"),
            resource: text("resource"),
            subresource: text("subresource"),
            namespace: text("namespace"),
            name: text("name"),
        },
        path => Target::Path(path),
    };
    match authorizer.authorize(&user, &Attributes { verb: text("verb"), target }) {
        Decision::Allow(Allowed::PrivilegedGroup) => "privileged group".to_owned(),
        Decision::Allow(Allowed::Grant(grant)) => format!("RBAC: allowed by {grant}"),
        Decision::NoOpinion(_) => String::new(),
    }
}

#[test]
fn requests_are_answered_as_by_the_api_server() {
    let Some(program) = GoProgram::build("go-rbac", env!("CARGO_TARGET_TMPDIR")) else { return };
    let mut counts = [0usize; 2];
    for seed in 0..rounds() {
        let mut random = Random(seed);
        let questions: Vec<_> = (0..300).map(|_| question(&mut random)).collect();
        // What the API server's authorizer says to each request of each question.
        let theirs: Vec<Vec<String>> = answers(&mut program.command(), &questions);
        for (question, theirs) in questions.iter().zip(theirs) {
            for ((request, ours), theirs) in
                question["requests"].as_array().expect("a list").iter().zip(ours(question)).zip(theirs)
            {
                assert_eq!(ours, theirs, "{request}\n{}", question["objects"]);
                counts[usize::from(!ours.is_empty())] += 1;
            }
        }
    }
    let [denied, allowed] = counts;
    // Else the requests would prove little.
    assert!(allowed * 10 >= denied, "{allowed} are allowed and {denied} are not");
}
