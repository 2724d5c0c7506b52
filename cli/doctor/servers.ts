import { connect } from "node:net";
import type { DeployedFile } from "../../environments/deployed";
import type { City } from "../../environments/model/city";
import { InputError, messageOf } from "../../runtime/errors";
import { foundVault } from "../../vault/found-vault";
import { fileToLogIn, loginHosts } from "../login-hosts";
import { namedVault, namedVcenter } from "../named-servers";
import { vaultClient } from "../vault-client";
import { inVcenter, vcenterUser } from "../vcenter-session";
import { note, right, wrong } from "./finding";
import type { Finding } from "./finding";

const PATIENCE_MS = 5000;
const HTTPS = 443;

/**
 * Whether a city's vCenter and Vault answer and take the logins that are set, and the state's server answers.
 * @throws InputError where the variables name a server to which no login may be sent
 */
export async function serverFindings(environments: string, id: string): Promise<Finding[]> {
  const { deployed } = allowed(environments, id);
  return [
    await attempt(`${id}: vCenter`, () => vcenter(deployed)),
    ...(deployed.platform.vault === undefined ? [] : [await attempt(`${id}: Vault`, () => vault(deployed))]),
    ...(await stateServer(deployed)),
  ];
}

function allowed(environments: string, id: string): DeployedFile {
  return fileToLogIn(environments, id, { vsphere: namedVcenter(), vault: namedVault(), state: undefined });
}

async function vcenter(city: City): Promise<Finding> {
  const server = namedVcenter() ?? city.platform.vsphere.server;
  const login = { server, ...vcenterUser(), connections: 1 };
  return inVcenter(city, login, () => Promise.resolve(right(`${city.city.id}: vCenter ${server} takes the login`)));
}

async function vault(city: City): Promise<Finding> {
  const { VAULT_TOKEN: token = "" } = process.env;
  const client = vaultClient(city, token === "" ? undefined : token);
  const { address, failure, sealed, version } = await foundVault(client);
  const name = `${city.city.id}: Vault ${address}`;
  if (failure !== undefined) return wrong(`${name}: ${failure}`, "'npm run preflight' asks more");
  if (sealed) return wrong(`${name} is sealed`, "have it unsealed");
  if (token === "") return note(`${name} ${version} answers; VAULT_TOKEN is not set`, "log in, and set it");
  await client.get("auth/token/lookup-self");
  return right(`${name} ${version} takes the token`);
}

/** The server is asked for a connection only: what it stores is Terraform's to read. */
async function stateServer(city: City): Promise<Finding[]> {
  const [found] = loginHosts(city, { state: undefined });
  if (found === undefined) return [];
  const { hostname, port } = new URL(`https://${found.host}`);
  const name = `${city.city.id}: the states' server ${found.host}`;
  const failure = await refusal(hostname, Number(port === "" ? HTTPS : port));
  return [
    failure === undefined ? right(`${name} answers`) : wrong(`${name}: ${failure}`, "check the network and the file"),
  ];
}

function refusal(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: PATIENCE_MS });
    const end = (failure?: string): void => {
      socket.destroy();
      resolve(failure);
    };
    socket.once("connect", () => {
      end();
    });
    socket.once("timeout", () => {
      end(`no answer within ${String(PATIENCE_MS / 1000)} s`);
    });
    socket.once("error", (error) => {
      end(error.message);
    });
  });
}

/** A server that fails is a finding, beside the others. */
async function attempt(name: string, ask: () => Promise<Finding>): Promise<Finding> {
  try {
    return await ask();
  } catch (error) {
    const repair = error instanceof InputError ? "set them" : "'npm run preflight' asks more";
    const text = messageOf(error);
    return wrong(text.includes(name) ? text : `${name}: ${text}`, repair);
  }
}
