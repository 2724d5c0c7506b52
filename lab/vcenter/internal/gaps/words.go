package gaps

import (
	"bytes"
	"net/http"
	"regexp"
)

// vCenter says in words why it refuses; the simulator gives the type's name to
// a task that failed, and nothing to a call. Terraform shows just these words.
var (
	task = func(fault, value, words string) phrase {
		find := `(?s)(<fault [^>]*"` + fault + `"[^>]*>.*?<` + value + `>([^<]*)</` + value + `>.*?<localizedMessage>)\*types\.` + fault + `(</localizedMessage>)`
		return phrase{[]byte("*types." + fault), regexp.MustCompile(find), []byte("${1}" + words + "${3}")}
	}
	call = func(fault, value, words string) phrase {
		find := `(?s)<faultstring></faultstring>(.*?<` + fault + `Fault.*?<` + value + `>([^<]*)</` + value + `>)`
		return phrase{[]byte(fault + "Fault"), regexp.MustCompile(find), []byte("<faultstring>" + words + "</faultstring>${1}")}
	}
	phrases = []phrase{
		task("DuplicateName", "name", "The name '${2}' already exists."),
		call("DuplicateName", "name", "The name '${2}' already exists."),
		task("NoDiskSpace", "datastore", "Insufficient disk space on datastore '${2}'."),
	}
)

// phrase is what is said of a fault. The marker is searched first, as most
// answers tell of none.
type phrase struct {
	marker []byte
	find   *regexp.Regexp
	words  []byte
}

// Words puts vCenter's words into the faults of an answer.
func Words(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := &buffered{ResponseWriter: w}
		next.ServeHTTP(answer, r)
		body := answer.body.Bytes()
		for _, p := range phrases {
			if bytes.Contains(body, p.marker) {
				body = p.find.ReplaceAll(body, p.words)
			}
		}
		answer.body = *bytes.NewBuffer(body)
		answer.flush(nil)
	})
}
