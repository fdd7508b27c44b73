package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	admissionv1 "k8s.io/api/admission/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/api/meta/testrestmapper"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apiserver/pkg/admission"
	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	podsecurity "k8s.io/pod-security-admission/admission"
	podsecurityconfig "k8s.io/pod-security-admission/admission/api"
	podsecurityapi "k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/metrics"
	podsecuritypolicy "k8s.io/pod-security-admission/policy"
	"sigs.k8s.io/yaml"

	_ "k8s.io/kubernetes/pkg/apis/admissionregistration/install"
	_ "k8s.io/kubernetes/pkg/apis/apps/install"
	_ "k8s.io/kubernetes/pkg/apis/batch/install"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
	_ "k8s.io/kubernetes/pkg/apis/networking/install"
	_ "k8s.io/kubernetes/pkg/apis/rbac/install"
)

const namespace = "default"

var (
	codecs = serializer.NewCodecFactory(legacyscheme.Scheme, serializer.EnableStrict)
	mapper = testrestmapper.TestOnlyStaticRESTMapper(legacyscheme.Scheme)
)

func newReader(text []byte) *bufio.Reader {
	return bufio.NewReader(bytes.NewReader(text))
}

// decode reads an object, refuses unknown fields, sets the API server's defaults, and gives the object in its
// own version and in the internal one.
func decode(text string) (versioned, internal runtime.Object, err error) {
	// Of two equal keys the last one counts, as the server has it without strict validation.
	converted, err := yaml.YAMLToJSON([]byte(text))
	if err != nil {
		return nil, nil, err
	}
	decoded, kind, err := codecs.UniversalDeserializer().Decode(converted, nil, nil)
	if err != nil {
		return nil, nil, err
	}
	legacyscheme.Scheme.Default(decoded)
	hub := schema.GroupVersion{Group: kind.Group, Version: runtime.APIVersionInternal}
	internal, err = legacyscheme.Scheme.ConvertToVersion(decoded, hub)
	if err != nil {
		return nil, nil, err
	}
	// Once to the internal version and back, as a request goes.
	versioned, err = legacyscheme.Scheme.ConvertToVersion(internal, kind.GroupVersion())
	if err != nil {
		return nil, nil, err
	}
	versioned.GetObjectKind().SetGroupVersionKind(*kind)
	return versioned, internal, nil
}

func judge(policies []policy, request *request) answer {
	object, internal, err := decode(request.Object)
	if err != nil {
		return answer{Error: err.Error()}
	}
	var old, oldInternal runtime.Object
	operation := admission.Create
	if request.Old != "" {
		if old, oldInternal, err = decode(request.Old); err != nil {
			return answer{Error: err.Error()}
		}
		operation = admission.Update
	}
	kind := object.GetObjectKind().GroupVersionKind()
	mapping, err := mapper.RESTMapping(kind.GroupKind(), kind.Version)
	if err != nil {
		return answer{Error: err.Error()}
	}
	access, err := meta.Accessor(object)
	if err != nil {
		return answer{Error: err.Error()}
	}
	attributes := admission.NewAttributesRecord(internal, oldInternal, kind, namespace, access.GetName(), mapping.Resource,
		request.Subresource, operation, &metav1.CreateOptions{}, false, &user.DefaultInfo{Name: "tester"})
	interfaces := admission.NewObjectInterfacesFromScheme(legacyscheme.Scheme)
	versioned, err := admission.NewVersionedAttributes(attributes, kind, interfaces)
	if err != nil {
		return answer{Error: err.Error()}
	}
	answer := answer{Object: object, Denied: map[string]string{}, Failed: map[string]string{}, Standards: map[string]string{}}
	home := &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: namespace}}
	for i := range policies {
		policy := &policies[i]
		if len(request.Policies) > 0 && !slices.Contains(request.Policies, policy.name) {
			continue
		}
		if !policy.speaksFor(attributes) {
			continue
		}
		denied, failed, cost := policy.evaluate(versioned, home)
		if failed != "" {
			answer.Failed[policy.name] = failed
		} else if denied != "" {
			answer.Denied[policy.name] = denied
		}
		answer.Cost = max(answer.Cost, cost)
	}
	for _, standard := range request.Standards {
		message, err := podSecurity(standard, object, old, mapping.Resource, request.Subresource)
		if err != nil {
			answer.Error = err.Error()
		} else if message != "" {
			answer.Standards[standard] = message
		}
	}
	return answer
}

type lone struct{}

func (lone) GetNamespace(context.Context, string) (*corev1.Namespace, error) {
	return &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: namespace}}, nil
}

func (lone) ListPods(context.Context, string) ([]*corev1.Pod, error) { return nil, nil }

// plugins are those of every level and version that was asked for.
var plugins = map[string]*podsecurity.Admission{}

func plugin(standard string) (*podsecurity.Admission, error) {
	if plugin, found := plugins[standard]; found {
		return plugin, nil
	}
	level, at, found := strings.Cut(standard, ":")
	if !found {
		return nil, fmt.Errorf("%q is not LEVEL:VERSION", standard)
	}
	evaluator, err := podsecuritypolicy.NewEvaluator(podsecuritypolicy.DefaultChecks(), nil)
	if err != nil {
		return nil, err
	}
	plugin := &podsecurity.Admission{
		Configuration: &podsecurityconfig.PodSecurityConfiguration{Defaults: podsecurityconfig.PodSecurityDefaults{
			Enforce: level, EnforceVersion: at, Warn: level, WarnVersion: at, Audit: level, AuditVersion: at,
		}},
		Evaluator:        evaluator,
		Metrics:          metrics.NewPrometheusRecorder(podsecurityapi.GetAPIVersion()),
		PodSpecExtractor: podsecurity.DefaultPodSpecExtractor{},
		NamespaceGetter:  lone{},
		PodLister:        lone{},
	}
	if err := plugin.CompleteConfiguration(); err != nil {
		return nil, err
	}
	if err := plugin.ValidateConfiguration(); err != nil {
		return nil, err
	}
	plugins[standard] = plugin
	return plugin, nil
}

// podSecurity asks the plugin for one level, which it enforces and warns at: the denial's or the warning's
// words after `violate(s) PodSecurity `, or nothing.
func podSecurity(standard string, object, old runtime.Object, resource schema.GroupVersionResource, subresource string) (string, error) {
	plugin, err := plugin(standard)
	if err != nil {
		return "", err
	}
	attributes := &podsecurityapi.AttributesRecord{
		Name: "x", Namespace: namespace, Kind: object.GetObjectKind().GroupVersionKind(), Resource: resource,
		Subresource: subresource, Operation: admissionv1.Create, Object: object, OldObject: old, Username: "tester",
	}
	if old != nil {
		attributes.Operation = admissionv1.Update
	}
	response := plugin.Validate(context.Background(), attributes)
	words := ""
	if !response.Allowed && response.Result != nil {
		words = response.Result.Message
	}
	for _, warning := range response.Warnings {
		words = warning
	}
	_, words, _ = strings.Cut(words, "PodSecurity ")
	return words, nil
}
