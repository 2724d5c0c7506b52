import type { DeployedCity } from "../../environments/model/city";
import { foundVault } from "../../vault/found-vault";
import { VaultClient, VaultError } from "../../vault/client";
import { NamedObjects, WANTED_OF_MACHINES, WANTED_OF_MANAGERS, WANTED_OF_OBJECTS } from "../../vcenter/named-objects";
import { Places } from "../../vcenter/places";
import { namedTags } from "../../vcenter/tags";
import type { NamedTags } from "../../vcenter/tags";
import type { VcenterClient, VcenterLogin } from "../../vcenter/vcenter-client";
import { askingVault } from "../vault-client";
import { inVcenter, vcenterUser } from "../vcenter-session";
import { pathInMount } from "./import-ids";
import type { PlannedValues, Standing } from "./import-ids";

/** A resource that a plan makes. */
export interface Wanted {
  readonly stack: string;
  readonly address: string;
  readonly type: string;
  readonly values: PlannedValues;
}

type InVcenter = Pick<Standing, "objects" | "tags">;
type InVault = Pick<Standing, "mounts" | "inMounts">;

const NO_TAGS: NamedTags = { categories: new Map(), tags: new Map() };
/** Vault's answer where an SSH mount has no key. */
const NO_KEY = 400;

/** What stands of the kinds that are wanted, at the servers that Terraform asks. @throws CommandError where one refuses */
export async function standing(city: DeployedCity, wanted: readonly Wanted[]): Promise<Standing> {
  return { ...(await inCitysVcenter(city, wanted)), ...(await inVault(city, wanted)) };
}

/** What is in a city's vCenter, as Terraform's login sees it. @param withMachines whether machines are read too @throws CommandError where vCenter refuses */
export function namedObjects(city: DeployedCity, withMachines: boolean): Promise<NamedObjects> {
  return inVcenter(city, loginOf(city), (client) => read(client, withMachines));
}

function loginOf(city: DeployedCity): VcenterLogin {
  return { server: city.platform.vsphere.server, ...vcenterUser(), connections: 1 };
}

function inCitysVcenter(city: DeployedCity, wanted: readonly Wanted[]): Promise<InVcenter> {
  const login = loginOf(city);
  const tags = wanted.filter(({ type }) => type.startsWith("vsphere_tag"));
  const categories = tags.flatMap(({ values: { category_id: id } }) => (typeof id === "string" ? [id] : []));
  return inVcenter(city, login, async (client) => ({
    objects: await read(client, wanted.some(isOfMachine)),
    tags: tags.length === 0 ? NO_TAGS : await namedTags(login, new Set(categories)),
  }));
}

/** A machine that is not there yet has nothing. */
function isOfMachine({ values }: Wanted): boolean {
  return typeof values.virtual_machine_id === "string";
}

async function read(client: VcenterClient, withMachines: boolean): Promise<NamedObjects> {
  const objects = await client.objects({ ...WANTED_OF_OBJECTS, ...(withMachines && WANTED_OF_MACHINES) });
  for (const [type, { manager, paths }] of Object.entries(WANTED_OF_MANAGERS)) {
    const id = await client.manager(manager);
    if (id !== undefined) objects.push(...(await client.properties(type, [id], paths)));
  }
  return new NamedObjects(objects, new Places(objects));
}

async function inVault(city: DeployedCity, wanted: readonly Wanted[]): Promise<InVault> {
  const { vault } = city.platform;
  const { VAULT_TOKEN: token } = process.env;
  const inMounts = new Set<string>();
  if (vault === undefined || !wanted.some(({ type }) => type.startsWith("vault_"))) return { mounts: {}, inMounts };
  const client = new VaultClient(vault.address, token, vault.namespace);
  const { mounts = {} } = await foundVault(client);
  for (const { type, values } of wanted) {
    const path = pathInMount(type, values);
    if (path !== undefined && mounts[mountOf(path)] !== undefined && (await stands(city, client, path)))
      inMounts.add(path);
  }
  return { mounts, inMounts };
}

/** Of `auth/milan/approle/role/anagrafe` it is `auth/milan/approle`: what is asked for in a mount has two names below it. */
function mountOf(path: string): string {
  return path.split("/").slice(0, -2).join("/");
}

function stands(city: DeployedCity, client: VaultClient, path: string): Promise<boolean> {
  return askingVault(city, async () => {
    try {
      return (await client.get(path)) !== undefined;
    } catch (error) {
      if (error instanceof VaultError && error.status === NO_KEY) return false;
      throw error;
    }
  });
}
