package server_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"

	"postazioni/lab/vcenter/internal/server"
	"postazioni/lab/vcenter/internal/vctest"
)

func options(listen string) server.Options {
	return server.Options{Listen: listen, Inventory: vctest.Inventory(), User: vctest.User, Password: vctest.Password}
}

// empty gives the test a temporary folder, and says what was left in it.
func empty(t *testing.T) func() []os.DirEntry {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	return func() []os.DirEntry {
		left, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		return left
	}
}

func TestReleaseIsTold(t *testing.T) {
	about := vctest.Start(t).Client.ServiceContent.About
	if about.Version != "8.0.3" || about.ApiVersion != "8.0.3" {
		t.Fatalf("%s, %s", about.Version, about.ApiVersion)
	}
}

func TestToldCertificateVerifiesTheServer(t *testing.T) {
	v := vctest.Start(t)
	trusted := x509.NewCertPool()
	if !trusted.AppendCertsFromPEM([]byte(v.Server.Certificate)) {
		t.Fatalf("no certificate: %q", v.Server.Certificate)
	}
	connection, err := tls.Dial("tcp", v.Server.Address, &tls.Config{RootCAs: trusted})
	v.OK(err)
	v.OK(connection.Close())
	if _, err := tls.Dial("tcp", v.Server.Address, &tls.Config{RootCAs: x509.NewCertPool()}); err == nil {
		t.Fatal("verified without it")
	}
}

func TestStopLeavesNothingOnDisk(t *testing.T) {
	left := empty(t)
	s, err := server.Start(context.Background(), options("127.0.0.1:0"))
	if err != nil {
		t.Fatal(err)
	}
	if len(left()) == 0 {
		t.Fatal("the test looks in the wrong place")
	}
	s.Stop()
	s.Stop()
	if len(left()) > 0 {
		t.Fatalf("left: %v", left())
	}
}

func TestTakenPortIsNamedAndLeavesNothing(t *testing.T) {
	left := empty(t)
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	_, err = server.Start(context.Background(), options(taken.Addr().String()))
	if err == nil || !strings.Contains(err.Error(), taken.Addr().String()) {
		t.Fatalf("got %v", err)
	}
	if strings.Contains(err.Error(), vctest.Password) || len(left()) > 0 {
		t.Fatalf("error %v, left %v", err, left())
	}
}

func TestOnlyLoopbackIsServed(t *testing.T) {
	for _, address := range []string{"0.0.0.0:0", ":0", "[::]:0", "192.0.2.1:0", "example.org:0", "127.0.0.1", ""} {
		if _, err := server.Start(context.Background(), options(address)); err == nil {
			t.Errorf("%q was taken", address)
		}
	}
	for _, address := range []string{"127.0.0.1:0", "localhost:0", "[::1]:0"} {
		if err := server.CheckListen(address); err != nil {
			t.Error(err)
		}
	}
}

func TestDoorsOfTheSimulatorAreClosed(t *testing.T) {
	v := vctest.Start(t)
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
	cases := []struct{ method, path, authorization string }{
		{"GET", "/folder/", ""}, {"PUT", "/folder/x?dcPath=Prova&dsName=vsan-a", ""}, {"HEAD", "/folder/", ""},
		{"GET", "/guestFile/x", ""}, {"PUT", "/nfc/x", ""}, {"POST", "/api", ""},
		{"POST", "/rest/com/vmware/cis/session", "SIGN any"}, {"POST", "/api/session", "SIGN any"},
		{"POST", "/rest/com/vmware/cis/session", ""}, {"POST", "/rest/com/vmware/cis/session", "Basic dTp3"},
		{"GET", "/rest/com/vmware/cis/tagging/tag", ""},
	}
	for _, c := range cases {
		req, err := http.NewRequest(c.method, "https://"+v.Server.Address+c.path, nil)
		v.OK(err)
		req.Header.Set("Authorization", c.authorization)
		res, err := client.Do(req)
		v.OK(err)
		res.Body.Close()
		if res.StatusCode != http.StatusUnauthorized {
			t.Errorf("%s %s with %q: %d", c.method, c.path, c.authorization, res.StatusCode)
		}
	}
}
