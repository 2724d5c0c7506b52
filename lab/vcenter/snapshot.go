package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/url"
	"os"
	"strconv"

	"github.com/vmware/govmomi"
	"github.com/vmware/govmomi/vapi/rest"
	"github.com/vmware/govmomi/vim25/soap"

	"postazioni/lab/vcenter/internal/snapshot"
)

func printSnapshot(args []string, stdout, stderr io.Writer) error {
	set := flag.NewFlagSet("vcenter snapshot", flag.ContinueOnError)
	set.SetOutput(stderr)
	if err := parse(set, args); err != nil {
		return err
	}
	target, insecure, err := targetFromEnv()
	if err != nil {
		return err
	}
	taken, err := take(context.Background(), target, insecure)
	if err != nil {
		return err
	}
	out := json.NewEncoder(stdout)
	out.SetIndent("", "  ")
	out.SetEscapeHTML(false)
	return out.Encode(taken)
}

func take(ctx context.Context, target *url.URL, insecure bool) (*snapshot.Snapshot, error) {
	client, err := govmomi.NewClient(ctx, target, insecure)
	if err != nil {
		return nil, fmt.Errorf("cannot log in to %s: %w", target.Host, err)
	}
	defer func() { _ = client.Logout(ctx) }()
	tagging := rest.NewClient(client.Client)
	if err := tagging.Login(ctx, target.User); err != nil {
		return nil, fmt.Errorf("cannot log in to the REST API of %s: %w", target.Host, err)
	}
	defer func() { _ = tagging.Logout(ctx) }()
	return snapshot.Take(ctx, client.Client, tagging)
}

// targetFromEnv reads the variables that the govc command line has made usual.
func targetFromEnv() (*url.URL, bool, error) {
	target, err := soap.ParseURL(os.Getenv("GOVC_URL"))
	if err != nil || target == nil {
		return nil, false, usageError{errors.New("GOVC_URL must name a vCenter, as host:port or as a URL")}
	}
	user, password := os.Getenv("GOVC_USERNAME"), os.Getenv("GOVC_PASSWORD")
	if user != "" {
		target.User = url.UserPassword(user, password)
	}
	if target.User == nil || target.User.Username() == "" {
		return nil, false, usageError{errors.New("GOVC_USERNAME and GOVC_PASSWORD must be set")}
	}
	given := os.Getenv("GOVC_INSECURE")
	insecure, err := strconv.ParseBool(given)
	if given != "" && err != nil {
		return nil, false, usageError{fmt.Errorf("GOVC_INSECURE: %q is neither true nor false", given)}
	}
	return target, insecure, nil
}
