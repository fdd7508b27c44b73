//go:build tools

// Package tools names the program that is built from another module, so that go.sum covers what it needs.
package tools

import _ "k8s.io/kubernetes/cmd/kube-apiserver"
