// Judges pods with the checks of the API server's admission plugin, for comparison with Plimsoll.
//
// Standard input is a sequence of requests: a line with a number of bytes, then the bytes, one object in YAML
// or JSON. Every request is answered with one line of JSON: {"denied": {"baseline/privileged": true, …}} with
// every check at its newest version, or {"error": …}. A workload is answered for the pod that its controller
// makes.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	serializer "k8s.io/apimachinery/pkg/runtime/serializer/json"
	utilruntime "k8s.io/apimachinery/pkg/util/runtime"
	"k8s.io/pod-security-admission/policy"
	"k8s.io/utils/ptr"
	"sigs.k8s.io/yaml"
)

type answer struct {
	Denied map[string]bool `json:"denied,omitempty"`
	Error  string          `json:"error,omitempty"`
}

// decoder refuses fields that the API doesn't know, so that a slip of the test is seen.
func decoder() runtime.Decoder {
	scheme := runtime.NewScheme()
	utilruntime.Must(corev1.AddToScheme(scheme))
	utilruntime.Must(appsv1.AddToScheme(scheme))
	utilruntime.Must(batchv1.AddToScheme(scheme))
	return serializer.NewSerializerWithOptions(serializer.DefaultMetaFactory, scheme, scheme,
		serializer.SerializerOptions{Strict: true})
}

// pod is the pod that an object is or makes.
func pod(object runtime.Object) (*metav1.ObjectMeta, *corev1.PodSpec, error) {
	var template *corev1.PodTemplateSpec
	switch object := object.(type) {
	case *corev1.Pod:
		return &object.ObjectMeta, &object.Spec, nil
	case *corev1.PodTemplate:
		template = &object.Template
	case *corev1.ReplicationController:
		template = object.Spec.Template
	case *appsv1.Deployment:
		template = &object.Spec.Template
	case *appsv1.ReplicaSet:
		template = &object.Spec.Template
	case *appsv1.StatefulSet:
		template = &object.Spec.Template
	case *appsv1.DaemonSet:
		template = &object.Spec.Template
	case *batchv1.Job:
		template = &object.Spec.Template
	case *batchv1.CronJob:
		template = &object.Spec.JobTemplate.Spec.Template
	}
	if template == nil {
		return nil, nil, fmt.Errorf("a %T makes no pod", object)
	}
	return &template.ObjectMeta, &template.Spec, nil
}

// setDefaults does what the API server does to a pod before admission, as far as a check looks at it.
// Those functions are in the server itself, which is no library.
func setDefaults(spec *corev1.PodSpec) {
	for i := range spec.Volumes {
		if source := &spec.Volumes[i].VolumeSource; ptr.AllPtrFieldsNil(source) {
			source.EmptyDir = &corev1.EmptyDirVolumeSource{}
		}
	}
	if !spec.HostNetwork {
		return
	}
	for _, containers := range [][]corev1.Container{spec.InitContainers, spec.Containers} {
		for _, container := range containers {
			for i := range container.Ports {
				if port := &container.Ports[i]; port.HostPort == 0 {
					port.HostPort = port.ContainerPort
				}
			}
		}
	}
}

func judge(decoder runtime.Decoder, checks []policy.Check, text []byte) answer {
	converted, err := yaml.YAMLToJSON(text)
	if err != nil {
		return answer{Error: err.Error()}
	}
	object, _, err := decoder.Decode(converted, nil, nil)
	if err != nil {
		return answer{Error: err.Error()}
	}
	metadata, spec, err := pod(object)
	if err != nil {
		return answer{Error: err.Error()}
	}
	setDefaults(spec)
	denied := map[string]bool{}
	for _, check := range checks {
		newest := check.Versions[len(check.Versions)-1]
		denied[string(check.Level)+"/"+string(check.ID)] = !newest.CheckPod(metadata, spec).Allowed
	}
	return answer{Denied: denied}
}

func main() {
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriterSize(os.Stdout, 1<<20)
	defer out.Flush()
	encoder := json.NewEncoder(out)
	decoder := decoder()
	checks := policy.DefaultChecks()
	for {
		var length int
		if _, err := fmt.Fscanf(in, "%d\n", &length); err != nil {
			if !errors.Is(err, io.EOF) {
				fmt.Fprintln(os.Stderr, "bad request:", err)
				os.Exit(1)
			}
			return
		}
		text := make([]byte, length)
		if _, err := io.ReadFull(in, text); err != nil {
			fmt.Fprintln(os.Stderr, "short request:", err)
			os.Exit(1)
		}
		if err := encoder.Encode(judge(decoder, checks, text)); err != nil {
			fmt.Fprintln(os.Stderr, "writing:", err)
			os.Exit(1)
		}
	}
}
