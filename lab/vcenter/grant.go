package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/vim25/types"
)

// grant gives a login a role on everything, with just the named privileges.
func grant(args []string, stderr io.Writer) error {
	set := flag.NewFlagSet("vcenter grant", flag.ContinueOnError)
	set.SetOutput(stderr)
	role := set.String("role", "", "`name` of the role, which is made or changed")
	principal := set.String("principal", "", "the `login` that gets the role")
	if err := set.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return err
		}
		return usageError{err}
	}
	if *role == "" || *principal == "" {
		return usageError{errors.New("--role and --principal must both be given")}
	}
	ctx := context.Background()
	client, _, err := logIn(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = client.Logout(ctx) }()
	manager := object.NewAuthorizationManager(client.Client)
	id, err := setRole(ctx, manager, *role, append([]string{"System.View", "System.Read"}, set.Args()...))
	if err != nil {
		return fmt.Errorf("role %s: %w", *role, err)
	}
	permission := types.Permission{Principal: *principal, RoleId: id, Propagate: true}
	return manager.SetEntityPermissions(ctx, client.ServiceContent.RootFolder, []types.Permission{permission})
}

func setRole(ctx context.Context, manager *object.AuthorizationManager, name string, privileges []string) (int32, error) {
	roles, err := manager.RoleList(ctx)
	if err != nil {
		return 0, err
	}
	if known := roles.ByName(name); known != nil {
		return known.RoleId, manager.UpdateRole(ctx, known.RoleId, name, privileges)
	}
	return manager.AddRole(ctx, name, privileges)
}
