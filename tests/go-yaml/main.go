// Reads YAML and JSON with the libraries that kubectl uses, for comparison with Plimsoll.
//
// Standard input is a sequence of requests: a line with a letter and a number of bytes, then the bytes.
// "D 12" is one document, "S 12" a whole file. Every request is answered with one line of JSON: a list of
// {"json": …} or {"error": …, "line": …}; the line is 0 where the library reports none. "B 12" is
// documents, each after its length in four bytes, that are read again and again on one core; the answer is
// the nanoseconds of one reading.
package main

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"runtime"
	"strconv"
	"time"

	goyaml "go.yaml.in/yaml/v2"
	apiyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

type result struct {
	JSON string `json:"json,omitempty"`
	// Keys of different types become the same string: which one counts is left to chance.
	Ambiguous bool   `json:"ambiguous,omitempty"`
	Error     string `json:"error,omitempty"`
	Line      int    `json:"line,omitempty"`
}

var line = regexp.MustCompile(`yaml: line (\d+):`)

func failure(err error) result {
	found := result{Error: err.Error()}
	if match := line.FindStringSubmatch(found.Error); match != nil {
		found.Line, _ = strconv.Atoi(match[1])
	}
	return found
}

// protect turns a panic of the library into an error.
func protect(read func() (string, error)) (found result) {
	defer func() {
		if panicked := recover(); panicked != nil {
			found = result{Error: fmt.Sprint("panic: ", panicked)}
		}
	}()
	text, err := read()
	if err != nil {
		return failure(err)
	}
	return result{JSON: text}
}

// normal writes JSON with sorted keys and with numbers as the API server keeps them.
func normal(text []byte) (string, error) {
	// Refuses numbers that are too large wherever they stand.
	var probe any
	if err := json.Unmarshal(text, &probe); err != nil {
		return "", err
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return "", err
	}
	value, err := numbers(value)
	if err != nil {
		return "", err
	}
	out, err := json.Marshal(value)
	return string(out), err
}

func numbers(value any) (any, error) {
	var err error
	switch value := value.(type) {
	case map[string]any:
		for key := range value {
			if value[key], err = numbers(value[key]); err != nil {
				return nil, err
			}
		}
	case []any:
		for index := range value {
			if value[index], err = numbers(value[index]); err != nil {
				return nil, err
			}
		}
	case json.Number:
		text := value.String()
		if number, err := strconv.ParseInt(text, 10, 64); err == nil {
			return number, nil
		}
		if number, err := strconv.ParseUint(text, 10, 64); err == nil {
			return number, nil
		}
		return strconv.ParseFloat(text, 64)
	}
	return value, nil
}

// ambiguous tells whether keys of different types become the same string.
func ambiguous(value any) bool {
	switch value := value.(type) {
	case map[any]any:
		seen := map[string]bool{}
		for key, inner := range value {
			name := fmt.Sprint(key)
			switch key := key.(type) {
			case nil:
				name = ""
			case float64:
				name = strconv.FormatFloat(key, 'g', -1, 32)
				switch name {
				case "+Inf":
					name = ".inf"
				case "-Inf":
					name = "-.inf"
				case "NaN":
					name = ".nan"
				}
			}
			if seen[name] || ambiguous(inner) {
				return true
			}
			seen[name] = true
		}
	case []any:
		for _, inner := range value {
			if ambiguous(inner) {
				return true
			}
		}
	}
	return false
}

func isAmbiguous(text []byte) (found bool) {
	defer func() {
		if recover() != nil {
			found = false
		}
	}()
	var value any
	if goyaml.Unmarshal(text, &value) != nil {
		return false
	}
	return ambiguous(value)
}

func isAmbiguousStream(text []byte) bool {
	if apiyaml.IsJSONBuffer(text) && len(text) < 4096 {
		// YAML may begin behind any brace.
		for index, character := range text {
			if character == '}' && isAmbiguousYAML(bytes.TrimLeft(text[index+1:], " \t\r\n")) {
				return true
			}
		}
	}
	return isAmbiguousYAML(text)
}

func isAmbiguousYAML(text []byte) bool {
	reader := apiyaml.NewYAMLReader(bufio.NewReader(bytes.NewReader(text)))
	for {
		document, err := reader.Read()
		if err != nil {
			return false
		}
		if isAmbiguous(document) {
			return true
		}
	}
}

// document reads one document of YAML.
func document(text []byte) (string, error) {
	// The reader that kubectl splits files with ends every line, and takes a carriage return from it.
	text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	if !bytes.HasSuffix(text, []byte("\n")) {
		text = append(text, '\n')
	}
	out, err := yaml.YAMLToJSON(text)
	return string(out), err
}

// stream reads a file as kubectl does, up to its end or its first error.
func stream(text []byte) []result {
	results := []result{}
	decoder := apiyaml.NewYAMLOrJSONDecoder(bytes.NewReader(text), 4096)
	for {
		ended := false
		found := protect(func() (string, error) {
			var raw json.RawMessage
			if err := decoder.Decode(&raw); err != nil {
				ended = errors.Is(err, io.EOF)
				return "", err
			}
			if len(raw) == 0 {
				return "null", nil
			}
			return normal(raw)
		})
		if ended {
			return results
		}
		results = append(results, found)
		if found.Error != "" {
			return results
		}
	}
}

// bench reads framed documents, each after its length in four bytes, again and again.
func bench(framed []byte) int64 {
	best := int64(0)
	started := time.Now()
	for time.Since(started) < 6*time.Second {
		round := time.Now()
		for rest := framed; len(rest) >= 4; {
			length := binary.LittleEndian.Uint32(rest)
			_, _ = yaml.YAMLToJSON(rest[4 : 4+length])
			rest = rest[4+length:]
		}
		if took := time.Since(round).Nanoseconds(); best == 0 || took < best {
			best = took
		}
	}
	return best
}

func main() {
	runtime.GOMAXPROCS(1)
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriterSize(os.Stdout, 1<<20)
	defer out.Flush()
	encoder := json.NewEncoder(out)
	for {
		var kind string
		var length int
		if _, err := fmt.Fscanf(in, "%s %d\n", &kind, &length); err != nil {
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
		switch kind {
		case "B":
			_ = encoder.Encode(bench(text))
			_ = out.Flush()
		case "S":
			results := stream(text)
			if len(results) > 0 {
				results[0].Ambiguous = isAmbiguousStream(text)
			}
			_ = encoder.Encode(results)
		case "D":
			found := protect(func() (string, error) { return document(text) })
			found.Ambiguous = isAmbiguous(text)
			_ = encoder.Encode([]result{found})
		}
	}
}
