import { relative } from "node:path";
import type { DeployedFile } from "../environments/deployed";
import type { City, DeployedCity } from "../environments/model/city";
import type { State } from "../environments/model/state";
import { formatViolation } from "../environments/violation";
import type { PlaceOf } from "../environments/violation";
import { InputError } from "../runtime/errors";
import { isLoopback } from "../runtime/guarded-fetch";
import { deployedFile } from "./named-city";
import { namedVault } from "./named-servers";
import { declaredVault } from "./vault-client";

/**
 * The variable that lists the servers to which logins may be sent, such as `vcenter.example,vault.example:8200`; CI
 * gets it from a protected variable.
 */
export const LOGIN_HOSTS = "POSTAZIONI_LOGIN_HOSTS";

/** A server that a command sends a login to, and the key of the file that names it. */
export interface LoginHost {
  readonly path: readonly string[];
  /** Host, with a port where the file gives one. */
  readonly host: string;
}

/**
 * The servers that a command connects to, each with the address that replaces the file's; undefined for the file's own.
 */
export interface Asked {
  readonly vsphere?: string | undefined;
  readonly vault?: string | undefined;
  readonly state?: undefined;
  readonly directory?: undefined;
}

/** All three at the file's addresses: Terraform uses no others. */
const BY_TERRAFORM: Asked = { vsphere: undefined, vault: undefined, state: undefined };
/** Values of the variable CI that mean "not in CI". */
const NO_CI = ["", "0", "false"];

/**
 * The checked file of a city and what is deployed of it, for a command that sends logins to the servers that the file
 * names.
 * @param asked the servers that get a login. @default - all three, as with Terraform
 * @throws InputError where POSTAZIONI_LOGIN_HOSTS does not list one of them, or is not set in CI
 */
export function fileToLogIn(environments: string, id: string, asked: Asked = BY_TERRAFORM): DeployedFile {
  const file = deployedFile(environments, id);
  requireLoginHosts(file.deployed, file.placeOf, asked);
  return file;
}

/**
 * The deployed city, for a command that connects to Vault alone: at VAULT_ADDR, or else at the file's address.
 * @throws InputError for a city without a Vault
 */
export function cityOfVault(environments: string, id: string): DeployedCity {
  const { deployed } = fileToLogIn(environments, id, { vault: namedVault() });
  declaredVault(deployed);
  return deployed;
}

/** @throws InputError as `fileToLogIn` does */
export function requireLoginHosts(city: City, placeOf: PlaceOf, asked: Asked = BY_TERRAFORM): void {
  const unnamed = unnamedHosts(city, asked, process.env);
  if (unnamed.length === 0) return;
  const lines = unnamed.map(({ path, host }) => {
    const { file, ...place } = placeOf(path);
    return formatViolation({
      ...{ file: relative(process.cwd(), file), ...place, path: path.join("."), rule: "login-hosts" },
      message: `no login is sent to ${host}: ${LOGIN_HOSTS} does not name it`,
      allowed: process.env[LOGIN_HOSTS] ?? "nothing, as it is not set",
      repair: `where it is right, add it to the protected variable ${LOGIN_HOSTS}, such as vcenter.example,vault.example:8200`,
    });
  });
  throw new InputError(lines.join("\n"));
}

/**
 * The servers of a city to which no login may be sent. Outside CI, and where the variable is not set, the user who
 * types a command is responsible for where the login goes.
 */
export function unnamedHosts(city: City, asked: Asked, variables: NodeJS.ProcessEnv): LoginHost[] {
  const named = variables[LOGIN_HOSTS];
  if (named === undefined && NO_CI.includes(variables.CI ?? "")) return [];
  const hosts = hostsIn(named ?? "");
  return loginHosts(city, asked).filter(({ host }) => !isLoopback(alone(host)) && !isNamed(host, hosts));
}

/**
 * Whether POSTAZIONI_LOGIN_HOSTS lists every server of a city, loopback included: a change could redirect a login there
 * unseen.
 */
export function areNamed(city: City, variables: NodeJS.ProcessEnv): boolean {
  const hosts = hostsIn(variables[LOGIN_HOSTS] ?? "");
  return loginHosts(city, BY_TERRAFORM).every(({ host }) => isNamed(host, hosts));
}

function hostsIn(list: string): string[] {
  return list
    .toLowerCase()
    .split(/[,\s]+/)
    .filter((host) => host !== "");
}

/** Whether a list contains a host: with this port, or without a port, which allows any. */
export function isNamed(host: string, hosts: readonly string[]): boolean {
  return hosts.includes(host) || hosts.includes(alone(host)) || (host === alone(host) && hosts.includes(`${host}:443`));
}

function alone(host: string): string {
  return host.replace(/:\d+$/, "");
}

/** The servers of a city that a command connects to. */
export function loginHosts({ platform, secrets }: City, asked: Asked): LoginHost[] {
  const { vsphere = platform.vsphere.server, vault = platform.vault?.address } = asked;
  const hosts: readonly (readonly [keyof Asked, LoginHost | undefined])[] = [
    ["vsphere", { path: ["platform", "vsphere", "server"], host: vsphere }],
    ["vault", vaultHost(platform.vault && vault)],
    ["state", stateHost(platform.state)],
    ["directory", directoryHost(secrets.directory)],
  ];
  return hosts.flatMap(([name, host]) => (name in asked && host !== undefined ? [host] : []));
}

/** None of a city without a Vault, whatever VAULT_ADDR says. */
function vaultHost(url: string | undefined): LoginHost | undefined {
  return url === undefined ? undefined : { path: ["platform", "vault", "address"], host: hostOf(url) };
}

function directoryHost(directory: City["secrets"]["directory"]): LoginHost | undefined {
  return directory && { path: ["secrets", "directory", "url"], host: hostOf(directory.url) };
}

function stateHost(state: State): LoginHost | undefined {
  const at = (key: string, host: string): LoginHost => ({ path: ["platform", "state", key], host });
  switch (state.backend) {
    case "local":
      return undefined;
    case "pg":
      return at("server", `${state.server}:${String(state.port)}`);
    case "s3":
      return state.endpoint === undefined
        ? at("region", `s3.${state.region}.amazonaws.com`)
        : at("endpoint", hostOf(state.endpoint));
    case "http":
      return at("address", hostOf(state.address));
    case "consul":
      return at("address", state.address);
  }
}

function hostOf(url: string): string {
  return new URL(url).host;
}
