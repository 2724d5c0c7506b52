package gaps

import (
	"bytes"
	"io"
	"net/http"
	"strconv"
	"strings"
)

// bodyOf reads a request's body and leaves it to be read once more. Where that
// fails, it answers the request and is not ok.
func bodyOf(w http.ResponseWriter, r *http.Request) (body []byte, ok bool) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return nil, false
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	return body, true
}

// buffered holds an answer back until it is complete.
type buffered struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
}

func (b *buffered) WriteHeader(status int)      { b.status = status }
func (b *buffered) Write(p []byte) (int, error) { return b.body.Write(p) }

func (b *buffered) flush(with *strings.Replacer, words ...string) {
	body := translate(b.body.Bytes(), with, words)
	b.Header().Set("Content-Length", strconv.Itoa(len(body)))
	if b.status != 0 {
		b.ResponseWriter.WriteHeader(b.status)
	}
	_, _ = b.ResponseWriter.Write(body)
}
