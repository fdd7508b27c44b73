package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	admissionv1 "k8s.io/api/admission/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/pod-security-admission/admission"
	"k8s.io/pod-security-admission/admission/api/load"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/metrics"
)

// A request with all that the cluster knows. Objects are texts, and the empty text is none.
type request struct {
	Configuration  string            `json:"configuration"`
	Operation      string            `json:"operation"`
	Group          string            `json:"group"`
	Resource       string            `json:"resource"`
	Subresource    string            `json:"subresource"`
	Kind           string            `json:"kind"`
	Name           string            `json:"name"`
	Namespace      string            `json:"namespace"`
	Username       string            `json:"username"`
	Object         string            `json:"object"`
	ObjectError    string            `json:"objectError"`
	OldObject      string            `json:"oldObject"`
	OldObjectError string            `json:"oldObjectError"`
	Labels         map[string]string `json:"labels"`
	LabelsError    string            `json:"labelsError"`
	Pods           []string          `json:"pods"`
	PodsError      string            `json:"podsError"`
	// How often the first of the pods is there, under other names.
	Copies int `json:"copies"`
	// Whether the request has no time left.
	Expired bool `json:"expired"`
}

type recorded struct {
	Mode     string `json:"mode"`
	Policy   string `json:"policy"`
	Decision string `json:"decision"`
}

type admitted struct {
	Response   *admissionv1.AdmissionResponse `json:"response"`
	Recorded   []recorded                     `json:"recorded"`
	Exemptions int                            `json:"exemptions"`
	Errors     []bool                         `json:"errors"`
}

// recorder keeps what the metrics would be told.
type recorder struct{ answer *admitted }

func (r recorder) RecordEvaluation(decision metrics.Decision, policy api.LevelVersion, mode metrics.Mode, _ api.Attributes) {
	r.answer.Recorded = append(r.answer.Recorded, recorded{string(mode), policy.String(), string(decision)})
}

func (r recorder) RecordExemption(api.Attributes) { r.answer.Exemptions++ }

func (r recorder) RecordError(fatal bool, _ api.Attributes) {
	r.answer.Errors = append(r.answer.Errors, fatal)
}

func (r *request) GetName() string      { return r.Name }
func (r *request) GetNamespace() string { return r.Namespace }
func (r *request) GetUserName() string  { return r.Username }
func (r *request) GetResource() schema.GroupVersionResource {
	return schema.GroupVersionResource{Group: r.Group, Version: "v1", Resource: r.Resource}
}
func (r *request) GetKind() schema.GroupVersionKind {
	return schema.GroupVersionKind{Group: r.Group, Version: "v1", Kind: r.Kind}
}
func (r *request) GetSubresource() string              { return r.Subresource }
func (r *request) GetOperation() admissionv1.Operation { return admissionv1.Operation(r.Operation) }
func (r *request) GetObject() (runtime.Object, error)  { return object(r.Object, r.ObjectError) }
func (r *request) GetOldObject() (runtime.Object, error) {
	return object(r.OldObject, r.OldObjectError)
}

func object(text, err string) (runtime.Object, error) {
	if err != "" {
		return nil, errors.New(err)
	}
	if text == "" {
		return nil, nil
	}
	object, decodeErr := decode([]byte(text))
	if decodeErr != nil {
		fatal("object:", decodeErr)
	}
	return object, nil
}

func (r *request) GetNamespaceObject() (*corev1.Namespace, error) {
	if r.LabelsError != "" {
		return nil, errors.New(r.LabelsError)
	}
	namespace := &corev1.Namespace{}
	namespace.Name = r.Namespace
	namespace.Labels = r.Labels
	return namespace, nil
}

type cluster struct{ request *request }

func (c cluster) GetNamespace(context.Context, string) (*corev1.Namespace, error) {
	return c.request.GetNamespaceObject()
}

func (c cluster) ListPods(context.Context, string) ([]*corev1.Pod, error) {
	if c.request.PodsError != "" {
		return nil, errors.New(c.request.PodsError)
	}
	var pods []*corev1.Pod
	for _, text := range c.request.Pods {
		object, err := decode([]byte(text))
		if err != nil {
			return nil, err
		}
		pods = append(pods, object.(*corev1.Pod))
	}
	for i := 0; i < c.request.Copies; i++ {
		copied := pods[0].DeepCopy()
		copied.Name = fmt.Sprintf("copy-%d", i)
		pods = append(pods, copied)
	}
	return pods, nil
}

func admitting() answerer {
	evaluator := evaluator()
	return func(text []byte) any {
		var request request
		if err := json.Unmarshal(text, &request); err != nil {
			return failed{err.Error()}
		}
		configuration, err := load.LoadFromData([]byte(request.Configuration))
		if err != nil {
			return failed{err.Error()}
		}
		var answer admitted
		plugin := &admission.Admission{
			Configuration:    configuration,
			Evaluator:        evaluator,
			Metrics:          recorder{&answer},
			PodSpecExtractor: admission.DefaultPodSpecExtractor{},
			PodLister:        cluster{&request},
			NamespaceGetter:  cluster{&request},
		}
		if err := plugin.CompleteConfiguration(); err != nil {
			return failed{err.Error()}
		}
		if err := plugin.ValidateConfiguration(); err != nil {
			return failed{err.Error()}
		}
		ctx := context.Background()
		if request.Expired {
			expired, cancel := context.WithDeadline(ctx, time.Now().Add(-time.Second))
			defer cancel()
			ctx = expired
		}
		answer.Response = plugin.Validate(ctx, &request)
		return answer
	}
}
