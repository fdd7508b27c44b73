package main

import (
	"k8s.io/pod-security-admission/admission/api"
	"k8s.io/pod-security-admission/admission/api/load"
	"k8s.io/pod-security-admission/admission/api/validation"
)

func configuring() answerer {
	return func(text []byte) any {
		configuration, err := load.LoadFromData(text)
		if err != nil {
			return failed{err.Error()}
		}
		if errs := validation.ValidatePodSecurityConfiguration(configuration); len(errs) > 0 {
			return failed{errs.ToAggregate().Error()}
		}
		return map[string]api.PodSecurityConfiguration{"configuration": *configuration}
	}
}
