//! What is to be done about the certificates: a function of what is there and of the time.

/// The time in which a certificate holds, in seconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Validity {
    pub from: i64,
    pub until: i64,
}

/// What is known of the material.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The authorities, the newest first.
    pub authorities: Vec<Validity>,
    /// Whether the newest can sign: its key is there.
    pub can_sign: bool,
    /// The serving certificate, where it is one: its key fits, one of the authorities signed it, and it
    /// is for the server's name.
    pub leaf: Option<LeafFacts>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeafFacts {
    pub validity: Validity,
    /// Which of the authorities signed it.
    pub issuer: usize,
}

/// How long things last, in seconds.
#[derive(Clone, Copy, Debug)]
pub struct Periods {
    pub authority: i64,
    pub leaf: i64,
    /// Certificates hold from this long before they are made: clocks differ.
    pub skew: i64,
    /// How long an authority is known before anything is signed with it: the API servers have to read
    /// the new `caBundle`.
    pub settle: i64,
    /// How long an authority is trusted after the last of its certificates was replaced: every replica
    /// has to read the new one.
    pub grace: i64,
}

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

impl Default for Periods {
    fn default() -> Self {
        Periods { authority: 365 * DAY, leaf: 90 * DAY, skew: HOUR, settle: HOUR / 6, grace: DAY }
    }
}

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nothing before this time.
    Keep { until: i64 },
    /// Make a new authority, which comes first; the others stay trusted.
    AddAuthority,
    /// Make a serving certificate, signed by the newest authority.
    IssueLeaf,
    /// Forget all authorities but the newest.
    Retire,
}

impl Validity {
    pub fn holds(&self, now: i64) -> bool {
        self.from <= now && now < self.until
    }

    /// When two thirds of the time are over.
    fn due(&self) -> i64 {
        self.until - (self.until - self.from) / 3
    }
}

/// The next step. `bundles_true` says whether every webhook configuration holds all the authorities.
pub fn plan(facts: &Facts, bundles_true: bool, now: i64, periods: &Periods) -> Step {
    let Some(newest) = facts.authorities.first().filter(|newest| facts.can_sign && newest.holds(now)) else {
        return Step::AddAuthority;
    };
    if now >= newest.due() {
        return Step::AddAuthority;
    }
    // Without a certificate that holds, nothing is lost by signing at once.
    let Some(leaf) = facts.leaf.filter(|leaf| leaf.validity.holds(now)) else {
        return Step::IssueLeaf;
    };
    let settled = newest.from + periods.skew + periods.settle;
    let outlives = leaf.validity.until > facts.authorities.get(leaf.issuer).map_or(0, |issuer| issuer.until);
    if leaf.issuer != 0 || outlives {
        return if now >= settled && bundles_true {
            Step::IssueLeaf
        } else {
            Step::Keep { until: settled.max(now) }
        };
    }
    if now >= leaf.validity.due() {
        return Step::IssueLeaf;
    }
    let mut until = newest.due().min(leaf.validity.due());
    if facts.authorities.len() > 1 {
        let replaced = leaf.validity.from + periods.skew + periods.grace;
        if now >= replaced {
            return Step::Retire;
        }
        until = until.min(replaced);
    }
    Step::Keep { until }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PERIODS: Periods = Periods { authority: 3_000, leaf: 300, skew: 10, settle: 20, grace: 50 };

    fn made(at: i64, lasts: i64) -> Validity {
        Validity { from: at - PERIODS.skew, until: at + lasts }
    }

    fn authority(at: i64) -> Validity {
        made(at, PERIODS.authority)
    }

    fn leaf(at: i64, issuer: usize) -> Option<LeafFacts> {
        Some(LeafFacts { validity: made(at, PERIODS.leaf), issuer })
    }

    fn step(authorities: &[Validity], leaf: Option<LeafFacts>, bundles_true: bool, now: i64) -> Step {
        let facts = Facts { authorities: authorities.to_vec(), can_sign: true, leaf };
        plan(&facts, bundles_true, now, &PERIODS)
    }

    #[test]
    fn out_of_nothing_comes_an_authority_and_then_a_certificate() {
        assert_eq!(plan(&Facts::default(), false, 0, &PERIODS), Step::AddAuthority);
        assert_eq!(step(&[authority(0)], None, false, 0), Step::IssueLeaf, "there is nothing to wait for");
        assert!(matches!(step(&[authority(0)], leaf(0, 0), false, 0), Step::Keep { .. }));
    }

    #[test]
    fn a_certificate_is_renewed_at_two_thirds() {
        let due = 300 - 310 / 3;
        assert_eq!(step(&[authority(0)], leaf(0, 0), true, due - 1), Step::Keep { until: due });
        assert_eq!(step(&[authority(0)], leaf(0, 0), true, due), Step::IssueLeaf);
        assert_eq!(step(&[authority(0)], leaf(0, 0), false, due), Step::IssueLeaf, "its authority is known");
    }

    #[test]
    fn an_authority_is_renewed_at_two_thirds_and_outlives_what_it_signs() {
        let due = 3_000 - 3_010 / 3;
        assert!(matches!(step(&[authority(0)], leaf(due - 50, 0), true, due - 1), Step::Keep { .. }));
        assert_eq!(step(&[authority(0)], leaf(due - 50, 0), true, due), Step::AddAuthority);
        let defaults = Periods::default();
        assert!(
            defaults.authority / 3 > defaults.leaf + defaults.skew,
            "a leaf never outlives its authority"
        );
    }

    #[test]
    fn nothing_is_signed_by_an_authority_that_is_not_known_yet() {
        let both = [authority(1_000), authority(0)];
        assert_eq!(step(&both, leaf(950, 1), true, 1_019), Step::Keep { until: 1_020 });
        assert_eq!(step(&both, leaf(950, 1), false, 1_020), Step::Keep { until: 1_020 }, "a bundle lacks it");
        assert_eq!(step(&both, leaf(950, 1), true, 1_020), Step::IssueLeaf);
        assert_eq!(step(&both, leaf(600, 1), false, 1_000), Step::IssueLeaf, "the old one has expired");
    }

    #[test]
    fn an_old_authority_is_trusted_until_every_replica_has_changed() {
        let both = [authority(1_000), authority(0)];
        assert_eq!(step(&both, leaf(1_020, 0), true, 1_069), Step::Keep { until: 1_070 });
        assert_eq!(step(&both, leaf(1_020, 0), true, 1_070), Step::Retire);
    }

    #[test]
    fn what_can_not_sign_or_does_not_hold_is_replaced() {
        let facts = Facts { authorities: vec![authority(0)], can_sign: false, leaf: leaf(0, 0) };
        assert_eq!(plan(&facts, true, 0, &PERIODS), Step::AddAuthority);
        assert_eq!(step(&[authority(0)], leaf(0, 0), true, 5_000), Step::AddAuthority, "expired");
        assert_eq!(step(&[authority(100)], leaf(0, 0), true, 50), Step::AddAuthority, "not yet valid");
        assert_eq!(step(&[authority(0)], leaf(100, 0), true, 50), Step::IssueLeaf, "not yet valid");
    }

    #[test]
    fn a_certificate_that_outlives_its_authority_is_replaced() {
        let outlives = Some(LeafFacts { validity: Validity { from: 0, until: 9_000 }, issuer: 0 });
        assert_eq!(step(&[authority(0)], outlives, true, 100), Step::IssueLeaf);
    }

    /// Years, tick by tick: at each there is a certificate that holds, its authority is in the bundle of
    /// that tick and of the one before, and the number of authorities stays small.
    #[test]
    fn for_years_no_handshake_fails() {
        let mut facts = Facts::default();
        let mut known: Vec<Validity> = Vec::new();
        let (mut issued, mut authorities) = (0, 0);
        for now in (1_000..100_000).step_by(7) {
            for _ in 0..4 {
                let bundles_true = facts.authorities.iter().all(|authority| known.contains(authority));
                match plan(&facts, bundles_true, now, &PERIODS) {
                    Step::Keep { .. } => break,
                    Step::AddAuthority => {
                        facts.authorities.insert(0, authority(now));
                        facts.can_sign = true;
                        facts.leaf.iter_mut().for_each(|leaf| leaf.issuer += 1);
                        authorities += 1;
                    }
                    Step::IssueLeaf => {
                        facts.leaf = leaf(now, 0);
                        issued += 1;
                    }
                    Step::Retire => facts.authorities.truncate(1),
                }
            }
            let serving = facts.leaf.expect("there is a certificate");
            let issuer = facts.authorities[serving.issuer];
            assert!(
                serving.validity.holds(now) && issuer.holds(now) && issuer.until >= serving.validity.until
            );
            assert!(now < 1_010 || known.contains(&issuer), "signed by what nobody knew at {now}");
            assert!(facts.authorities.len() <= 2);
            known.clone_from(&facts.authorities);
        }
        assert!(authorities > 30 && issued > 400, "{authorities} authorities, {issued} certificates");
    }
}
