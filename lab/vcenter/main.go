// Command vcenter serves a simulated vCenter filled as a city's own, and tells
// what stands in one.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
)

const (
	exitOK      = 0
	exitFailure = 1
	exitUsage   = 2
)

const usage = `vcenter: a simulated vCenter for rehearsals

  vcenter serve --listen 127.0.0.1:0 --inventory FILE [--saved FOLDER [--without FILE]] [--clone-time 2s] [--lifeline] [--verbose]
      Fill one vCenter from the inventory and serve it with TLS on a loopback
      address until it is interrupted. The login is taken from
      VCENTER_USER and VCENTER_PASSWORD and may do all. A second one, from
      VCENTER_GUARDED_USER and VCENTER_GUARDED_PASSWORD, may do what permissions
      give it. When ready, one line of JSON on standard output tells the
      address. With --saved it holds what was saved of another vCenter.

  vcenter snapshot
      Print what stands in a vCenter as sorted JSON. The vCenter and the login
      are taken from GOVC_URL, GOVC_USERNAME, GOVC_PASSWORD and GOVC_INSECURE.

  vcenter save FOLDER
      Write all that a vCenter, named as for snapshot, holds into a new folder,
      as "govc object.save -d FOLDER" does.
  vcenter check FOLDER [--login LOGIN]
      Tell whether such a folder is complete, and whether it has a permission of
      a login.
  vcenter grant --role NAME --principal LOGIN [PRIVILEGE ...]
      Give a login a role with just these privileges on everything, in a
      vCenter that is named as for snapshot.

Exit codes: 0 done, 1 failed, 2 wrong usage or wrong inventory.
`

// usageError is what the caller has to mend in the call or in its files.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	err := dispatch(args, stdin, stdout, stderr)
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return exitOK
	case errors.As(err, new(usageError)):
		report(stderr, err)
		return exitUsage
	default:
		report(stderr, err)
		return exitFailure
	}
}

func dispatch(args []string, stdin io.Reader, stdout, stderr io.Writer) error {
	if len(args) == 0 {
		fmt.Fprint(stderr, usage)
		return usageError{errors.New("a command is missing: serve, snapshot, save, check or grant")}
	}
	switch args[0] {
	case "serve":
		return serve(args[1:], stdin, stdout, stderr)
	case "snapshot":
		return printSnapshot(args[1:], stdout, stderr)
	case "save":
		return save(args[1:], stdout, stderr)
	case "check":
		return check(args[1:], stderr)
	case "grant":
		return grant(args[1:], stderr)
	case "help", "-h", "-help", "--help":
		fmt.Fprint(stdout, usage)
		return nil
	}
	return usageError{fmt.Errorf("unknown command %q: serve, snapshot, save, check or grant", args[0])}
}

// report writes one error a line; joined errors come as lines already.
func report(w io.Writer, err error) {
	for _, line := range strings.Split(err.Error(), "\n") {
		fmt.Fprintln(w, "vcenter: "+line)
	}
}
