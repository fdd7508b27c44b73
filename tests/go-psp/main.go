// Judges pods with the PodSecurityPolicy admission plugin of Kubernetes 1.24, the last release that had it, for
// comparison with Plimsoll.
//
// Standard input is a sequence of requests: a line with a number of bytes, then the bytes, one JSON object:
// {"objects": [PodSecurityPolicies, roles and bindings], "pod": …, "old": …, "user": …, "groups": […]}.
// Every request is answered with one line of JSON.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"sort"

	policyv1beta1 "k8s.io/api/policy/v1beta1"
	rbacv1 "k8s.io/api/rbac/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apiserver/pkg/admission"
	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/client-go/informers"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	api "k8s.io/kubernetes/pkg/apis/core"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
	_ "k8s.io/kubernetes/pkg/apis/policy/install"
	_ "k8s.io/kubernetes/pkg/apis/rbac/install"
	"k8s.io/kubernetes/pkg/registry/rbac/validation"
	provider "k8s.io/kubernetes/pkg/security/podsecuritypolicy"
	plugin "k8s.io/kubernetes/plugin/pkg/admission/security/podsecuritypolicy"
	"k8s.io/kubernetes/plugin/pkg/auth/authorizer/rbac"
)

type request struct {
	Objects []json.RawMessage `json:"objects"`
	Pod     json.RawMessage   `json:"pod"`
	Update  bool              `json:"update"`
	User    string            `json:"user"`
	Groups  []string          `json:"groups"`
}

type verdict struct {
	// Why the policy can't be used at all.
	Unusable string `json:"unusable,omitempty"`
	// The pod as the policy makes it.
	Pod    json.RawMessage `json:"pod,omitempty"`
	Errors []string        `json:"errors,omitempty"`
}

type answer struct {
	// By the name of the policy.
	Policies map[string]verdict `json:"policies"`
	// The pod as the API server takes it.
	Defaulted json.RawMessage `json:"defaulted"`
	// What the plugin comes to.
	Denied   string `json:"denied,omitempty"`
	Admitted string `json:"admitted,omitempty"`
	Error    string `json:"error,omitempty"`
}

var decoder = legacyscheme.Codecs.UniversalDecoder(api.SchemeGroupVersion)

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
		answered, err := judge(text)
		if err != nil {
			answered = &answer{Error: err.Error()}
		}
		if err := encoder.Encode(answered); err != nil {
			panic(err)
		}
	}
}

func judge(text []byte) (*answer, error) {
	var asked request
	if err := json.Unmarshal(text, &asked); err != nil {
		return nil, err
	}
	roles := &static{}
	policies := []*policyv1beta1.PodSecurityPolicy{}
	for _, raw := range asked.Objects {
		object, _, err := legacyscheme.Codecs.UniversalDeserializer().Decode(raw, nil, nil)
		if err != nil {
			return nil, err
		}
		switch object := object.(type) {
		case *policyv1beta1.PodSecurityPolicy:
			legacyscheme.Scheme.Default(object)
			policies = append(policies, object)
		default:
			roles.add(object)
		}
	}
	sort.Slice(policies, func(i, j int) bool { return policies[i].Name < policies[j].Name })
	decoded, err := runtime.Decode(decoder, asked.Pod)
	if err != nil {
		return nil, err
	}
	pod := decoded.(*api.Pod)
	if pod.Spec.ServiceAccountName == "" {
		// What the ServiceAccount plugin does, which comes before.
		pod.Spec.ServiceAccountName = "default"
	}
	answered := &answer{Policies: map[string]verdict{}, Defaulted: encode(pod)}
	factory := provider.NewSimpleStrategyFactory()
	for _, policy := range policies {
		made, err := provider.NewSimpleProvider(policy, pod.Namespace, factory)
		if err != nil {
			answered.Policies[policy.Name] = verdict{Unusable: err.Error()}
			continue
		}
		mutated := pod.DeepCopy()
		said := verdict{}
		if err := made.MutatePod(mutated); err != nil {
			said.Errors = append(said.Errors, err.Error())
		}
		for _, err := range made.ValidatePod(mutated) {
			said.Errors = append(said.Errors, err.Error())
		}
		said.Pod = encode(mutated)
		answered.Policies[policy.Name] = said
	}
	answered.decide(policies, roles, pod, &asked)
	return answered, nil
}

// decide asks the whole plugin, with the authorizer for roles and bindings.
func (answered *answer) decide(policies []*policyv1beta1.PodSecurityPolicy, roles *static, pod *api.Pod, asked *request) {
	plugins := admission.NewPlugins()
	plugin.Register(plugins)
	made, err := plugins.InitPlugin(plugin.PluginName, &bytes.Buffer{}, initializer{policies, roles})
	if err != nil {
		answered.Error = err.Error()
		return
	}
	operation, old := admission.Create, runtime.Object(nil)
	if asked.Update {
		before := pod.DeepCopy()
		before.Spec.Containers[0].Image += "-before"
		operation, old = admission.Update, before
	}
	attributes := admission.NewAttributesRecord(pod, old, api.Kind("Pod").WithVersion("version"), pod.Namespace,
		pod.Name, schema.GroupVersionResource{Version: "v1", Resource: "pods"}, "", operation, nil, false,
		&user.DefaultInfo{Name: asked.User, Groups: asked.Groups})
	if asked.Update {
		err = made.(admission.ValidationInterface).Validate(context.TODO(), attributes, nil)
	} else {
		err = made.(admission.MutationInterface).Admit(context.TODO(), attributes, nil)
	}
	if err != nil {
		answered.Denied = err.Error()
		return
	}
	answered.Admitted = pod.Annotations["kubernetes.io/psp"]
}

func encode(pod *api.Pod) json.RawMessage {
	encoder := legacyscheme.Codecs.LegacyCodec(schema.GroupVersion{Version: "v1"})
	text, err := runtime.Encode(encoder, pod)
	if err != nil {
		panic(err)
	}
	return text
}

type initializer struct {
	policies []*policyv1beta1.PodSecurityPolicy
	roles    *static
}

func (i initializer) Initialize(made admission.Interface) {
	factory := informers.NewSharedInformerFactory(nil, 0)
	store := factory.Policy().V1beta1().PodSecurityPolicies().Informer().GetStore()
	for _, policy := range i.policies {
		if err := store.Add(policy); err != nil {
			panic(err)
		}
	}
	made.(*plugin.Plugin).SetExternalKubeInformerFactory(factory)
	made.(*plugin.Plugin).SetAuthorizer(rbac.New(i.roles, i.roles, i.roles, i.roles))
}

type static struct {
	roles               []*rbacv1.Role
	roleBindings        []*rbacv1.RoleBinding
	clusterRoles        []*rbacv1.ClusterRole
	clusterRoleBindings []*rbacv1.ClusterRoleBinding
}

func (s *static) add(object runtime.Object) {
	switch object := object.(type) {
	case *rbacv1.Role:
		s.roles = append(s.roles, object)
	case *rbacv1.RoleBinding:
		s.roleBindings = append(s.roleBindings, object)
	case *rbacv1.ClusterRole:
		s.clusterRoles = append(s.clusterRoles, object)
	case *rbacv1.ClusterRoleBinding:
		s.clusterRoleBindings = append(s.clusterRoleBindings, object)
	default:
		panic(fmt.Sprintf("%T", object))
	}
}

var _ validation.RoleGetter = &static{}

func (s *static) GetRole(namespace, name string) (*rbacv1.Role, error) {
	for _, role := range s.roles {
		if role.Namespace == namespace && role.Name == name {
			return role, nil
		}
	}
	return nil, errors.New("no such role")
}

func (s *static) GetClusterRole(name string) (*rbacv1.ClusterRole, error) {
	for _, role := range s.clusterRoles {
		if role.Name == name {
			return role, nil
		}
	}
	return nil, errors.New("no such cluster role")
}

func (s *static) ListRoleBindings(namespace string) ([]*rbacv1.RoleBinding, error) {
	bindings := []*rbacv1.RoleBinding{}
	for _, binding := range s.roleBindings {
		if binding.Namespace == namespace {
			bindings = append(bindings, binding)
		}
	}
	return bindings, nil
}

func (s *static) ListClusterRoleBindings() ([]*rbacv1.ClusterRoleBinding, error) {
	return s.clusterRoleBindings, nil
}
