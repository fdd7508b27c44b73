package main

import (
	"fmt"
	"slices"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
)

// newest is the last minor version that is asked for; the library knows none after 37.
const newest = 39

type podParts struct {
	metadata *metav1.ObjectMeta
	spec     *corev1.PodSpec
}

// A change says which checks fail from a minor version on; the last of them is that of latest.
type change struct {
	From   int        `json:"from"`
	Failed [][]string `json:"failed"`
}

type evaluated struct {
	Baseline   []change `json:"baseline"`
	Restricted []change `json:"restricted"`
}

// ids are the checks of a level at a minor version in the order of their results, by the library's own rules.
func ids(checks []policy.Check, level api.Level, minor int) []string {
	overridden := map[policy.CheckID]bool{}
	var baseline, restricted []string
	for _, check := range checks {
		var active *policy.VersionedCheck
		for i, version := range check.Versions {
			if version.MinimumVersion.Minor() <= minor {
				active = &check.Versions[i]
			}
		}
		switch {
		case active == nil:
		case check.Level == api.LevelBaseline:
			baseline = append(baseline, string(check.ID))
		case level == api.LevelRestricted:
			restricted = append(restricted, string(check.ID))
			for _, override := range active.OverrideCheckIDs {
				overridden[override] = true
			}
		}
	}
	slices.Sort(baseline)
	slices.Sort(restricted)
	baseline = slices.DeleteFunc(baseline, func(id string) bool { return overridden[policy.CheckID(id)] })
	return append(baseline, restricted...)
}

func evaluator() policy.Evaluator {
	evaluator, err := policy.NewEvaluator(policy.DefaultChecks(), nil)
	if err != nil {
		fatal("evaluator:", err)
	}
	return evaluator
}

func evaluating() answerer {
	evaluator := evaluator()
	checks := policy.DefaultChecks()
	changes := func(level api.Level, pod *podParts) []change {
		var changes []change
		for minor := 0; minor <= newest; minor++ {
			version := api.MajorMinorVersion(1, minor)
			if minor == newest {
				version = api.LatestVersion()
			}
			results := evaluator.EvaluatePod(api.LevelVersion{Level: level, Version: version}, pod.metadata, pod.spec)
			ids := ids(checks, level, minor)
			if len(ids) != len(results) {
				fatal("checks:", fmt.Errorf("%d names for %d results", len(ids), len(results)))
			}
			failed := [][]string{}
			for i, result := range results {
				if !result.Allowed {
					failed = append(failed, []string{ids[i], result.ForbiddenReason, result.ForbiddenDetail})
				}
			}
			if len(changes) == 0 || !slices.EqualFunc(changes[len(changes)-1].Failed, failed, slices.Equal) {
				changes = append(changes, change{minor, failed})
			}
		}
		return changes
	}
	return func(text []byte) any {
		object, err := decode(text)
		if err != nil {
			return failed{err.Error()}
		}
		pod, err := pod(object)
		if err != nil {
			return failed{err.Error()}
		}
		return evaluated{changes(api.LevelBaseline, pod), changes(api.LevelRestricted, pod)}
	}
}

// measuring tells how long the checks of restricted take for a pod, without and with the text of a denial.
func measuring() answerer {
	evaluator := evaluator()
	restricted := api.LevelVersion{Level: api.LevelRestricted, Version: api.LatestVersion()}
	return func(text []byte) any {
		object, err := decode(text)
		if err != nil {
			return failed{err.Error()}
		}
		pod, err := pod(object)
		if err != nil {
			return failed{err.Error()}
		}
		best := time.Hour
		for round := 0; round < 30; round++ {
			const runs = 2000
			start := time.Now()
			for i := 0; i < runs; i++ {
				results := evaluator.EvaluatePod(restricted, pod.metadata, pod.spec)
				policy.AggregateCheckResults(results)
			}
			best = min(best, time.Since(start)/runs)
		}
		return map[string]int64{"nanoseconds": best.Nanoseconds()}
	}
}
