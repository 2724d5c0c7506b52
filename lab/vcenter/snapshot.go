package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"

	"github.com/vmware/govmomi/vapi/rest"

	"postazioni/lab/vcenter/internal/snapshot"
)

func printSnapshot(args []string, stdout, stderr io.Writer) error {
	set := flag.NewFlagSet("vcenter snapshot", flag.ContinueOnError)
	set.SetOutput(stderr)
	if err := parse(set, args); err != nil {
		return err
	}
	taken, err := take(context.Background())
	if err != nil {
		return err
	}
	out := json.NewEncoder(stdout)
	out.SetIndent("", "  ")
	out.SetEscapeHTML(false)
	return out.Encode(taken)
}

func take(ctx context.Context) (*snapshot.Snapshot, error) {
	client, target, err := logIn(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { _ = client.Logout(ctx) }()
	tagging := rest.NewClient(client.Client)
	if err := tagging.Login(ctx, target.User); err != nil {
		return nil, fmt.Errorf("cannot log in to the REST API of %s: %w", target.Host, err)
	}
	defer func() { _ = tagging.Logout(ctx) }()
	return snapshot.Take(ctx, client.Client, tagging)
}
