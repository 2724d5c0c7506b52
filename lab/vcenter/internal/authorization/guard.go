// Package authorization holds a second login, and members of groups, to what
// they are permitted: as in a vCenter, by roles that permissions give them on
// objects and on all below them. The login that the server is started with may
// do all.
//
// What a call needs is said in methods.go, machine.go and rest.go. A call that
// none of them knows is refused, so that nothing passes unseen.
package authorization

import (
	"cmp"
	"io"
	"log"
	"slices"
	"strings"
	"sync"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"
)

// Need is a privilege that has to be held on an object.
type Need struct {
	Privilege string
	On        types.ManagedObjectReference
}

// Guard asks for every call of the guarded logins whether it is permitted.
type Guard struct {
	user   string
	groups []string
	log    *log.Logger
	// told are the uses of privileges that the log has: session, call, privilege.
	told sync.Map
}

// New guards one login, and a member of each of some groups, who logs in by the
// group's name. It writes a line on every refusal: a client does not
// always show which privilege was missing. What a call was permitted by is
// written too, once a session, so that nobody has to take a privilege away to
// learn what it is for.
func New(user string, groups []string, record io.Writer) *Guard {
	return &Guard{user: user, groups: groups, log: log.New(record, "vcenter: ", 0)}
}

// Check is the fault of a call that is not permitted, and nil of any other.
// Calls without a session are the simulator's own affair.
func (g *Guard) Check(ctx *simulator.Context, call *simulator.Method) types.BaseMethodFault {
	if !g.guards(ctx) {
		return nil
	}
	needs := needsOf(main(ctx).Map, call)
	missing := g.missing(main(ctx), ctx.Session.UserName, needs)
	if len(missing) == 0 {
		g.permitted(ctx.Session.Key, ctx.Session.UserName, needs, call.Name)
		return nil
	}
	g.report(ctx.Session.UserName, missing[0], call.Name)
	return fault(missing)
}

// Permits tells whether the calling session holds a privilege on an object.
func (g *Guard) Permits(ctx *simulator.Context, privilege string, on types.ManagedObjectReference) bool {
	return !g.guards(ctx) || permitted(main(ctx), g.principal(ctx.Session.UserName), Need{privilege, on})
}

func (g *Guard) guards(ctx *simulator.Context) bool {
	return ctx.Session != nil && g.holds(ctx.Session.UserName)
}

// holds tells whether a login is guarded.
func (g *Guard) holds(user string) bool {
	return g.user != "" && user != "" && (user == g.user || g.principal(user).group)
}

// principal is whom a login's permissions name: itself, or the group whose
// member it is.
func (g *Guard) principal(user string) principal {
	return principal{user, slices.ContainsFunc(g.groups, func(group string) bool { return strings.EqualFold(group, user) })}
}

func (g *Guard) report(user string, need Need, what string) {
	g.log.Printf("refused to %s: %s needs %s on %s", user, what, need.Privilege, need.On.Value)
}

func (g *Guard) permitted(session, user string, needs []Need, what string) {
	for _, need := range needs {
		if _, known := g.told.LoadOrStore([3]string{session, what, need.Privilege}, true); !known {
			g.log.Printf("permitted to %s: %s by %s on %s", user, what, need.Privilege, need.On.Value)
		}
	}
}

// missing are the needs that the login's permissions do not cover.
func (g *Guard) missing(ctx *simulator.Context, user string, needs []Need) []Need {
	var lacking []Need
	for _, need := range needs {
		if !permitted(ctx, g.principal(user), need) {
			lacking = append(lacking, need)
		}
	}
	return lacking
}

// fault is vCenter's own: the first privilege by itself, all of them by object.
func fault(missing []Need) types.BaseMethodFault {
	first := missing[0]
	no := &types.NoPermission{Object: &first.On, PrivilegeId: first.Privilege}
	for _, need := range missing {
		no.MissingPrivileges = append(no.MissingPrivileges, types.NoPermissionEntityPrivileges{
			Entity: need.On, PrivilegeIds: []string{need.Privilege},
		})
	}
	return no
}

// main is the context of vCenter's own inventory: a session of the registry of
// storage policies knows which that is.
func main(ctx *simulator.Context) *simulator.Context {
	other := *ctx
	other.Map = cmp.Or(ctx.Session.Map, ctx.Map)
	return &other
}
