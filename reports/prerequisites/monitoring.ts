import type { DeployedCity } from "../../environments/model/city";
import type { Monitoring } from "../../environments/model/monitoring";
import { windowsPools } from "../../environments/seats/windows-pools";
import { NODE_EXPORTER } from "../../segmentation/render/gateway-metrics";
import { needed } from "./prerequisite";
import type { Prerequisite } from "./prerequisite";

/** What Prometheus asks and tells must be there, and be let in; nothing where the file has no monitoring. */
export function monitoringPrerequisites(city: DeployedCity): Prerequisite[] {
  const { monitoring } = city;
  if (monitoring === undefined) return [];
  return [
    server(city, monitoring),
    login(city),
    ...images(city, monitoring),
    ...asked(city, monitoring),
    ...told(city),
  ];
}

function server({ city }: DeployedCity, { from, ports }: Monitoring): Prerequisite {
  const must =
    `Prometheus and Alertmanager; node_exporter with a folder of text files on port ${String(ports.textfiles)}; npm run metrics on ` +
    `port ${String(ports.state)}, on loopback; it resolves the seats' names${city.domain === undefined ? "" : ` in ${city.domain}`}`;
  return needed("Prometheus server in", from, must, "monitoring", "from");
}

/** Of npm run metrics: the support role whose duty it is, where the file has one. */
function login({ city, support }: DeployedCity): Prerequisite {
  const index = support.roles.findIndex(({ duty }) => duty === "monitoring");
  const name = `${city.id}-metrics`;
  const role = support.roles[index];
  if (role !== undefined) {
    return needed("login", name, `in the group ${role.group}, for npm run metrics`, "support", "roles", index, "group");
  }
  const must = "only reads machines, clusters and datastores, for npm run metrics";
  return needed("login", name, must, "monitoring", "from");
}

/** An exporter in each image that seats have: what is installed by hand is gone with the next version. */
function images(city: DeployedCity, { ports, from }: Monitoring): Prerequisite[] {
  const windows = new Set(windowsPools(city).map(({ workstation }) => city.workstations[workstation]?.image));
  const used = new Set(city.pools.map(({ workstation }) => city.workstations[workstation]?.image));
  return Object.entries(city.images).flatMap(([image, { versions }]) => {
    if (!used.has(image)) return [];
    const [exporter, port] = windows.has(image) ? ["windows_exporter", ports.windows] : ["node_exporter", ports.linux];
    const must = `${exporter} on port ${String(port)}, which the guest's own firewall opens to ${from}`;
    return Object.entries(versions).map(([version, { template }]) =>
      needed("template", template, must, "images", image, "versions", version, "template"),
    );
  });
}

function asked({ network: { gateway }, platform }: DeployedCity, { ports }: Monitoring): Prerequisite[] {
  const telemetry = 'telemetry { prometheus_retention_time = "24h" disable_hostname = true }';
  const own = `Debian's ${NODE_EXPORTER}, which takes port ${String(ports.gateways)} at the gateway's own address`;
  return [
    ...(gateway === undefined ? [] : [needed("template", gateway.template, own, "network", "gateway", "template")]),
    ...(platform.vault === undefined
      ? []
      : [
          needed(
            "Vault",
            platform.vault.address,
            `${telemetry}; a token for Prometheus that reads sys/metrics and nothing else`,
            ...["platform", "vault", "address"],
          ),
        ]),
  ];
}

function told({ monitoring, city }: DeployedCity): Prerequisite[] {
  const { owners = [], mail, handbook = "" } = monitoring ?? {};
  const at = ["monitoring"];
  return [
    ...owners.flatMap(({ webhook }, index) =>
      webhook === undefined
        ? []
        : [needed("webhook", webhook, "takes what Alertmanager posts", ...at, "owners", index, "webhook")],
    ),
    ...(mail === undefined
      ? []
      : [
          needed(
            "mail server",
            mail.smarthost,
            `takes Alertmanager's mail, with TLS, from ${mail.from}`,
            ...at,
            "mail",
            "smarthost",
          ),
        ]),
    needed("handbook", handbook, `the page of npm run report -- handbook ${city.id} --html`, ...at, "handbook"),
  ];
}
