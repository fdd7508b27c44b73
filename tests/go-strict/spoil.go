package main

import "strings"

// Values of every type, and those at the edge of one.
var odd = []string{
	`null`, `true`, `"true"`, `0`, `1`, `-1`, `1.0`, `1.5`, `1e3`, `255`, `256`, `2147483648`, `-2147483649`,
	`9223372036854775807`, `9223372036854775808`, `1e300`, `""`, `"1"`, `"text"`, `"500m"`, `"1gb"`, `"Gi"`, `"+"`,
	`"1e"`, `"1e-20"`, `"12345678901234567890"`, `"aGk="`, `"aGk"`, `"2026-01-31T12:00:00Z"`, `"2026-02-30T12:00:00Z"`,
	`"2026-01-31"`, `"2026-01-31T1:00:00,5Z"`, `"2026-01-31T12:00:00.123456Z"`, `{}`, `[]`, `[1]`, `["a"]`, `[300]`,
	`[null]`, `[{}]`, `{"a":1}`, `{"a":null}`, `{"type":1}`, `{"a":"b","a":"b"}`, `"5\u0030"`, `"caf\u00e9"`,
}

// spoil makes one mistake somewhere.
func (m *maker) spoil(root *tree) {
	values := root.all()
	var objects []*tree
	for _, value := range values {
		if value.isObject() && len(value.keys) > 0 {
			objects = append(objects, value)
		}
	}
	object := objects[m.Intn(len(objects))]
	at := m.Intn(len(object.keys))
	key := object.keys[at]
	// Without its type nothing is known of the object.
	if key == "kind" || key == "apiVersion" {
		return
	}
	switch m.Intn(6) {
	case 0:
		object.keys[at] = m.misspelt(key)
	case 1:
		copy := object.children[at]
		if m.Intn(2) == 0 {
			copy = scalar(odd[m.Intn(len(odd))])
		}
		object.add(key, copy)
	case 2, 3:
		object.children[at] = scalar(odd[m.Intn(len(odd))])
	case 4:
		other := objects[m.Intn(len(objects))]
		other.add(key, scalar(object.children[at].String()))
	case 5:
		object.add(m.pick("extra", "a.b", "Kind", "", "quote\"", "caf\u00e9", "tab\t", "\u200b"), scalar(odd[m.Intn(len(odd))]))
	}
}

func (m *maker) misspelt(key string) string {
	if key == "" {
		return "x"
	}
	i := m.Intn(len(key))
	switch m.Intn(4) {
	case 0:
		return key[:i] + key[i+1:]
	case 1:
		return key[:i] + "x" + key[i:]
	case 2:
		return strings.ToUpper(key[:1]) + key[1:]
	}
	return strings.ToLower(key)
}
