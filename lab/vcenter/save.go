package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"postazioni/lab/vcenter/internal/saved"
)

// save writes all that a vCenter holds into a folder.
func save(args []string, stdout, stderr io.Writer) error {
	set := flag.NewFlagSet("vcenter save", flag.ContinueOnError)
	folder, err := folderOf(set, args, stderr)
	if err != nil {
		return err
	}
	ctx := context.Background()
	client, _, err := logIn(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = client.Logout(ctx) }()
	count, err := saved.Save(ctx, client.Client, folder)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(stdout, "saved %d objects in %s\n", count, folder)
	return err
}

// check reads a saved inventory, and is silent where nothing is wrong with it.
func check(args []string, stderr io.Writer) error {
	set := flag.NewFlagSet("vcenter check", flag.ContinueOnError)
	login := set.String("login", "", "a `login` that must have a permission")
	folder, err := folderOf(set, args, stderr)
	if err != nil {
		return err
	}
	inv, err := saved.Read(folder)
	if err == nil && *login != "" {
		err = inv.CheckLogin(*login)
	}
	if err != nil {
		return usageError{err}
	}
	return nil
}

// folderOf takes the one folder out of the arguments, before or behind flags.
func folderOf(set *flag.FlagSet, args []string, stderr io.Writer) (string, error) {
	set.SetOutput(stderr)
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		args = slices.Concat(args[1:], []string{"--", args[0]})
	}
	if err := set.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return "", err
		}
		return "", usageError{err}
	}
	if set.NArg() != 1 {
		return "", usageError{errors.New("exactly one folder is needed")}
	}
	return set.Arg(0), nil
}
