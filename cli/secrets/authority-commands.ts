import { Command } from "commander";
import { count, escaped } from "../../environments/display";
import type { Installed } from "../../secrets/authority/authority";
import { cityCommand } from "../city-command";
import type { CityOptions } from "../city-command";
import { runCommand } from "../run-command";
import { cityOfVault } from "../login-hosts";
import { install, request, revoke } from "./authority";

const LOGIN = `
Reads VAULT_TOKEN, and VAULT_ADDR where Vault has another address than in the file. CI's role secrets is enough.

Exit codes: 0 done, 1 something failed, 2 bad input, and nothing was done.`;

const REQUEST_HELP = `
After the deployment of <city>-secrets: Vault creates a key that never leaves it, and a signing request, which holds no secret.
Have the root's owner sign it, and give the result to secrets authority install. Each request has a new key; the next install
removes keys that were requested and not installed. Until then the authority issues with its current certificate.
${LOGIN}`;

const INSTALL_HELP = `
FILE holds, in PEM, the signed certificate, then each issuer's up to the root whose fingerprint is secrets.authority.rootSha256.
All of it is checked before anything is written. An earlier certificate of the authority is kept: what it signed stays valid, and
has its revocation list. The command can be repeated.
${LOGIN}`;

const REVOKE_HELP = `
For a machine that was stolen or compromised. The revocation list has it at once; clients with a cached list see it within a day.
${LOGIN}`;

interface RequestOptions extends CityOptions {
  /** @default - standard output */
  readonly out?: string;
}

/** `secrets authority`: a city's certificate authority below its offline root. */
export function authorityCommand(): Command {
  return new Command("authority")
    .description("The city's certificate authority: request and install its certificate, revoke certificates")
    .addCommand(requestCommand())
    .addCommand(installCommand())
    .addCommand(revokeCommand());
}

/** `secrets authority request CITY` */
function requestCommand(): Command {
  return cityCommand("request", "Create the authority's key in Vault, and print its signing request", REQUEST_HELP)
    .option("--out <file>", "write the request to a new file")
    .action((id: string, { environments, out }: RequestOptions) =>
      runCommand(async (signal) => {
        const text = await request(cityOfVault(environments, id), out, signal);
        if (out === undefined) process.stdout.write(text);
        // On standard error, because the request on standard output may be piped.
        for (const line of nextSteps(id, out)) console.error(line);
      }),
    );
}

/** `secrets authority install CITY FILE` */
function installCommand(): Command {
  return cityCommand("install", "Check the signed certificate and its chain, and install it", INSTALL_HELP)
    .argument("<file>", "the certificate, and the chain up to its root")
    .action((id: string, file: string, { environments }: CityOptions) =>
      runCommand(async (signal) => {
        for (const line of installedLines(await install(cityOfVault(environments, id), file, signal)))
          console.log(line);
      }),
    );
}

/** `secrets authority revoke CITY SERIAL` */
function revokeCommand(): Command {
  return cityCommand("revoke", "Revoke a certificate", REVOKE_HELP)
    .argument("<serial>", "its serial number, in hexadecimal digits")
    .action((id: string, serial: string, { environments }: CityOptions) =>
      runCommand(async (signal) => {
        await revoke(cityOfVault(environments, id), serial, signal);
        console.log("certificate: revoked");
      }),
    );
}

function nextSteps(id: string, out: string | undefined): string[] {
  return [
    ...(out === undefined ? [] : [`${out}: the request; nothing in it is secret`]),
    "next: have it signed by the root, as docs/guides/secrets.md has it,",
    `then: npm run secrets -- authority install ${id} FILE`,
  ];
}

function installedLines({ result, subject, until, removedKeys }: Installed): string[] {
  return [
    `authority: ${result}, ${escaped(subject)}, until ${until.toISOString()}`,
    ...(removedKeys === 0 ? [] : [`${count(removedKeys, "key")} without a certificate: removed`]),
  ];
}
