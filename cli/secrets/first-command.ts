import { InvalidArgumentError } from "commander";
import type { Command } from "commander";
import { SECRET_ID_SECONDS } from "../../access/secret-id";
import { cityCommand } from "../city-command";
import { EXIT } from "../../runtime/exit-code";
import { needsAttention, firstSecrets, secretsReport } from "./first-secrets";
import type { FirstOptions } from "./first-secrets";
import { runCommand } from "../run-command";

/** Less than a machine takes to boot is of no use; the longest is the lifetime of the secret id itself. */
const [SHORTEST_SECONDS, USUAL_SECONDS, LONGEST_SECONDS] = [60, 1800, SECRET_ID_SECONDS];

/** Sysprep takes some minutes; the login of CI ends after an hour. */
const [USUAL_MINUTES, LONGEST_MINUTES] = [20, 60];

const FIRST_HELP = `
Asks Vault for a secret id for each seat of the city that has a machine: single-use, short-lived and wrapped, and puts the
wrapping token into the machine's guestinfo through vCenter. Terraform sees none of it. Run it after every deployment: a seat
with an unopened secret, one that is joining and one that has joined are left alone. A machine gets none before vCenter
says that the customization of its guest succeeded: the command waits for those that are under way.

It tells every machine, in any state, whose SSH certificates it believes and, of a dedicated seat in a city with "access", who
holds it today and so may log in there: run it after each change of the assignments too.

--pool access-machines is for access machines that fetch certificates (access.machines.vaultService), with the vCenter login of the
gateways' stacks: what such a machine's guestinfo says, it runs. They renew by themselves, unless they were off for a week.

Reads VSPHERE_USER, VSPHERE_PASSWORD and VAULT_TOKEN, as the providers do; the servers are those of the city's file, or
VSPHERE_SERVER and VAULT_ADDR where they have other addresses. NODE_EXTRA_CA_CERTS names the file of your own authority.

Exit codes: 0 done, 1 a seat failed, is still being customized, or its secret was opened by another, 2 bad input, 130 ended by Ctrl-C.`;

/** `secrets first CITY`: issues the desktops' first secrets. */
export function firstCommand(): Command {
  const description = "Issue a first secret to each seat of a city whose machine needs one";
  return cityCommand("first", description, FIRST_HELP)
    .option("--pool <pool>", "only of this pool; repeatable", collect)
    .option("--again <seat>", "also to this seat, in any state; repeatable", collect)
    .option("--ttl <seconds>", "how long a machine has to log in with it, 60 to 3600", seconds, USUAL_SECONDS)
    .option("--wait <minutes>", "how long to wait for customizations under way, 0 to 60", minutes, USUAL_MINUTES)
    .action((city: string, options: FirstOptions) =>
      runCommand(async (signal) => {
        const outcomes = await firstSecrets(city, options, signal);
        for (const line of secretsReport(outcomes)) console.log(line);
        if (outcomes.some(needsAttention)) process.exitCode = EXIT.failure;
      }),
    );
}

function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

function minutes(text: string): number {
  const number = /^\d{1,2}$/.test(text) ? Number(text) : -1;
  if (number < 0 || number > LONGEST_MINUTES) {
    throw new InvalidArgumentError(`0 to ${String(LONGEST_MINUTES)} minutes are allowed.`);
  }
  return number;
}

function seconds(text: string): number {
  const number = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (number < SHORTEST_SECONDS || number > LONGEST_SECONDS) {
    throw new InvalidArgumentError(`${String(SHORTEST_SECONDS)} to ${String(LONGEST_SECONDS)} seconds are allowed.`);
  }
  return number;
}
