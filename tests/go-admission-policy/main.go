// Judges objects with ValidatingAdmissionPolicies as a kube-apiserver does, and with its Pod Security plugin,
// for comparison with Plimsoll.
//
// The argument is a file of policies. The first line of standard output is {"policies": [{"name", "errors",
// "warnings"}]}: what the API's validation refuses, what doesn't compile for the oldest release that serves
// policies, and what the type checker would write into the policy's status.
//
// Every line of standard input is then a request in JSON, and is answered with a line of JSON: see request and
// answer. Objects get the API server's own defaults first.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	"k8s.io/klog/v2"
)

// request is an object in YAML or JSON, and for an update what it was before.
type request struct {
	Object string `json:"object"`
	Old    string `json:"old,omitempty"`
	// Subresource is that of an update: ephemeralcontainers.
	Subresource string `json:"subresource,omitempty"`
	// Policies are the names of those that are asked; none: all of them.
	Policies []string `json:"policies,omitempty"`
	// Standards are levels with their versions for the Pod Security plugin: restricted:v1.37.
	Standards []string `json:"standards,omitempty"`
}

type answer struct {
	// Object is what the API server would hold.
	Object any `json:"object,omitempty"`
	// Denied has the message of every policy that says no.
	Denied map[string]string `json:"denied,omitempty"`
	// Failed has the error of every policy that could not be evaluated.
	Failed map[string]string `json:"failed,omitempty"`
	// Cost is what the dearest policy spent, in units of the API server's budget.
	Cost int64 `json:"cost"`
	// Standards has the message of the Pod Security plugin for every level that it denies or warns at.
	Standards map[string]string `json:"standards,omitempty"`
	Error     string            `json:"error,omitempty"`
}

func main() {
	// The program's answers say everything; the libraries' log is noise.
	klog.LogToStderr(false)
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: go-admission-policy POLICIES.yaml")
		os.Exit(2)
	}
	text, err := os.ReadFile(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	out := bufio.NewWriterSize(os.Stdout, 1<<20)
	defer out.Flush()
	encoder := json.NewEncoder(out)
	policies, reports, err := readPolicies(text)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if err := encoder.Encode(map[string]any{"policies": reports}); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	decoder := json.NewDecoder(in)
	for decoder.More() {
		var request request
		if err := decoder.Decode(&request); err != nil {
			fmt.Fprintln(os.Stderr, "bad request:", err)
			os.Exit(1)
		}
		if err := encoder.Encode(judge(policies, &request)); err != nil {
			fmt.Fprintln(os.Stderr, "writing:", err)
			os.Exit(1)
		}
	}
}
