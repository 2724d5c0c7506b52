import type { Command } from "commander";
import { accessPointFiles } from "../../remote-desktop/access-points/access-points";
import type { AccessPointFiles } from "../../remote-desktop/access-points/access-points";
import { signedConnectionFile } from "../../remote-desktop/signed-connection-file";
import type { Sign } from "../../remote-desktop/signed-connection-file";
import { InputError } from "../../runtime/errors";
import { deployedCity } from "../named-city";
import { floatingPeople } from "./floating-people";
import { opensslSigner } from "./openssl-signer";
import { folderReport } from "./folder-report";

const ACCESS_POINTS_HELP = `
With "access.machines": a connection file (.rdp) for each holder of a dedicated seat, by staff number. It stays right when the seat
changes: who comes is in it, and the access machines know today's seat. It opens nothing by itself, the seat asks for the login.
Who uses floating seats gets one too: --people remoto=logins.txt, the logins of the directory's group, one a line; "remoto" is the
pool's name, or its accessName. They come into the folder "remoto".

With --sign and --key the files are signed, as rdpsign.exe does it: Microsoft's client then names who gave them. The certificate is one
for RDP signing, code signing or TLS servers that people's computers trust; one of the city's own authority in Vault does.

With "access.broker: guacamole": guacamole.sql, for PostgreSQL, run again after each change. horizon, citrix, rds: a CSV file a pool,
each seat with its holder, for a script with Import-Csv.

A folder's files of an earlier run that are no longer needed are removed, such as a leaver's.`;

interface AccessPointsOptions {
  readonly people: readonly string[];
  readonly sign?: string;
  readonly key?: string;
}

/** `report access-points` */
export function accessPointsCommand(): Command {
  return folderReport({
    name: "access-points",
    description: "write what people, or the city's own broker, are given to reach the seats",
    help: ACCESS_POINTS_HELP,
    files,
  })
    .option("--people <name=file>", "logins of who uses the floating seats of a name; repeatable", collect, [])
    .option("--sign <certificate>", "sign the connection files: the signer's certificate, a PEM file")
    .option("--key <file>", "its private key, a PEM file; needed by --sign");
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

function files(environments: string, id: string, options: AccessPointsOptions): AccessPointFiles {
  const city = deployedCity(environments, id);
  const { access } = city;
  if (access === undefined) {
    throw new InputError(`${id} does not say how people reach their seats: add access to its file`);
  }
  const sign = signer(options);
  if (access.broker !== undefined && (sign !== undefined || options.people.length > 0)) {
    throw new InputError(
      `${id} has ${access.broker}, which gives people their files: --people and --sign are for access machines`,
    );
  }
  const made = accessPointFiles(city, access, floatingPeople(city, options.people));
  if (sign === undefined) return made;
  return new Map([...made].map(([path, text]) => [path, signedConnectionFile(text, sign)]));
}

function signer({ sign, key }: AccessPointsOptions): Sign | undefined {
  if (sign !== undefined && key !== undefined) return opensslSigner(sign, key);
  if (sign === undefined && key === undefined) return undefined;
  throw new InputError("--sign names the certificate and --key its private key: both, or none");
}
