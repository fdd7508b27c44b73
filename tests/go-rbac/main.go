// Answers requests with the RBAC authorizer of the API server, for comparison with Plimsoll.
//
// Standard input is a sequence of questions: a line with a number of bytes, then the bytes, one JSON object:
// {"objects": [roles and bindings], "requests": [attributes]}. Every question is answered with one line of JSON:
// for each request the reason why it is allowed, or an empty string.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"sort"

	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/authorization/authorizer"
	"k8s.io/apiserver/pkg/authorization/authorizerfactory"
	"k8s.io/kubernetes/pkg/registry/rbac/validation"
	"k8s.io/kubernetes/plugin/pkg/auth/authorizer/rbac"
)

type question struct {
	Objects  []json.RawMessage `json:"objects"`
	Requests []request         `json:"requests"`
}

type request struct {
	User        string   `json:"user"`
	Groups      []string `json:"groups"`
	Verb        string   `json:"verb"`
	Namespace   string   `json:"namespace"`
	Group       string   `json:"group"`
	Resource    string   `json:"resource"`
	Subresource string   `json:"subresource"`
	Name        string   `json:"name"`
	// Of a request for no resource.
	Path string `json:"path"`
}

type roles struct {
	roles               []*rbacv1.Role
	roleBindings        []*rbacv1.RoleBinding
	clusterRoles        []*rbacv1.ClusterRole
	clusterRoleBindings []*rbacv1.ClusterRoleBinding
}

func main() {
	in, out := bufio.NewReader(os.Stdin), bufio.NewWriter(os.Stdout)
	defer out.Flush()
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for {
		var length int
		if _, err := fmt.Fscanf(in, "%d\n", &length); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			panic(err)
		}
		text := make([]byte, length)
		if _, err := io.ReadFull(in, text); err != nil {
			panic(err)
		}
		var asked question
		if err := json.Unmarshal(text, &asked); err != nil {
			panic(err)
		}
		if err := encoder.Encode(answer(asked)); err != nil {
			panic(err)
		}
	}
}

func answer(asked question) []string {
	read := roles{}
	for _, raw := range asked.Objects {
		read.add(raw)
	}
	read.aggregate()
	_, static := validation.NewTestRuleResolver(read.roles, read.roleBindings, read.clusterRoles, read.clusterRoleBindings)
	privileged := authorizerfactory.NewPrivilegedGroups(user.SystemPrivilegedGroup)
	byRoles := rbac.New(static, static, static, static)
	answers := []string{}
	for _, asked := range asked.Requests {
		attributes := authorizer.AttributesRecord{
			User:            &user.DefaultInfo{Name: asked.User, Groups: asked.Groups},
			Verb:            asked.Verb,
			Namespace:       asked.Namespace,
			APIGroup:        asked.Group,
			Resource:        asked.Resource,
			Subresource:     asked.Subresource,
			Name:            asked.Name,
			ResourceRequest: asked.Path == "",
			Path:            asked.Path,
		}
		if decision, _, _ := privileged.Authorize(context.Background(), attributes); decision == authorizer.DecisionAllow {
			answers = append(answers, "privileged group")
			continue
		}
		decision, reason, err := byRoles.Authorize(context.Background(), attributes)
		switch {
		case err != nil:
			panic(err)
		case decision == authorizer.DecisionAllow:
			answers = append(answers, reason)
		default:
			answers = append(answers, "")
		}
	}
	return answers
}

func (r *roles) add(raw json.RawMessage) {
	var kind metav1.TypeMeta
	into := func(object any) {
		if err := json.Unmarshal(raw, object); err != nil {
			panic(err)
		}
	}
	into(&kind)
	switch kind.Kind {
	case "Role":
		r.roles = append(r.roles, &rbacv1.Role{})
		into(r.roles[len(r.roles)-1])
	case "RoleBinding":
		r.roleBindings = append(r.roleBindings, &rbacv1.RoleBinding{})
		into(r.roleBindings[len(r.roleBindings)-1])
	case "ClusterRole":
		r.clusterRoles = append(r.clusterRoles, &rbacv1.ClusterRole{})
		into(r.clusterRoles[len(r.clusterRoles)-1])
	case "ClusterRoleBinding":
		r.clusterRoleBindings = append(r.clusterRoleBindings, &rbacv1.ClusterRoleBinding{})
		into(r.clusterRoleBindings[len(r.clusterRoleBindings)-1])
	default:
		panic(kind.Kind)
	}
}

// aggregate does what the controller does until nothing changes. What is written in an aggregated role is
// overwritten, so it starts from nothing.
func (r *roles) aggregate() {
	for _, role := range r.clusterRoles {
		if role.AggregationRule != nil {
			role.Rules = nil
		}
	}
	for changed := true; changed; {
		changed = false
		for _, role := range r.clusterRoles {
			if role.AggregationRule == nil {
				continue
			}
			rules := r.union(role)
			if !reflect.DeepEqual(rules, role.Rules) {
				role.Rules, changed = rules, true
			}
		}
	}
}

func (r *roles) union(role *rbacv1.ClusterRole) []rbacv1.PolicyRule {
	var rules []rbacv1.PolicyRule
	for _, written := range role.AggregationRule.ClusterRoleSelectors {
		selector, err := metav1.LabelSelectorAsSelector(&written)
		if err != nil {
			panic(err)
		}
		var parts []*rbacv1.ClusterRole
		for _, part := range r.clusterRoles {
			if part.Name != role.Name && selector.Matches(labels.Set(part.Labels)) {
				parts = append(parts, part)
			}
		}
		sort.Slice(parts, func(i, j int) bool { return parts[i].Name < parts[j].Name })
		for _, part := range parts {
			for _, rule := range part.Rules {
				isThere := false
				for _, there := range rules {
					isThere = isThere || reflect.DeepEqual(there, rule)
				}
				if !isThere {
					rules = append(rules, rule)
				}
			}
		}
	}
	return rules
}
