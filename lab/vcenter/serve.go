package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"syscall"
	"time"

	"postazioni/lab/vcenter/internal/inventory"
	"postazioni/lab/vcenter/internal/saved"
	"postazioni/lab/vcenter/internal/server"
)

type serveFlags struct {
	listen    string
	inventory string
	saved     string
	without   string
	lifeline  bool
	cloneTime time.Duration
	verbose   bool
}

func serve(args []string, stdin io.Reader, stdout, stderr io.Writer) error {
	flags, err := parseServe(args, stderr)
	if err != nil {
		return err
	}
	options, err := serveOptions(flags)
	if err != nil {
		return err
	}
	options.Record = stderr
	quiet(flags.verbose, stderr)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if flags.lifeline {
		ctx = untilClosed(ctx, stdin)
	}
	running, err := server.Start(ctx, options)
	if err != nil {
		return err
	}
	defer running.Stop()
	if err := json.NewEncoder(stdout).Encode(map[string]string{"address": running.Address, "certificate": running.Certificate}); err != nil {
		return err
	}
	<-ctx.Done()
	return nil
}

func parseServe(args []string, stderr io.Writer) (f serveFlags, err error) {
	set := flag.NewFlagSet("vcenter serve", flag.ContinueOnError)
	set.SetOutput(stderr)
	set.StringVar(&f.listen, "listen", "127.0.0.1:0", "loopback `address` to serve on; port 0 takes a free one")
	set.StringVar(&f.inventory, "inventory", "", "JSON `file` that says what the vCenter holds")
	set.StringVar(&f.saved, "saved", "", "`folder` that \"govc object.save\" wrote: what the vCenter holds instead")
	set.StringVar(&f.without, "without", "", "JSON `file` of names: what an earlier deployment made is taken off the saved folder")
	set.BoolVar(&f.lifeline, "lifeline", false, "stop when standard input closes, so as never to outlive the parent")
	set.DurationVar(&f.cloneTime, "clone-time", 0, "how long each clone takes, such as 2s, side by side with others")
	set.BoolVar(&f.verbose, "verbose", false, "show the simulator's own log on standard error")
	if err := parse(set, args); err != nil {
		return f, err
	}
	if f.inventory == "" {
		return f, usageError{errors.New("--inventory is missing")}
	}
	return f, nil
}

// parse also refuses arguments that no flag stands for.
func parse(set *flag.FlagSet, args []string) error {
	if err := set.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return err
		}
		return usageError{err}
	}
	if set.NArg() > 0 {
		return usageError{fmt.Errorf("unexpected argument %q", set.Arg(0))}
	}
	return nil
}

func serveOptions(f serveFlags) (server.Options, error) {
	o := server.Options{CloneTime: f.cloneTime, Listen: f.listen, User: os.Getenv("VCENTER_USER"), Password: os.Getenv("VCENTER_PASSWORD")}
	if o.User == "" || o.Password == "" {
		return o, usageError{errors.New("VCENTER_USER and VCENTER_PASSWORD must both be set in the environment")}
	}
	o.Guarded = server.Login{User: os.Getenv("VCENTER_GUARDED_USER"), Password: os.Getenv("VCENTER_GUARDED_PASSWORD")}
	if (o.Guarded.User == "") != (o.Guarded.Password == "") || o.Guarded.User == o.User {
		return o, usageError{errors.New("VCENTER_GUARDED_USER and VCENTER_GUARDED_PASSWORD must be set together, to another login")}
	}
	if err := server.CheckListen(o.Listen); err != nil {
		return o, usageError{err}
	}
	var err error
	if o.Inventory, err = inventory.Load(f.inventory); err != nil {
		return o, usageError{err}
	}
	if f.saved != "" {
		if o.Saved, err = saved.Read(f.saved); err != nil {
			return o, usageError{err}
		}
	}
	if f.without != "" {
		if o.Saved == nil {
			return o, usageError{errors.New("--without takes names off a --saved folder, and none is named")}
		}
		deployed, err := saved.ReadDeployed(f.without)
		if err != nil {
			return o, usageError{fmt.Errorf("--without: %w", err)}
		}
		o.Saved.Without(deployed)
	}
	return o, nil
}

// quiet drops the simulator's log, which tells of every unknown object as if
// it were trouble.
func quiet(verbose bool, stderr io.Writer) {
	if verbose {
		log.SetOutput(stderr)
	} else {
		log.SetOutput(io.Discard)
	}
}

// untilClosed is done when the input ends: a pipe held by the parent closes
// with it, however the parent ends.
func untilClosed(ctx context.Context, stdin io.Reader) context.Context {
	ctx, cancel := context.WithCancel(ctx)
	go func() {
		_, _ = io.Copy(io.Discard, stdin)
		cancel()
	}()
	return ctx
}
