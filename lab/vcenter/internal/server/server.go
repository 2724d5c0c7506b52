// Package server runs one filled vCenter on a loopback address.
package server

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/url"
	"slices"
	"sync"
	"time"

	"github.com/vmware/govmomi/pbm"
	"github.com/vmware/govmomi/simulator"
	_ "github.com/vmware/govmomi/vapi/simulator" // tags
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"

	"postazioni/lab/vcenter/internal/authorization"
	"postazioni/lab/vcenter/internal/fill"
	"postazioni/lab/vcenter/internal/gaps"
	"postazioni/lab/vcenter/internal/inventory"
	"postazioni/lab/vcenter/internal/saved"
)

// Version is the release of vCenter that the server claims to be.
const Version = "8.0.3"

// Options say what to serve, where and to whom.
type Options struct {
	Listen    string
	Inventory *inventory.Inventory
	// Saved is a vCenter as it was found; of the Inventory then count only
	// principals, storage policies and libraries, which no inventory has. Nil
	// makes everything from the Inventory.
	Saved    *saved.Inventory
	User     string
	Password string
	// Guarded may do what permissions give it, and nothing at first; without a
	// user there is none.
	Guarded Login
	// CloneTime is how long each clone takes, side by side with others.
	CloneTime time.Duration
	// Record gets a line on every call that the guarded login may not make, and
	// on the privileges by which others were permitted;
	// nil drops them.
	Record io.Writer
}

// Login is a name and a password.
type Login struct{ User, Password string }

// accepts tells whether somebody may log in. A member of each group that is
// known logs in by the group's name, with the guarded login's password.
func (o Options) accepts(user, password string) bool {
	return same(user, o.User) && same(password, o.Password) ||
		o.Guarded.User != "" && (same(user, o.Guarded.User) || slices.Contains(groups(o), user)) && same(password, o.Guarded.Password)
}

// groups are the names of the groups that permissions can name.
func groups(o Options) (names []string) {
	for _, p := range principals(o) {
		if p.Group {
			names = append(names, p.Name)
		}
	}
	return names
}

// Server is a vCenter that answers.
type Server struct {
	Address string
	// Certificate is what it proves itself with, in PEM; its key stays here.
	Certificate string
	model       *simulator.Model
	server      *simulator.Server
	policies    *gaps.Policies
	guard       *authorization.Guard
	endWait     func()
	once        sync.Once
}

// Start fills a vCenter and serves it. After an error nothing is left behind.
func Start(ctx context.Context, o Options) (*Server, error) {
	if err := CheckListen(o.Listen); err != nil {
		return nil, err
	}
	certificate, err := selfSigned()
	if err != nil {
		return nil, err
	}
	s := &Server{
		Certificate: inPEM(certificate), model: emptyModel(), policies: gaps.NewPolicies(),
		guard: authorization.New(o.Guarded.User, groups(o), record(o)),
	}
	if err := s.model.Create(); err != nil {
		return nil, err
	}
	if err := s.hold(ctx, o); err != nil {
		s.Stop()
		return nil, err
	}
	s.model.Service.TLS = &tls.Config{Certificates: []tls.Certificate{*certificate}}
	if err := s.listen(o); err != nil {
		s.Stop()
		return nil, err
	}
	if err := fill.Libraries(ctx, s.url(o), o.Inventory); err != nil {
		s.Stop()
		return nil, err
	}
	return s, nil
}

// hold takes a saved vCenter over, or fills one.
func (s *Server) hold(ctx context.Context, o Options) error {
	folder := home(s.model)
	if o.Saved != nil {
		if err := o.Saved.Load(s.model, folder); err != nil {
			return err
		}
	}
	s.endWait = gaps.Install(s.model.Map(), principals(o), s.policies, s.guard)
	gaps.Pace(o.CloneTime)
	if o.Saved != nil {
		return nil
	}
	return fill.Fill(ctx, s.model, folder, o.Inventory)
}

// url is the address with the login in it.
func (s *Server) url(o Options) *url.URL {
	return &url.URL{Scheme: "https", Host: s.Address, Path: "/sdk", User: url.UserPassword(o.User, o.Password)}
}

// Stop closes the connections and removes what the model left on disk.
func (s *Server) Stop() {
	s.once.Do(func() {
		if s.endWait != nil {
			s.endWait()
		}
		if s.server != nil {
			_ = s.server.Config.Close()
		}
		s.model.Remove()
	})
}

// Free leaves a datastore so many bytes, as if others had taken the rest.
func (s *Server) Free(ref types.ManagedObjectReference, bytes int64) {
	ds := s.model.Map().Get(ref).(*simulator.Datastore)
	s.model.Service.Context.WithLock(ds, func() { ds.Summary.FreeSpace = bytes })
}

// emptyModel has no inventory of the simulator's own.
func emptyModel() *simulator.Model {
	model := simulator.VPX()
	model.Datacenter, model.Cluster, model.Host, model.Datastore = 0, 0, 0, 0
	model.Machine, model.Portgroup = 0, 0
	model.ServiceContent.About.Version = Version
	model.ServiceContent.About.ApiVersion = Version
	return model
}

// init gives vCenter and hosts the licence that a city's have: the
// simulator's own is an evaluation, without DRS. It numbers no real key.
func init() {
	feature := func(key, name string) types.KeyAnyValue {
		return types.KeyAnyValue{Key: "feature", Value: types.KeyValue{Key: key, Value: name}}
	}
	simulator.EvalLicense = types.LicenseManagerLicenseInfo{
		LicenseKey: "SIMUL-ATED0-00000-00000-00000",
		EditionKey: "esx.enterprisePlus.cpuPackageCoreLimited",
		Name:       "VMware vSphere 8 Enterprise Plus",
		Properties: []types.KeyAnyValue{
			feature("das", "vSphere HA"), feature("drs", "vSphere DRS"), feature("dvs", "vSphere Distributed Switch"),
		},
	}
}

// home is the model's temporary folder, which the simulator tells by an option.
func home(model *simulator.Model) string {
	for _, setting := range model.Map().OptionManager().Setting {
		if option := setting.GetOptionValue(); option.Key == "vcsim.home" {
			return option.Value.(string)
		}
	}
	return ""
}

func record(o Options) io.Writer {
	if o.Record == nil {
		return io.Discard
	}
	return o.Record
}

func principals(o Options) []gaps.Principal {
	known := []gaps.Principal{{Name: o.User}}
	if o.Guarded.User != "" {
		known = append(known, gaps.Principal{Name: o.Guarded.User})
	}
	for _, p := range o.Inventory.Principals {
		known = append(known, gaps.Principal{Name: p.Name, Group: p.Group})
	}
	if o.Saved != nil {
		for _, p := range o.Saved.Permissions() {
			known = append(known, gaps.Principal{Name: p.Principal, Group: p.Group})
		}
	}
	return known
}

// listen starts the simulator's server, which panics where the address is taken.
func (s *Server) listen(o Options) (err error) {
	defer func() {
		if reason := recover(); reason != nil {
			err = fmt.Errorf("cannot listen on %s: %v", o.Listen, reason)
		}
	}()
	service := s.model.Service
	service.Listen = &url.URL{Host: o.Listen, User: url.UserPassword(o.User, o.Password)}
	service.RegisterEndpoints = true
	s.server = service.NewServer()
	s.Address = s.server.Listener.Addr().String()
	service.Context.Map.SessionManager().ValidLogin = func(login *types.Login) bool { return o.accepts(login.UserName, login.Password) }
	storage := service.Context.For(pbm.Path).Map
	s.policies.Serve(storage, o.Inventory.StoragePolicies)
	storage.Handler = func(ctx *simulator.Context, call *simulator.Method) (mo.Reference, types.BaseMethodFault) {
		return nil, s.guard.Check(ctx, call)
	}
	overlay(service, s.guard, o)
	return nil
}

// CheckListen refuses what is not host:port of the loopback interface: the
// simulator guards nothing but its login.
func CheckListen(address string) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return fmt.Errorf("listen address %q: want host:port", address)
	}
	ip := net.ParseIP(host)
	if host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("listen address %q: only a loopback address is served", address)
	}
	return nil
}
