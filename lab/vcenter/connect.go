package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strconv"

	"github.com/vmware/govmomi"
	"github.com/vmware/govmomi/vim25/soap"
)

// logIn opens a session in the vCenter that the environment names; the address
// holds the login.
func logIn(ctx context.Context) (*govmomi.Client, *url.URL, error) {
	target, insecure, err := targetFromEnv()
	if err != nil {
		return nil, nil, err
	}
	client, err := govmomi.NewClient(ctx, target, insecure)
	if err != nil {
		return nil, nil, fmt.Errorf("cannot log in to %s: %w", target.Host, err)
	}
	return client, target, nil
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
