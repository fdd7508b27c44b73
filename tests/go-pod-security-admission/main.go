// Answers as the API server's Pod Security admission does, for comparison with Plimsoll.
//
//	go-pod-security-admission evaluate       every check, level and version, of objects
//	go-pod-security-admission admit          responses to admission requests
//	go-pod-security-admission configuration  what a configuration comes to, or what is wrong with it
//	go-pod-security-admission measure        nanoseconds for each object, evaluated again and again
//
// Standard input is a sequence of requests: a line with a number of bytes, then the bytes. Every request is
// answered with one line of JSON.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
)

// An answerer makes of the text of a request what is written as JSON.
type answerer func(text []byte) any

// failed is the answer to what can't be answered.
type failed struct {
	Error string `json:"error"`
}

func main() {
	answerers := map[string]func() answerer{
		"evaluate":      evaluating,
		"admit":         admitting,
		"configuration": configuring,
		"measure":       measuring,
	}
	if len(os.Args) != 2 || answerers[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "usage: go-pod-security-admission evaluate|admit|configuration|measure")
		os.Exit(2)
	}
	answer := answerers[os.Args[1]]()
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriterSize(os.Stdout, 1<<20)
	defer out.Flush()
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for {
		var length int
		if _, err := fmt.Fscanf(in, "%d\n", &length); err != nil {
			if !errors.Is(err, io.EOF) {
				fatal("bad request:", err)
			}
			return
		}
		text := make([]byte, length)
		if _, err := io.ReadFull(in, text); err != nil {
			fatal("short request:", err)
		}
		if err := encoder.Encode(answer(text)); err != nil {
			fatal("writing:", err)
		}
	}
}

func fatal(what string, err error) {
	fmt.Fprintln(os.Stderr, what, err)
	os.Exit(1)
}
