import { Argument } from "commander";
import type { Command } from "commander";
import { CI_ROLES } from "../../access/ci-environments";
import type { CiRole } from "../../access/ci-environments";
import { InputError, messageOf } from "../../runtime/errors";
import { cityCommand } from "../city-command";
import type { CityOptions } from "../city-command";
import { exitByCode } from "../exit-by-code";
import { namedFile } from "../named-city";
import { runProgram } from "../run-program";
import { withoutIdentity } from "./job-identity";
import { jobLogin } from "./job-login";

const WITH_LOGIN_HELP = `
Logs the CI job in to the city's Vault with its own identity, and runs the command with the token in VAULT_TOKEN. The token is in no
file, no argument and no output, and expires within the hour. GitLab gives the identity in VAULT_ID_TOKEN (id_tokens), GitHub on request
(id-token: write); the command does not get it. The server is the one of the city's file, or VAULT_ADDR.

  npm run -s pipeline -- with-login milan plan -- npm run -s preview -- milan

Exit codes: those of the command; 1 where it was not run, for any reason, since a command's own 2 often means changes.`;

/** `pipeline with-login CITY ROLE -- COMMAND`: runs a command with the login of the job's identity. */
export function withLoginCommand(): Command {
  const description = "run a command with the Vault login of this job's identity";
  return cityCommand("with-login", description, WITH_LOGIN_HELP)
    .addArgument(new Argument("<role>", "CI's role in Vault").choices(CI_ROLES))
    .argument("<command...>", "the command and its arguments, after --")
    .passThroughOptions()
    .action((id: string, role: CiRole, words: string[], { environments }: CityOptions) =>
      exitByCode(async (signal) => {
        // commander keeps the -- that ends options when it passes them through.
        const [command, ...args] = words[0] === "--" ? words.slice(1) : words;
        if (command === undefined) throw new InputError("there is no command after --");
        const { declared, placeOf } = namedFile(environments, id);
        const token = await jobLogin(declared, placeOf, role);
        const env = { VAULT_TOKEN: token, ...withoutIdentity() };
        // A Terraform that gets the signal twice aborts at once, and a provider that gets it stops in the middle of an
        // operation.
        const program = { command, args, env, cwd: process.cwd(), signal, asks: "itself" } as const;
        return runProgram(program).catch((error: unknown) => {
          throw new InputError(`${command} cannot be run: ${messageOf(error)}`);
        });
      }),
    );
}
