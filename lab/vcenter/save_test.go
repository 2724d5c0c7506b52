package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"postazioni/lab/vcenter/internal/vctest"
)

// savedFolder saves a vCenter that the program serves.
func savedFolder(t *testing.T) string {
	t.Helper()
	p := start(t, login(), "serve", "--inventory", inventoryFile(t), "--lifeline")
	folder := filepath.Join(t.TempDir(), "saved")
	govc := []string{"GOVC_URL=" + p.address(), "GOVC_USERNAME=" + vctest.User, "GOVC_PASSWORD=" + vctest.Password, "GOVC_INSECURE=true"}
	if out := start(t, govc, "save", folder).ends(exitOK); !strings.Contains(out, "objects in "+folder) {
		t.Errorf("told %q", out)
	}
	start(t, govc, "save", folder).ends(exitFailure) // never over another one
	_ = p.stdin.Close()
	p.ends(exitOK)
	return folder
}

func TestSavedVcenterIsCheckedAndServed(t *testing.T) {
	folder := savedFolder(t)
	start(t, nil, "check", folder).ends(exitOK)
	nobody := start(t, nil, "check", folder, "--login", "nobody")
	nobody.ends(exitUsage)
	if !strings.Contains(nobody.stderr.String(), `no permission of "nobody"`) {
		t.Errorf("told %s", &nobody.stderr)
	}
	p := start(t, login(), "serve", "--inventory", inventoryFile(t), "--saved", folder, "--lifeline")
	p.address()
	_ = p.stdin.Close()
	p.ends(exitOK)
}

func TestIncompleteFolderIsWrongUsage(t *testing.T) {
	folder := savedFolder(t)
	files, err := filepath.Glob(filepath.Join(folder, "0003-*"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	if err := os.Remove(files[0]); err != nil {
		t.Fatal(err)
	}
	start(t, nil, "check", folder).ends(exitUsage)
	p := start(t, login(), "serve", "--inventory", inventoryFile(t), "--saved", folder)
	p.ends(exitUsage)
	if !strings.Contains(p.stderr.String(), "file 0003 is missing of") {
		t.Errorf("told %s", &p.stderr)
	}
}

func TestNamesAreTakenOffASavedFolderOnly(t *testing.T) {
	names := filepath.Join(t.TempDir(), "names.json")
	if err := os.WriteFile(names, []byte(`{"folder": "milan"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	start(t, login(), "serve", "--inventory", inventoryFile(t), "--without", names).ends(exitUsage)
}
