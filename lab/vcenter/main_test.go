package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"postazioni/lab/vcenter/internal/vctest"
)

// TestMain lets the test binary stand for the program itself: signals and
// standard input belong to a process, and cannot be tried in the test's own.
func TestMain(m *testing.M) {
	if os.Getenv("VCENTER_TEST_AS_PROGRAM") != "" {
		os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// program is a started vcenter with a temporary folder of its own.
type program struct {
	*testing.T
	cmd    *exec.Cmd
	stdin  io.WriteCloser
	stdout *bufio.Reader
	stderr bytes.Buffer
	temp   string
}

func login() []string {
	return []string{"VCENTER_USER=" + vctest.User, "VCENTER_PASSWORD=" + vctest.Password}
}

func start(t *testing.T, env []string, args ...string) *program {
	t.Helper()
	p := &program{T: t, temp: t.TempDir()}
	p.cmd = exec.Command(os.Args[0], args...)
	p.cmd.Env = append([]string{"VCENTER_TEST_AS_PROGRAM=1", "TMPDIR=" + p.temp}, env...)
	p.cmd.Stderr = &p.stderr
	var err error
	if p.stdin, err = p.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	p.stdout = bufio.NewReader(out)
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.cmd.Process.Kill(); _ = p.cmd.Wait() })
	return p
}

// address is what the program tells when it is ready.
func (p *program) address() string {
	p.Helper()
	line, err := p.stdout.ReadString('\n')
	if err != nil {
		p.Fatalf("no line: %v, %s", err, &p.stderr)
	}
	var ready struct{ Address string }
	if err := json.Unmarshal([]byte(line), &ready); err != nil {
		p.Fatalf("%q: %v", line, err)
	}
	return ready.Address
}

// ends waits for the program and gives the rest of its output.
func (p *program) ends(code int) string {
	p.Helper()
	kill := time.AfterFunc(time.Minute, func() { _ = p.cmd.Process.Kill() })
	defer kill.Stop()
	rest, _ := io.ReadAll(p.stdout)
	_ = p.cmd.Wait()
	if got := p.cmd.ProcessState.ExitCode(); got != code {
		p.Fatalf("exit code %d, want %d: %s", got, code, &p.stderr)
	}
	if left, _ := os.ReadDir(p.temp); len(left) > 0 {
		p.Errorf("left behind: %v", left)
	}
	if strings.Contains(string(rest)+p.stderr.String(), vctest.Password) {
		p.Error("the password was shown")
	}
	return string(rest)
}

func inventoryFile(t *testing.T) string {
	t.Helper()
	data, err := json.Marshal(vctest.Inventory())
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "inventory.json")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestServeStopsAtASignalAndCleansUp(t *testing.T) {
	for _, signal := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		t.Run(signal.String(), func(t *testing.T) {
			p := start(t, login(), "serve", "--inventory", inventoryFile(t))
			if _, _, err := net.SplitHostPort(p.address()); err != nil {
				t.Fatal(err)
			}
			if left, _ := os.ReadDir(p.temp); len(left) == 0 {
				t.Fatal("the test looks in the wrong place")
			}
			if err := p.cmd.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			if rest := p.ends(exitOK); rest != "" {
				t.Fatalf("more than one line: %q", rest)
			}
		})
	}
}

func TestServeEndsWithItsLifeline(t *testing.T) {
	p := start(t, login(), "serve", "--inventory", inventoryFile(t), "--lifeline")
	p.address()
	p.stdin.Close()
	p.ends(exitOK)
}

func TestServeNamesATakenAddress(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	p := start(t, login(), "serve", "--inventory", inventoryFile(t), "--listen", taken.Addr().String())
	p.ends(exitFailure)
	if !strings.Contains(p.stderr.String(), taken.Addr().String()) || strings.Count(p.stderr.String(), "\n") != 1 {
		t.Fatalf("said %q", &p.stderr)
	}
}

func TestSnapshotIsPrinted(t *testing.T) {
	served := start(t, login(), "serve", "--inventory", inventoryFile(t), "--lifeline")
	address := served.address()
	env := []string{"GOVC_URL=" + address, "GOVC_USERNAME=" + vctest.User, "GOVC_PASSWORD=" + vctest.Password, "GOVC_INSECURE=1"}
	var got struct{ Clusters []struct{ Name string } }
	if err := json.Unmarshal([]byte(start(t, env, "snapshot").ends(exitOK)), &got); err != nil || len(got.Clusters) != 2 {
		t.Fatalf("%v: %+v", err, got)
	}
	env[2] = "GOVC_PASSWORD=wrong"
	start(t, env, "snapshot").ends(exitFailure)
}

func TestARoleIsGranted(t *testing.T) {
	guarded := []string{"VCENTER_GUARDED_USER=" + vctest.GuardedUser, "VCENTER_GUARDED_PASSWORD=" + vctest.GuardedPassword}
	served := start(t, append(login(), guarded...), "serve", "--inventory", inventoryFile(t), "--lifeline")
	address := served.address()
	env := []string{"GOVC_URL=" + address, "GOVC_USERNAME=" + vctest.User, "GOVC_PASSWORD=" + vctest.Password, "GOVC_INSECURE=1"}
	give := []string{"grant", "--role", "least", "--principal", vctest.GuardedUser}
	for _, privileges := range [][]string{{"Folder.Create", "Folder.Delete"}, {"Folder.Create"}} {
		start(t, env, append(give, privileges...)...).ends(exitOK)
	}
	type permission struct{ Principal, Role string }
	var got struct {
		Roles       []struct{ Privileges []string }
		Permissions []permission
	}
	if err := json.Unmarshal([]byte(start(t, env, "snapshot").ends(exitOK)), &got); err != nil {
		t.Fatal(err)
	}
	privileges := strings.Join(got.Roles[0].Privileges, " ")
	if len(got.Roles) != 1 || !strings.HasPrefix(privileges, "Folder.Create System.") ||
		!slices.Contains(got.Permissions, permission{vctest.GuardedUser, "least"}) {
		t.Fatalf("%+v", got)
	}
	start(t, env, append(give, "No.Such")...).ends(exitFailure)
	env[1], env[2] = "GOVC_USERNAME="+vctest.GuardedUser, "GOVC_PASSWORD="+vctest.GuardedPassword
	start(t, env, append(give, "Folder.Delete")...).ends(exitFailure)
}

func TestWrongUseIsExplained(t *testing.T) {
	file := inventoryFile(t)
	broken := filepath.Join(t.TempDir(), "broken.json")
	if err := os.WriteFile(broken, []byte(`{"datacenter": "", "x": 1}`), 0o600); err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name string
		env  []string
		args []string
		want string
	}{
		{"no command", nil, nil, "a command is missing"},
		{"unknown command", nil, []string{"start"}, `unknown command "start"`},
		{"unknown flag", login(), []string{"serve", "--inventroy", file}, "flag provided but not defined"},
		{"argument too much", login(), []string{"serve", "--inventory", file, "more"}, `unexpected argument "more"`},
		{"no inventory", login(), []string{"serve"}, "--inventory is missing"},
		{"missing file", login(), []string{"serve", "--inventory", file + ".none"}, "no such file"},
		{"bad inventory", login(), []string{"serve", "--inventory", broken}, "vcenter: inventory: datacenter: missing\n"},
		{"no login", nil, []string{"serve", "--inventory", file}, "VCENTER_USER and VCENTER_PASSWORD"},
		{"half a login", login()[:1], []string{"serve", "--inventory", file}, "VCENTER_USER and VCENTER_PASSWORD"},
		{"half a second login", append(login(), "VCENTER_GUARDED_USER=u"), []string{"serve", "--inventory", file}, "VCENTER_GUARDED_PASSWORD"},
		{"grant to nobody", nil, []string{"grant", "--role", "r"}, "--principal"},
		{"not loopback", login(), []string{"serve", "--inventory", file, "--listen", "0.0.0.0:0"}, "only a loopback address"},
		{"snapshot of nothing", nil, []string{"snapshot"}, "GOVC_URL"},
		{"snapshot by nobody", []string{"GOVC_URL=127.0.0.1:1"}, []string{"snapshot"}, "GOVC_USERNAME"},
		{"unclear trust", []string{"GOVC_URL=127.0.0.1:1", "GOVC_USERNAME=u", "GOVC_INSECURE=maybe"}, []string{"snapshot"}, `"maybe"`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := start(t, c.env, c.args...)
			p.ends(exitUsage)
			if !strings.Contains(p.stderr.String(), c.want) {
				t.Fatalf("want %q, got %q", c.want, &p.stderr)
			}
		})
	}
}

func TestHelpIsGiven(t *testing.T) {
	if out := start(t, nil, "--help").ends(exitOK); !strings.Contains(out, "vcenter serve") || !strings.Contains(out, "vcenter snapshot") {
		t.Fatalf("got %q", out)
	}
	for _, command := range []string{"serve", "snapshot", "grant"} {
		start(t, nil, command, "--help").ends(exitOK)
	}
}
