import { interfaceNamed } from "../../segmentation/gateway";
import { portSet } from "../../segmentation/ports";
import { gatewayPlans } from "../../environments/network/gateway-plan";
import { handoverAccess } from "./access";
import { offeredBy } from "../../environments/network/services";
import type { City } from "../../environments/model/city";
import { hostNameOf } from "../../environments/seats/joined-domain";

/** A DNS record to add. */
export interface HandoverRecord {
  readonly name: string;
  readonly type: "A" | "AAAA" | "SRV";
  readonly value: string;
}

/** A name that must resolve, and what looks it up. */
export interface HandoverName {
  readonly name: string;
  readonly use: string;
}

/** The records of what the file places: the gateways in the management segment, the way to the seats, and the KMS that Windows looks for. */
export function handoverRecords(city: City): HandoverRecord[] {
  return [...gatewayRecords(city), ...accessRecords(city), ...activationRecords(city)];
}

function gatewayRecords(city: City): HandoverRecord[] {
  return gatewayPlans(city).flatMap((plan) =>
    interfaceNamed(plan, plan.management).addresses.flatMap(({ family, own }) =>
      plan.names.map((name, member) => ({
        name: hostNameOf(city, name),
        type: family === 4 ? "A" : "AAAA",
        value: own[member] ?? "",
      })),
    ),
  );
}

function accessRecords(city: City): HandoverRecord[] {
  const access = handoverAccess(city);
  if (access === null) return [];
  const named = access.addresses.map((value) => ({ name: access.name, value }));
  const machines = access.machines.map(({ name, address }) => ({ name, value: address }));
  return [...named, ...machines].map((one) => ({ ...one, type: one.value.includes(":") ? "AAAA" : "A" }));
}

/** Microsoft, "Activate using Key Management Service": clients find the KMS by the record _VLMCS._TCP. */
function activationRecords({ network, secrets }: City): HandoverRecord[] {
  const domain = secrets.directory?.userDomain;
  const servers = network.services.filter((service) => offeredBy(service).contains(portSet(["windows-activation"])));
  if (domain === undefined) return [];
  return servers.map(({ name, addresses }) => ({
    name: `_vlmcs._tcp.${domain}`,
    type: "SRV",
    value: `0 0 1688, the host that has ${addresses.join(", ")} (${name})`,
  }));
}

/** The host names that the file has, each once. */
export function handoverNames({ platform, secrets }: City): HandoverName[] {
  const { vsphere, vault, state, clusters } = platform;
  const { directory } = secrets;
  const names: HandoverName[] = [
    { name: vsphere.server, use: "vCenter: Terraform, administrators" },
    ...(vault === undefined ? [] : [{ name: hostOf(vault.address), use: "Vault: Terraform, machines, people" }]),
    ...addressOfState(state).map((address) => ({ name: hostOf(address), use: "Terraform's states" })),
    ...(directory === undefined ? [] : [{ name: hostOf(directory.url), use: "Vault's look-ups in the directory" }]),
    ...(directory?.userDomain === undefined
      ? []
      : [{ name: directory.userDomain, use: "the domain that desktops join, with its SRV records" }]),
    ...clusters.flatMap(({ hosts }) => hosts.map((name) => ({ name, use: "a host, for vCenter and its console" }))),
  ];
  return [...new Map(names.toReversed().map((one) => [one.name, one])).values()].toReversed();
}

function addressOfState(state: City["platform"]["state"]): string[] {
  switch (state.backend) {
    case "http":
      return [state.address];
    case "consul":
      return [`https://${state.address}`];
    case "pg":
      return [`https://${state.server}`];
    case "s3":
      return state.endpoint === undefined ? [] : [state.endpoint];
    default:
      return [];
  }
}

function hostOf(url: string): string {
  return new URL(url).hostname;
}
