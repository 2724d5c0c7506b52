import { esxiHostName, hostName } from "../../environments/model/urls";
import type { Draft } from "../draft";
import { asked, assumed, block, found, line, list, question, row, under } from "../entry";
import type { DraftMap, DraftNode } from "../entry";
import { clusterFit, isVsan, storeSpace } from "../fitting";
import type { ClusterFit } from "../fitting";
import type { SiteCluster } from "../site";
import type { DraftStore } from "../stores";
import { domainOf } from "./city";

const TO_SPARE = "write less for what the hypervisor takes of it";

/** The servers, clusters and datastores. */
export function platformSection(draft: Draft): DraftMap {
  const { site, stores, pools } = draft;
  const domain = domainOf(site.clusters.flatMap(({ hosts }) => hosts));
  const server = hostName.safeParse(site.inventory.server?.toLowerCase());
  const tpm = pools.workstations.some((one) => one.tpm);
  return block({
    vsphere: under(
      [
        ...(server.success ? [] : [question("vCenter's name.")]),
        ...(tpm ? [question("The key provider of the virtual TPMs.")] : []),
      ],
      line({
        server: server.success ? found(server.data) : asked(`vcenter.${domain}`),
        datacenter: found(site.datacenter),
        keyProvider: tpm ? asked("key-provider") : undefined,
      }),
    ),
    clusters: under(
      [question(`Has the city a Vault? Then here: vault: { address: "https://vault.${domain}:8200" }`)],
      list(site.clusters.map((cluster) => clusterNode(cluster, draft))),
    ),
    datastores: under(storeRemarks(draft), list(stores.stores.map((store) => storeNode(store, draft)))),
  });
}

function clusterNode(cluster: SiteCluster, { pools }: Draft): DraftNode {
  const fit = clusterFit(cluster, pools);
  const named = cluster.hosts.map(({ name }) => name).sort();
  const fitting = named.filter((name) => esxiHostName.safeParse(name).success);
  const odd = named.filter((name) => !fitting.includes(name));
  const hosts = fitting.length > 0 ? fitting.map((name) => found(name)) : [asked("esx.example")];
  return under(
    fitRemarks(fit),
    block({
      name: found(cluster.name),
      hostCores: fit.cpusFit ? found(fit.hostCores, differing(cluster, "cores")) : undefined,
      hostMemoryGib: fit.memoryFits ? found(fit.hostMemoryGib, differing(cluster, "memoryGib") ?? TO_SPARE) : undefined,
      cpuOvercommit:
        fit.cpuOvercommit === undefined ? undefined : found(fit.cpuOvercommit, "what its desktops take today"),
      tolerates: fit.tolerates === undefined ? undefined : found(fit.tolerates, "one host: none may fail"),
      hosts: under(
        odd.length === 0 ? [] : [question(`hosts without a full name, which the file needs: ${odd.join(", ")}`)],
        hosts.length > 2 ? list(hosts) : row(hosts),
      ),
    }),
  );
}

function fitRemarks({ cpusFit, memoryFits, hostCores, hostMemoryGib }: ClusterFit): string[] {
  return [
    ...(cpusFit
      ? []
      : [question(`hostCores: ${String(hostCores)} is left out: its desktops have more than 32 CPUs a core`)]),
    ...(memoryFits
      ? []
      : [
          question(
            `hostMemoryGib: ${String(hostMemoryGib)} is left out: with one host less its desktops' memory has no room`,
          ),
        ]),
  ];
}

function differing({ hosts }: SiteCluster, key: "cores" | "memoryGib"): string | undefined {
  const sizes = [...new Set(hosts.map((host) => Math.floor(host[key])))].sort((a, b) => a - b);
  return sizes.length > 1 ? `the least: hosts have ${sizes.map(String).join(", ")}` : undefined;
}

function storeNode(store: DraftStore, { pools }: Draft): DraftNode {
  const { gib, overcommit } = storeSpace(store, pools);
  const told = isVsan(store) ? assumed : found;
  const whole = `${String(Math.floor(store.capacityGib))} GiB`;
  return line(
    {
      name: found(store.name),
      cluster: found(store.cluster),
      members: store.members && row(store.members.map((name) => found(name))),
      capacityGib: overcommit === undefined ? undefined : told(gib),
      overcommit: overcommit === undefined || overcommit === 1 ? undefined : found(overcommit),
    },
    overcommit === undefined ? `${whole}, which its desktops' disks could fill more than four times` : `of ${whole}`,
  );
}

function storeRemarks({ stores }: Draft): string[] {
  const ofVsan =
    "Of vSAN it is half, for one mirror. How do machines' policies mirror, and is it osa or esa: vsan: { architecture: osa }?";
  return [
    "capacityGib is what is free, with the disks of the desktops that are there.",
    ...(stores.stores.some(isVsan) ? [question(ofVsan)] : []),
    ...(stores.left.length === 0 ? [] : [`Left out, as no cluster's hosts all reach them: ${stores.left.join(", ")}.`]),
  ];
}
