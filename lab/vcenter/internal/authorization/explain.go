package authorization

import (
	"bytes"
	"net/http"
	"regexp"
)

var (
	noPermission = regexp.MustCompile(`(?s)<faultstring></faultstring>(.*?<NoPermissionFault.*?<object[^>]*>([^<]*)</object>\s*<privilegeId>([^<]*)</privilegeId>)`)
	marker       = []byte("NoPermissionFault")
	text         = []byte("<faultstring>Permission to perform this operation was denied. " +
		"Required privilege '$3' on managed object with id '$2'.</faultstring>$1")
)

// Explain says in a fault's text what vCenter 8 says there: which privilege is
// missing where. A fault of the simulator's hook for calls can have no text.
func Explain(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(&explaining{w}, r)
	})
}

// explaining expects an answer in one piece, with its length in the header, as
// what translates the types' names writes it.
type explaining struct{ http.ResponseWriter }

func (e *explaining) WriteHeader(status int) {
	if status == http.StatusInternalServerError {
		e.Header().Del("Content-Length")
	}
	e.ResponseWriter.WriteHeader(status)
}

func (e *explaining) Write(body []byte) (int, error) {
	if !bytes.Contains(body, marker) {
		return e.ResponseWriter.Write(body)
	}
	_, err := e.ResponseWriter.Write(noPermission.ReplaceAll(body, text))
	return len(body), err
}
