package main

import (
	"encoding/json"
	"strings"
)

// A tree is a JSON value that keeps the order of its keys and has them twice if need be.
type tree struct {
	// The text of a scalar.
	scalar string
	isList bool
	// Empty for the items of a list.
	keys     []string
	children []*tree
}

func scalar(text string) *tree { return &tree{scalar: text} }

func quoted(text string) *tree {
	encoded, _ := json.Marshal(text)
	return scalar(string(encoded))
}

func (t *tree) isObject() bool { return t.scalar == "" && !t.isList }

func (t *tree) add(key string, value *tree) {
	t.keys = append(t.keys, key)
	t.children = append(t.children, value)
}

// all are the values below and the value itself.
func (t *tree) all() []*tree {
	found := []*tree{t}
	for _, child := range t.children {
		found = append(found, child.all()...)
	}
	return found
}

func (t *tree) String() string {
	var text strings.Builder
	t.write(&text)
	return text.String()
}

func (t *tree) write(text *strings.Builder) {
	if t.scalar != "" {
		text.WriteString(t.scalar)
		return
	}
	brackets := "{}"
	if t.isList {
		brackets = "[]"
	}
	text.WriteByte(brackets[0])
	for i, child := range t.children {
		if i > 0 {
			text.WriteByte(',')
		}
		if !t.isList {
			key, _ := json.Marshal(t.keys[i])
			text.Write(key)
			text.WriteByte(':')
		}
		child.write(text)
	}
	text.WriteByte(brackets[1])
}
