// Makes objects of every kind, good ones and spoilt ones, and says what the API server's strict decoding makes
// of each, for comparison with Plimsoll.
//
// The arguments are a seed and a number of objects. Every object is one line of JSON: {"body": "…", "fatal": "…",
// "errors": ["unknown field …", …]}, with fatal where it can't be read at all. A body is JSON or, where it
// doesn't begin with a brace, YAML.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"reflect"
	"sort"
	"strconv"
	"strings"

	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	serializer "k8s.io/apimachinery/pkg/runtime/serializer/json"
	utilruntime "k8s.io/apimachinery/pkg/util/runtime"
	"k8s.io/client-go/kubernetes/scheme"
	apiregistration "k8s.io/kube-aggregator/pkg/apis/apiregistration/v1"
	"sigs.k8s.io/yaml"
)

type answer struct {
	Body   string   `json:"body"`
	Fatal  string   `json:"fatal,omitempty"`
	Errors []string `json:"errors,omitempty"`
}

// kinds are all that have a name, of every version that there are types for.
func kinds() []schema.GroupVersionKind {
	var kinds []schema.GroupVersionKind
	for kind, typ := range scheme.Scheme.AllKnownTypes() {
		isObject := reflect.PointerTo(typ).Implements(reflect.TypeFor[metav1.ObjectMetaAccessor]())
		if isObject && kind.Version != runtime.APIVersionInternal {
			kinds = append(kinds, kind)
		}
	}
	sort.Slice(kinds, func(i, j int) bool { return kinds[i].String() < kinds[j].String() })
	return kinds
}

func judge(decoders [2]runtime.Decoder, body string) answer {
	decoder := decoders[0]
	if !strings.HasPrefix(body, "{") {
		decoder = decoders[1]
	}
	result := answer{Body: body}
	_, _, err := decoder.Decode([]byte(body), nil, nil)
	if strict, ok := runtime.AsStrictDecodingError(err); ok {
		for _, err := range strict.Errors() {
			result.Errors = append(result.Errors, err.Error())
		}
	} else if err != nil {
		result.Fatal = err.Error()
	}
	return result
}

func main() {
	utilruntime.Must(apiextensions.AddToScheme(scheme.Scheme))
	utilruntime.Must(apiregistration.AddToScheme(scheme.Scheme))
	var numbers [2]int
	for i := range numbers {
		if len(os.Args) != 3 {
			fmt.Fprintln(os.Stderr, "usage: go-strict SEED COUNT")
			os.Exit(2)
		}
		number, err := strconv.Atoi(os.Args[i+1])
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
		numbers[i] = number
	}
	strict := func(isYAML bool) runtime.Decoder {
		return serializer.NewSerializerWithOptions(serializer.DefaultMetaFactory, scheme.Scheme, scheme.Scheme,
			serializer.SerializerOptions{Strict: true, Yaml: isYAML})
	}
	decoders := [2]runtime.Decoder{strict(false), strict(true)}
	out := bufio.NewWriterSize(os.Stdout, 1<<20)
	defer out.Flush()
	encoder := json.NewEncoder(out)
	random := rand.New(rand.NewSource(int64(numbers[0])))
	kinds := kinds()
	for i := range numbers[1] {
		kind := kinds[i%len(kinds)]
		maker := maker{Rand: random, full: i < 2*len(kinds)}
		object := maker.object(kind)
		// Every kind whole and unspoilt first: a field that is missing here would be unknown.
		if i >= len(kinds) {
			for range 1 + random.Intn(3) {
				maker.spoil(object)
			}
		}
		body := object.String()
		if i%5 == 4 {
			text, err := yaml.JSONToYAML([]byte(body))
			utilruntime.Must(err)
			body = string(text)
		}
		utilruntime.Must(encoder.Encode(judge(decoders, body)))
	}
}
