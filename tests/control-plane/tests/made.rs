//! The objects that are made from seeds: the API server's own validation takes nearly all of them, so that a
//! comparison with its admission plugins compares what it seems to.

use plimsoll_control_plane::ControlPlane;
use plimsoll_control_plane::made::{KINDS, controller, pod};
use plimsoll_test_support::Random;

#[test]
fn the_api_server_takes_them() {
    let Some(plane) = ControlPlane::shared() else { return };
    let random = &mut Random(4);
    let pods = (0..200).map(|_| pod(random, "made")).collect::<Vec<_>>();
    let controllers = (0..10 * KINDS.len()).map(|at| controller(random, at % KINDS.len(), "made"));
    let mut refused = 0;
    let mut count = 0;
    for object in pods.into_iter().chain(controllers) {
        let answer = plane.admin().create(&object).dry_run().strict().send();
        count += 1;
        if answer.status != 201 {
            refused += 1;
            eprintln!("{}", answer.message());
        }
    }
    assert!(refused * 50 < count, "{refused} of {count} are refused");
}
