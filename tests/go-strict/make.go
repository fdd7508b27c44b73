package main

import (
	"encoding/base64"
	"fmt"
	"math/rand"
	"reflect"
	"strings"

	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/intstr"
	"k8s.io/client-go/kubernetes/scheme"
)

// A maker makes objects out of Go's types.
type maker struct {
	*rand.Rand
	// Whether every field is there.
	full bool
}

func (m *maker) object(kind schema.GroupVersionKind) *tree {
	version, name := kind.ToAPIVersionAndKind()
	object := &tree{}
	object.add("apiVersion", quoted(version))
	object.add("kind", quoted(name))
	m.fields(object, scheme.Scheme.AllKnownTypes()[kind], 0)
	return object
}

func (m *maker) fields(object *tree, typ reflect.Type, depth int) {
	for i := range typ.NumField() {
		field := typ.Field(i)
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if name == "" {
			inner := field.Type
			if inner.Kind() == reflect.Pointer {
				inner = inner.Elem()
			}
			// What is inlined; a type that isn't exported has nothing of use.
			if field.Anonymous && inner.Kind() == reflect.Struct && inner != reflect.TypeFor[metav1.TypeMeta]() {
				m.fields(object, inner, depth)
			}
			continue
		}
		if name == "-" {
			continue
		}
		if depth > 7 || (depth > 0 && !m.full && m.Intn(10) < 3+2*depth) {
			continue
		}
		object.add(name, m.value(field.Type, depth+1))
	}
}

func (m *maker) pick(texts ...string) string { return texts[m.Intn(len(texts))] }

func (m *maker) value(typ reflect.Type, depth int) *tree {
	switch typ {
	case reflect.TypeFor[resource.Quantity]():
		return scalar(m.pick(`"500m"`, `"1Gi"`, `2`, `"0"`, `1.5e9`, `" 3k"`, `"1."`, `null`))
	case reflect.TypeFor[intstr.IntOrString]():
		return scalar(m.pick(`80`, `"http"`, `"50%"`, `0`, `null`))
	case reflect.TypeFor[metav1.Time]():
		return scalar(m.pick(`"2026-01-31T12:00:00Z"`, `"2026-01-31T12:00:00.5+01:00"`, `null`))
	case reflect.TypeFor[metav1.MicroTime]():
		return scalar(m.pick(`"2026-01-31T12:00:00.123456Z"`, `null`))
	case reflect.TypeFor[runtime.RawExtension](), reflect.TypeFor[metav1.FieldsV1](), reflect.TypeFor[apiextensions.JSON]():
		return scalar(m.pick(`{"anything":{"goes":[1,{"x":1}]}}`, `{"a":1,"a":2}`, `{}`))
	case reflect.TypeFor[apiextensions.JSONSchemaPropsOrBool]():
		return scalar(m.pick(`true`, `{"type":"string","tpye":1}`, `{"type":"object","type":"object"}`))
	case reflect.TypeFor[apiextensions.JSONSchemaPropsOrArray]():
		return scalar(m.pick(`{"type":"string","tpye":1}`, `[{"minLength":1}]`, `{}`))
	case reflect.TypeFor[apiextensions.JSONSchemaPropsOrStringArray]():
		return scalar(m.pick(`{"type":"string"}`, `["a","b"]`))
	}
	switch typ.Kind() {
	case reflect.Pointer:
		return m.value(typ.Elem(), depth)
	case reflect.Struct:
		object := &tree{}
		m.fields(object, typ, depth)
		return object
	case reflect.Map:
		object := &tree{}
		for _, key := range []string{"a", "example.com/b"}[:m.Intn(3)] {
			object.add(key, m.value(typ.Elem(), depth))
		}
		return object
	case reflect.Slice:
		if typ.Elem().Kind() == reflect.Uint8 {
			return quoted(base64.StdEncoding.EncodeToString([]byte(m.pick("", "a", "some bytes"))))
		}
		list := &tree{isList: true}
		count := m.Intn(3)
		if m.full {
			count = 1
		}
		for range count {
			list.children = append(list.children, m.value(typ.Elem(), depth))
		}
		return list
	case reflect.String:
		return scalar(m.pick(`"a"`, `"text"`, `""`, `"Always"`))
	case reflect.Bool:
		return scalar(m.pick(`true`, `false`))
	case reflect.Int32, reflect.Int64:
		return scalar(m.pick(`0`, `1`, `-5`, `2147483647`))
	case reflect.Float64:
		return scalar(m.pick(`0`, `1.5`, `-2e3`))
	}
	panic(fmt.Sprintf("what is a %v?", typ))
}
