package main

import (
	"fmt"

	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/runtime"
	serializer "k8s.io/apimachinery/pkg/runtime/serializer/json"
	utilruntime "k8s.io/apimachinery/pkg/util/runtime"
	"k8s.io/pod-security-admission/admission"
	"k8s.io/utils/ptr"
	"sigs.k8s.io/yaml"
)

var scheme = runtime.NewScheme()

// decoder refuses fields that the API doesn't know, so that a slip of the test is seen.
var decoder = serializer.NewSerializerWithOptions(serializer.DefaultMetaFactory, scheme, scheme,
	serializer.SerializerOptions{Strict: true})

func init() {
	utilruntime.Must(corev1.AddToScheme(scheme))
	utilruntime.Must(appsv1.AddToScheme(scheme))
	utilruntime.Must(batchv1.AddToScheme(scheme))
}

// decode reads an object and sets the defaults that a check sees. The functions that do so are in the server
// itself, which is no library.
func decode(text []byte) (runtime.Object, error) {
	converted, err := yaml.YAMLToJSON(text)
	if err != nil {
		return nil, err
	}
	object, _, err := decoder.Decode(converted, nil, nil)
	if err != nil {
		return nil, err
	}
	if _, isNamespace := object.(*corev1.Namespace); isNamespace {
		return object, nil
	}
	_, spec, err := admission.DefaultPodSpecExtractor{}.ExtractPodSpec(object)
	if err != nil {
		return nil, err
	}
	if spec == nil {
		return object, nil
	}
	for i := range spec.Volumes {
		if source := &spec.Volumes[i].VolumeSource; ptr.AllPtrFieldsNil(source) {
			source.EmptyDir = &corev1.EmptyDirVolumeSource{}
		}
	}
	if _, isPod := object.(*corev1.Pod); isPod && spec.HostNetwork {
		setHostPorts(spec.InitContainers)
		setHostPorts(spec.Containers)
	}
	return object, nil
}

// setHostPorts does for pods in the host's network what the server does for no template.
func setHostPorts(containers []corev1.Container) {
	for _, container := range containers {
		for i := range container.Ports {
			if port := &container.Ports[i]; port.HostPort == 0 {
				port.HostPort = port.ContainerPort
			}
		}
	}
}

// pod is the pod that an object is or makes.
func pod(object runtime.Object) (*podParts, error) {
	metadata, spec, err := admission.DefaultPodSpecExtractor{}.ExtractPodSpec(object)
	if err != nil {
		return nil, err
	}
	if spec == nil {
		return nil, fmt.Errorf("a %T makes no pod", object)
	}
	return &podParts{metadata, spec}, nil
}
