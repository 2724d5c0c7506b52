import { resolve } from "node:path";
import { Option } from "commander";
import type { Command } from "commander";
import { LOGINS } from "../access/vsphere/privilege";
import type { Login } from "../access/vsphere/privilege";
import type { DeployedFile } from "../environments/deployed";
import { EXIT } from "../runtime/exit-code";
import { preflight } from "../preflight/preflight";
import type { Found } from "../preflight/preflight";
import { foundVault } from "../vault/found-vault";
import { vaultClient } from "./vault-client";
import { InputError } from "../runtime/errors";
import { namedMachines } from "../preflight/machines";
import { directoryQuestions } from "../preflight/directory";
import { foundDirectory } from "../directory/found-directory";
import { foundPrivileges } from "../preflight/privileges";
import { preflightText } from "../preflight/text";
import { inventoryOf } from "../vcenter/inventory";
import { licencesOf } from "../vcenter/licences";
import { liveObjects } from "../vcenter/live-inventory";
import { savedInventory } from "../vcenter/saved-inventory";
import { cityCommand } from "./city-command";
import type { CityOptions } from "./city-command";
import { fileToLogIn } from "./login-hosts";
import { deployedFile } from "./named-city";
import { namedVault, namedVcenter } from "./named-servers";
import { directoryLogin } from "./directory-login";
import { cliProgress } from "./progress";
import { give, json, requireFiles } from "./report-files";
import { formatOption } from "./report/report-options";
import { runCommand } from "./run-command";
import { inVcenter, vcenterUser } from "./vcenter-session";

const FORMATS = ["markdown", "json"] as const;

const PREFLIGHT_HELP = `
Holds the city's file against its vCenter, Vault and directory before anything is deployed, and tells everything at once that is
not as the file presupposes. It changes nothing. It looks at:

  vCenter    names of the datacenter, clusters, hosts, datastores, templates and machines to adopt; sizes of hosts and datastores;
             adapters and switches in use; VLANs and private VLANs of an existing switch; firmware, guest, disk and TPM of templates
             and machines; machines that have a seat's name already; DRS, releases of vCenter and ESXi, licences; with --login
             whether the login has, on each object that the file names, what "report privileges" lists
  Vault      whether it answers, is unsealed and recent enough; with VAULT_TOKEN audit log, and nothing of others at the city's paths
  directory  whether it answers and keeps the file's base DNs; with a login every account and group that the file names, and in
             Active Directory what the accounts that join may do in their pools' organizational units,
             and who may read local administrators' passwords

The vCenter is the one of VSPHERE_SERVER, or else of the file; its login is in VSPHERE_USER and VSPHERE_PASSWORD and only has to
read. Vault's is in VAULT_TOKEN, the directory's in LDAP_BIND_DN and LDAP_BIND_PASSWORD; neither is needed, and both only read. With
--saved no server is asked: the folder is what 'govc object.save -d' wrote.

JSON: city, source, result: passed or failed, findings: [{weight: wrong or question; file, line, column; at: the path in the
file; message; expected; repair}], notLookedAt: [texts].

Exit codes: 0 nothing is wrong, questions or not, 1 something is wrong, or the vCenter cannot be asked, 2 bad input.`;

interface PreflightOptions extends CityOptions {
  readonly saved?: string;
  readonly format: (typeof FORMATS)[number];
  readonly out?: string;
  readonly login?: readonly Login[];
}

/** `preflight CITY`: holds a city's file against its vCenter. */
export function preflightCommand(): Command {
  return cityCommand("preflight", "hold a city's file against its vCenter, before anything is deployed", PREFLIGHT_HELP)
    .option("--saved <dir>", "a folder that 'govc object.save -d' wrote, in place of the vCenter")
    .addOption(
      new Option("--login <login...>", "what VSPHERE_USER deploys: its privileges are checked").choices(LOGINS),
    )
    .addOption(formatOption(FORMATS))
    .option("--out <file>", "write it to this file instead of standard output")
    .action((id: string, options: PreflightOptions) =>
      runCommand(async () => {
        requireFiles({ "--out": options.out });
        const { file, ...found } = await held(id, options);
        const report = preflight(file, found);
        give(options.format === "json" ? json(report) : preflightText(report), options.out);
        if (report.result === "failed") process.exitCode = EXIT.failure;
      }),
    );
}

interface Held extends Found {
  readonly file: DeployedFile;
}

async function held(id: string, options: PreflightOptions): Promise<Held> {
  const { environments, saved, login: logins = [] } = options;
  if (saved !== undefined) {
    if (logins.length > 0) throw new InputError("--login: a saved inventory has no session to ask; leave out --saved");
    const file = deployedFile(environments, id);
    return { file, inventory: savedInventory(resolve(saved)), source: saved };
  }
  const named = namedVcenter();
  const bound = directoryLogin();
  const asked = { vsphere: named, vault: namedVault(), ...(bound && { directory: undefined }) };
  const file = fileToLogIn(environments, id, asked);
  const { deployed: city } = file;
  const source = named ?? city.platform.vsphere.server;
  const login = { server: source, ...vcenterUser(), connections: 1 };
  const seen = await cliProgress().step(`Read the inventory of ${source}`, () =>
    inVcenter(city, login, async (client) => {
      const objects = await liveObjects(client, namedMachines(city));
      const privileges = await foundPrivileges(client, { city, logins }, objects);
      const licences = { now: new Date(), licences: licencesOf(await client.assignedLicences(), objects) };
      return { inventory: inventoryOf(objects), privileges, licences };
    }),
  );
  const { VAULT_TOKEN: token = "" } = process.env;
  const client = city.platform.vault && vaultClient(city, token === "" ? undefined : token);
  const vault = client && (await foundVault(client));
  const { directory: people } = city.secrets;
  const directory = people && (await foundDirectory(people, directoryQuestions(city), bound));
  return { file, ...seen, source, vault, directory };
}
