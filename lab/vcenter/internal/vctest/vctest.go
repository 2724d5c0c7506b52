// Package vctest runs a small filled vCenter for a test, and gives it ordinary
// clients.
package vctest

import (
	"context"
	"io"
	"net/url"
	"testing"

	"github.com/vmware/govmomi"
	"github.com/vmware/govmomi/find"
	"github.com/vmware/govmomi/vapi/rest"

	"postazioni/lab/vcenter/internal/inventory"
	"postazioni/lab/vcenter/internal/saved"
	"postazioni/lab/vcenter/internal/server"
)

// The logins that the test's vCenter takes: one may do all, the other what
// permissions give it.
const (
	User            = "tester@vsphere.local"
	Password        = "only-for-this-test"
	GuardedUser     = "guarded@vsphere.local"
	GuardedPassword = "also-only-for-this-test"
)

// VCenter is a running vCenter and a session in it.
type VCenter struct {
	*testing.T
	Ctx    context.Context
	Server *server.Server
	Client *govmomi.Client
	Find   *find.Finder
}

// Inventory is two clusters of three hosts with one template.
func Inventory() *inventory.Inventory {
	return &inventory.Inventory{
		Datacenter: "Prova",
		Clusters: []inventory.Cluster{
			{Name: "vdi-a", Hosts: []string{"a1.example", "a2.example", "a3.example"}, Datastores: []string{"vsan-a"}, CoresPerHost: 64, MemoryGibPerHost: 512},
			{Name: "vdi-b", Hosts: []string{"b1.example", "b2.example", "b3.example"}, Datastores: []string{"vsan-b"}, CoresPerHost: 32, MemoryGibPerHost: 256},
		},
		PhysicalAdapters: []string{"vmnic2", "vmnic3"},
		Templates: []inventory.Template{
			{Name: "win11", GuestID: "windows11_64Guest", DiskGib: 80, Firmware: "efi", Cluster: "vdi-a", Datastore: "vsan-a"},
		},
		Principals: []inventory.Principal{{Name: `PROVA\helpdesk`, Group: true}, {Name: `PROVA\admins`, Group: true}},
	}
}

// Start serves the inventory until the test ends.
func Start(t *testing.T) *VCenter {
	t.Helper()
	return StartWith(t, Inventory())
}

// StartWith serves another inventory. The temporary folder is the test's own,
// so that nothing of it can be left behind elsewhere.
func StartWith(t *testing.T, inv *inventory.Inventory) *VCenter {
	t.Helper()
	return start(t, server.Options{Inventory: inv})
}

// StartRecorded serves the ordinary inventory, and records what the guarded
// login asks.
func StartRecorded(t *testing.T, record io.Writer) *VCenter {
	t.Helper()
	return start(t, server.Options{Inventory: Inventory(), Record: record})
}

// StartSaved serves what was saved in a folder.
func StartSaved(t *testing.T, folder string) *VCenter {
	t.Helper()
	found, err := saved.Read(folder)
	if err != nil {
		t.Fatal(err)
	}
	return StartInventory(t, found)
}

// StartInventory serves what was saved.
func StartInventory(t *testing.T, found *saved.Inventory) *VCenter {
	t.Helper()
	return start(t, server.Options{Inventory: Inventory(), Saved: found})
}

func start(t *testing.T, o server.Options) *VCenter {
	t.Helper()
	t.Setenv("TMPDIR", t.TempDir())
	ctx, cancel := context.WithCancel(context.Background())
	o.Listen, o.User, o.Password = "127.0.0.1:0", User, Password
	o.Guarded = server.Login{User: GuardedUser, Password: GuardedPassword}
	s, err := server.Start(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cancel(); s.Stop() })
	v := &VCenter{T: t, Ctx: ctx, Server: s}
	v.Client = v.Login()
	v.Find = find.NewFinder(v.Client.Client)
	dc, err := v.Find.Datacenter(ctx, "Prova")
	v.OK(err)
	v.Find.SetDatacenter(dc)
	return v
}

// Login opens a session of its own.
func (v *VCenter) Login() *govmomi.Client {
	v.Helper()
	client, err := govmomi.NewClient(v.Ctx, v.URL(), true)
	v.OK(err)
	return client
}

// REST opens a session of the other API.
func (v *VCenter) REST() *rest.Client {
	v.Helper()
	client := rest.NewClient(v.Client.Client)
	v.OK(client.Login(v.Ctx, v.URL().User))
	return client
}

// Guarded opens a session of the login that may do what permissions give it.
func (v *VCenter) Guarded() *govmomi.Client {
	v.Helper()
	target := v.URL()
	target.User = url.UserPassword(GuardedUser, GuardedPassword)
	client, err := govmomi.NewClient(v.Ctx, target, true)
	v.OK(err)
	return client
}

// Member opens a session of a member of a group, who is guarded too.
func (v *VCenter) Member(group string) *govmomi.Client {
	v.Helper()
	target := v.URL()
	target.User = url.UserPassword(group, GuardedPassword)
	client, err := govmomi.NewClient(v.Ctx, target, true)
	v.OK(err)
	return client
}

// URL is the address with the login in it.
func (v *VCenter) URL() *url.URL {
	return &url.URL{Scheme: "https", Host: v.Server.Address, Path: "/sdk", User: url.UserPassword(User, Password)}
}

// OK ends the test at an error.
func (v *VCenter) OK(err error) {
	v.Helper()
	if err != nil {
		v.Fatal(err)
	}
}
