// Parses an atlantis.yaml with Atlantis's own parser, under a server's own configuration: check-atlantis FOLDER repos.yaml.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/runatlantis/atlantis/server/core/config"
	"github.com/runatlantis/atlantis/server/core/config/valid"
	"github.com/runatlantis/atlantis/server/logging"
)

// The repository and the branch that the server's configuration is asked about.
const repository, branch = "github.com/comune/postazioni", "main"

type project struct {
	Name      string   `json:"name"`
	Workspace string   `json:"workspace"`
	Group     int      `json:"group"`
	DependsOn []string `json:"dependsOn"`
	Workflow  string   `json:"workflow"`
	Apply     []string `json:"apply"`
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: check-atlantis FOLDER SERVER_FILE")
		os.Exit(2)
	}
	projects, err := check(os.Args[1], os.Args[2])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if err := json.NewEncoder(os.Stdout).Encode(projects); err != nil {
		os.Exit(1)
	}
}

func check(folder, serverFile string) ([]project, error) {
	parser := config.ParserValidator{}
	server, err := parser.ParseGlobalCfg(serverFile, valid.NewGlobalCfgFromArgs(valid.GlobalCfgArgs{}))
	if err != nil {
		return nil, err
	}
	repo, err := parser.ParseRepoCfg(folder, server, repository, branch)
	if err != nil {
		return nil, err
	}
	log, err := logging.NewStructuredLoggerFromLevel(logging.Error)
	if err != nil {
		return nil, err
	}
	projects := make([]project, 0, len(repo.Projects))
	for _, one := range repo.Projects {
		merged := server.MergeProjectCfg(log, repository, one, repo)
		projects = append(projects, project{
			Name: one.GetName(), Workspace: one.Workspace, Group: one.ExecutionOrderGroup, DependsOn: one.DependsOn,
			Workflow: merged.Workflow.Name, Apply: merged.ApplyRequirements,
		})
	}
	return projects, nil
}
