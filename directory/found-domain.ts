import { AndFilter, BerWriter, Control, EqualityFilter, NoSuchObjectError } from "ldapts";
import type { Client, Entry, Filter } from "ldapts";
import { accessEntries, guidText, sidText } from "./access-entries";
import type { AccessEntry } from "./access-entries";

/** What is asked of a domain of Active Directory. */
export interface DomainQuestions {
  /** Its base DN. */
  readonly base: string;
  /** Distinguished names of organizational units. */
  readonly units: readonly string[];
  /** Distinguished names of accounts. */
  readonly accounts: readonly string[];
  /** Groups, by their `sAMAccountName`. */
  readonly groups: readonly string[];
  /** Attributes of its schema, by their LDAP display names. */
  readonly attributes: readonly string[];
}

/** What a login sees of a domain. What it does not see is in none of the maps. */
export interface FoundDomain {
  /** How many computers an account without rights may join (`ms-DS-MachineAccountQuota`). @default - not seen */
  readonly quota?: number | undefined;
  /** Its functional level (`msDS-Behavior-Version`): 7 is that of Windows Server 2016. @default - not seen */
  readonly level?: number | undefined;
  /** Where computers are that join without a unit. @default - not seen */
  readonly computers?: string | undefined;
  /** Who may do what, by the distinguished names of units, and of the place for computers. */
  readonly places: ReadonlyMap<string, readonly AccessEntry[]>;
  /** Security identifiers of accounts and of all groups that each is in, by their distinguished names. */
  readonly accounts: ReadonlyMap<string, ReadonlySet<string>>;
  /** Security identifiers of groups, by their names. */
  readonly groups: ReadonlyMap<string, string>;
  /** GUIDs of attributes, each with that of the set that it belongs to, by their names. */
  readonly attributes: ReadonlyMap<string, readonly string[]>;
  /** Names by security identifiers, of the domain's own that are in an access control list. */
  readonly names: ReadonlyMap<string, string>;
}

/** MS-ADTS, 6.1.1.4 "Well-Known Objects": GUID_COMPUTERS_CONTAINER_W, which `redircmp` leads to another place. */
const COMPUTERS_PLACE = "AA312825768811D1ADED00C04FD8D5CD";
/** MS-DTYP, 2.4.2.4 "Well-Known SID Structures": everyone, and authenticated users; no list of groups has them. */
const EVERYBODY = ["S-1-1-0", "S-1-5-11"] as const;
const BINARY = ["nTSecurityDescriptor", "objectSid", "tokenGroups", "schemaIDGUID", "attributeSecurityGUID"];

/** MS-ADTS, 3.1.1.3.4.1.11 LDAP_SERVER_SD_FLAGS_OID: of a descriptor the access control list alone, which most may read. */
class AccessListOnly extends Control {
  public constructor() {
    super("1.2.840.113556.1.4.801", { critical: true });
  }

  protected override writeControl(writer: BerWriter): void {
    const value = new BerWriter();
    value.startSequence();
    value.writeInt(4);
    value.endSequence();
    writer.writeBuffer(value.buffer, 4);
  }
}

/** Reads what a session sees of a domain. @param client bound to it */
export async function foundDomain(client: Client, asked: DomainQuestions): Promise<FoundDomain> {
  const domain = await entry(client, asked.base, [
    "ms-DS-MachineAccountQuota",
    "msDS-Behavior-Version",
    "wellKnownObjects",
  ]);
  const computers = texts(domain?.wellKnownObjects)
    .find((one) => one.includes(COMPUTERS_PLACE))
    ?.replace(/^(?:[^:]*:){3}/, "");
  const places = await placesOf(client, [...asked.units, ...(computers === undefined ? [] : [computers])]);
  return {
    ...{ quota: numberOf(domain?.["ms-DS-MachineAccountQuota"]), level: numberOf(domain?.["msDS-Behavior-Version"]) },
    ...{ computers, places },
    accounts: await mapped(asked.accounts, (dn) => sidsOf(client, dn)),
    groups: await mapped(asked.groups, (name) => groupSid(client, asked.base, name)),
    attributes: await attributesOf(client, asked.attributes),
    names: await namesOf(client, asked.base, places),
  };
}

async function placesOf(client: Client, dns: readonly string[]): Promise<Map<string, AccessEntry[]>> {
  return mapped(dns, async (dn) => {
    const [descriptor] = buffers(
      (await entry(client, dn, ["nTSecurityDescriptor"], new AccessListOnly()))?.nTSecurityDescriptor,
    );
    return descriptor && accessEntries(descriptor);
  });
}

/** `tokenGroups` has nested groups and the primary one. @returns undefined where the login does not read it */
async function sidsOf(client: Client, dn: string): Promise<Set<string> | undefined> {
  const found = await entry(client, dn, ["objectSid", "tokenGroups"]);
  const groups = buffers(found?.tokenGroups);
  if (groups.length === 0) return undefined;
  return new Set([...buffers(found?.objectSid), ...groups].map(sidText).concat(EVERYBODY));
}

async function groupSid(client: Client, base: string, name: string): Promise<string | undefined> {
  const isGroup = new EqualityFilter({ attribute: "objectClass", value: "group" });
  const filter = new AndFilter({
    filters: [isGroup, new EqualityFilter({ attribute: "sAMAccountName", value: name })],
  });
  const [found] = await entries(client, base, filter, ["objectSid"]);
  return buffers(found?.objectSid).map(sidText)[0];
}

async function attributesOf(client: Client, names: readonly string[]): Promise<Map<string, string[]>> {
  if (names.length === 0) return new Map();
  const [schema = ""] = texts((await entry(client, "", ["schemaNamingContext"]))?.schemaNamingContext);
  return mapped(names, async (value) => {
    const filter = new EqualityFilter({ attribute: "lDAPDisplayName", value });
    const [found] = await entries(client, schema, filter, ["schemaIDGUID", "attributeSecurityGUID"]);
    return found && [...buffers(found.schemaIDGUID), ...buffers(found.attributeSecurityGUID)].map(guidText);
  });
}

/** Others than the domain's own have names that every Windows knows. */
async function namesOf(client: Client, base: string, places: Map<string, AccessEntry[]>): Promise<Map<string, string>> {
  const sids = new Set([...places.values()].flat().map(({ sid }) => sid));
  return mapped(
    [...sids].filter((sid) => sid.startsWith("S-1-5-21-")),
    async (value) => {
      const [found] = await entries(client, base, new EqualityFilter({ attribute: "objectSid", value }), [
        "sAMAccountName",
      ]);
      return texts(found?.sAMAccountName)[0];
    },
  );
}

async function mapped<T>(
  names: readonly string[],
  read: (name: string) => Promise<T | undefined>,
): Promise<Map<string, T>> {
  const found = new Map<string, T>();
  for (const name of new Set(names)) {
    const one = await read(name);
    if (one !== undefined) found.set(name, one);
  }
  return found;
}

async function entry(client: Client, dn: string, attributes: string[], control?: Control): Promise<Entry | undefined> {
  try {
    const options = { scope: "base", attributes, explicitBufferAttributes: BINARY } as const;
    return (await client.search(dn, options, control)).searchEntries[0];
  } catch (error) {
    if (error instanceof NoSuchObjectError) return undefined;
    throw error;
  }
}

async function entries(client: Client, base: string, filter: Filter, attributes: string[]): Promise<Entry[]> {
  const options = { scope: "sub", filter, attributes, explicitBufferAttributes: BINARY } as const;
  return (await client.search(base, options)).searchEntries;
}

function buffers(value: Entry[string] | undefined): Buffer[] {
  return [value ?? []].flat().filter((one) => Buffer.isBuffer(one));
}

function texts(value: Entry[string] | undefined): string[] {
  return [value ?? []].flat().map(String);
}

function numberOf(value: Entry[string] | undefined): number | undefined {
  const [text] = texts(value);
  return text === undefined ? undefined : Number(text);
}
