import { createHash } from "node:crypto";
import type { GatewayPlan, Member } from "../gateway";
import type { NetworkPlan } from "../plan";
import { dhcpRelay, relayed } from "./dhcp-relay";
import {
  ADVERTISED_WHILE_MASTER,
  FORWARDING,
  NFTABLES_CONF,
  RULES_PROGRAM,
  RULES_SERVICE,
  RULES_UNIT,
  VRRP_AFTER_RULES,
} from "./gateway-units";
import { ringCommand, TABLES_MODULE, tableSettings } from "./gateway-tables";
import { METRICS_TIMER, metricsFiles, NODE_EXPORTER } from "./gateway-metrics";
import { keepalived } from "./keepalived";
import { nftables } from "./nftables";
import { packed } from "./packed";
import { aloneCheck, CHECKS, PATH_CHECK } from "./path-checks";
import { advertised, routerAdvertisements } from "./router-advertisements";
import { routesTo } from "./pair-routes";
import type { Route } from "./pair-routes";
import { AGENT_COMMON, RULES_SCRIPT } from "./rules-script";
import { securityUpdates } from "./security-updates";
import { sshAuthority } from "./ssh-authority";
import { OWN_HOST_KEYS } from "./ssh-host-keys";
import { mostYaml, yamlText } from "./yaml-text";

const HEADER = "#cloud-config\n";
const HASH_LENGTH = 12;
const SETTINGS = "/etc/sysctl.d/60-postazioni.conf";
const TABLE_SETTINGS = "/etc/sysctl.d/61-postazioni-tables.conf";

/** A gateway's guestinfo: its rules, and what cloud-init's DataSourceVMware applies at a start. */
export interface CloudInit {
  /** Value of guestinfo.postazioni.rules: the ruleset, packed. The same for both gateways. */
  readonly rules: string;
  /** Value of guestinfo.userdata: a cloud-config with all files and services, but for the rules. */
  readonly userData: string;
  /** Value of guestinfo.metadata: host name, an instance id that depends on the content, and network configuration. */
  readonly metaData: string;
}

/**
 * The configuration that turns a machine of the template into a gateway of the city. It fails closed: packets are
 * forwarded, and VRRP runs, only while the ruleset is loaded. The rules are apart from the rest, as they are loaded
 * without a restart.
 */
export function cloudInit(plan: NetworkPlan, gateway: GatewayPlan, member: Member): CloudInit {
  const config = cloudConfig(gateway, member);
  return guestinfoOf(gateway.names[member], config, networkConfig(gateway, member), nftables(plan, gateway));
}

/** @param rules what the machine's agent loads in place */
export function guestinfoOf(name: string, config: object, network: object, rules: string): CloudInit {
  const userData = HEADER + yamlText(config);
  // cloud-init runs again only for a new instance id: so a changed address or route is applied at the next start.
  const digest = createHash("sha256").update(userData).update(yamlText(network)).digest("hex").slice(0, HASH_LENGTH);
  const metaData = yamlText({ "instance-id": `${name}-${digest}`, "local-hostname": name, network });
  return { rules: packed(rules), userData, metaData };
}

/** Value of guestinfo.userdata. @see CloudInit */
export function userDataOf(gateway: GatewayPlan, member: Member): string {
  return HEADER + yamlText(cloudConfig(gateway, member));
}

/** A number of bytes that guestinfo.userdata does not exceed. @see mostYaml */
export function mostUserData(gateway: GatewayPlan, member: Member): number {
  return HEADER.length + mostYaml(cloudConfig(gateway, member));
}

function cloudConfig(gateway: GatewayPlan, member: Member): object {
  const relays = relayed(gateway).length > 0;
  const ssh = sshAuthority(gateway.ssh);
  const advertises = advertised(gateway).length > 0;
  const metrics = metricsFiles(gateway, member);
  const services = servicesOf(relays, advertises, metrics.length > 0);
  return {
    // The template's users are kept. Host keys belong to the machine and survive a new instance id, for which
    // cloud-init would replace them.
    ssh_deletekeys: false,
    bootcmd: [
      ["sh", "-c", OWN_HOST_KEYS],
      ["sh", "-c", ringCommand(gateway.interfaces.map(({ name }) => name))],
    ],
    write_files: [
      ...LOADING,
      file("/etc/keepalived/keepalived.conf", keepalived(gateway, member)),
      file(CHECKS.path, PATH_CHECK, "0755"),
      file(CHECKS.alone, aloneCheck(gateway, member), "0755"),
      ...kernelFiles(gateway),
      file("/etc/apt/apt.conf.d/52postazioni", securityUpdates(member)),
      file("/etc/systemd/resolved.conf.d/60-postazioni.conf", nameServers(gateway)),
      file("/etc/systemd/timesyncd.conf.d/60-postazioni.conf", timeServers(gateway)),
      ...(relays ? [file("/etc/dnsmasq.d/postazioni.conf", dhcpRelay(gateway, member))] : []),
      ...(advertises ? advertising(gateway) : []),
      ...metrics.map(({ path, text, program }) => (program ? file(path, text, "0755") : file(path, text))),
      ...[...ssh.files].map(([path, content]) => file(path, content)),
    ],
    runcmd: commands(services, ssh.commands),
  };
}

function servicesOf(relays: boolean, advertises: boolean, measured: boolean): string[] {
  return [
    ...["nftables", "keepalived", ...(relays ? ["dnsmasq"] : []), ...(advertises ? ["radvd"] : [])],
    ...(measured ? [NODE_EXPORTER, METRICS_TIMER] : []),
  ];
}

function commands(services: readonly string[], more: readonly string[]): (string | string[])[] {
  return [
    ["systemctl", "daemon-reload"],
    ["modprobe", TABLES_MODULE],
    ["sysctl", "--load", SETTINGS],
    ["sysctl", "--load", TABLE_SETTINGS],
    ["systemctl", "enable", ...services, RULES_UNIT],
    // At the first start nftables fails here, as no rules are confirmed yet; its next start is with the first rules.
    ["systemctl", "restart", ...services],
    ["systemctl", "try-restart", "systemd-resolved.service", "systemd-timesyncd.service"],
    ["systemctl", "restart", RULES_UNIT],
    ...more,
  ];
}

function kernelFiles({ tables }: GatewayPlan): object[] {
  return [
    file(SETTINGS, SYSCTL),
    file("/etc/modules-load.d/postazioni.conf", `${TABLES_MODULE}\n`),
    file(TABLE_SETTINGS, tableSettings(tables)),
  ];
}

/** What loads the rules, and what runs only with them. */
const LOADING: readonly object[] = [
  file("/etc/nftables.conf", NFTABLES_CONF),
  file(AGENT_COMMON.path, AGENT_COMMON.text),
  file(RULES_PROGRAM, RULES_SCRIPT, "0755"),
  file(`/etc/systemd/system/${RULES_UNIT}`, RULES_SERVICE),
  file("/etc/systemd/system/nftables.service.d/postazioni.conf", FORWARDING),
  file("/etc/systemd/system/keepalived.service.d/postazioni.conf", VRRP_AFTER_RULES),
];

/**
 * A packet may come by another interface than its answer leaves by, as an administrator's to the backup does: the
 * ruleset knows the interface of each address, better than a strict rp_filter. No redirects: two machines of one
 * private VLAN must not be told to bypass the gateway. Unicast VRRP needs nothing else.
 */
const SYSCTL = [
  "net.ipv4.ip_forward = 0",
  "net.ipv6.conf.all.forwarding = 0",
  "net.ipv4.conf.all.send_redirects = 0",
  "net.ipv4.conf.default.send_redirects = 0",
  "net.ipv4.conf.all.rp_filter = 2",
  "net.ipv4.conf.default.rp_filter = 2",
  "net.ipv4.conf.all.accept_redirects = 0",
  "net.ipv6.conf.all.accept_redirects = 0",
  "net.ipv6.conf.all.accept_ra = 0",
  "net.ipv6.conf.default.accept_ra = 0",
  "",
].join("\n");

/**
 * cloud-init's network configuration, version 2. Interfaces are matched by MAC address, so their order does not matter.
 */
function networkConfig(gateway: GatewayPlan, member: Member): object {
  return {
    version: 2,
    ethernets: Object.fromEntries(
      gateway.interfaces.map((one) => [
        one.name,
        {
          match: { macaddress: one.macs[member] },
          "set-name": one.name,
          mtu: one.mtu,
          dhcp4: false,
          dhcp6: false,
          "accept-ra": false,
          addresses: one.addresses.map(({ own, length }) => `${own[member]}/${String(length)}`),
          ...(one.name === gateway.uplink && { routes: uplinkRoutes(gateway) }),
        },
      ]),
    ),
  };
}

/**
 * Of the whole machine: systemd-resolved binds its sockets for a link's servers to that link, and these stand behind any.
 * An empty list leaves the template's servers: cloud-init removes no file that it wrote before.
 */
function nameServers({ nameServers: servers }: GatewayPlan): string {
  const own = [`DNS=${servers.join(" ")}`, "FallbackDNS=", "Domains=~."];
  return ["[Resolve]", ...(servers.length > 0 ? own : []), ""].join("\n");
}

/**
 * A domain controller often tells a root distance above systemd-timesyncd's limit of 5 s, and would never be believed
 * (systemd#13912).
 */
function timeServers({ timeServers: servers }: GatewayPlan): string {
  const own = [`NTP=${servers.join(" ")}`, "FallbackNTP=", "RootDistanceMaxSec=30"];
  return ["[Time]", ...(servers.length > 0 ? own : []), ""].join("\n");
}

/** To everything outside by the next hops, and to the other pairs' subnets by their virtual addresses. */
function uplinkRoutes({ nextHops, others }: GatewayPlan): Route[] {
  return [...nextHops.map(defaultRoute), ...others.flatMap(routesTo)];
}

function defaultRoute(via: string): Route {
  return { to: via.includes(":") ? "::/0" : "0.0.0.0/0", via };
}

function advertising(gateway: GatewayPlan): object[] {
  return [
    file("/etc/radvd.conf", routerAdvertisements(gateway)),
    file("/etc/systemd/system/radvd.service.d/postazioni.conf", ADVERTISED_WHILE_MASTER),
  ];
}

/** A file as cloud-init writes it. */
export function file(path: string, content: string, permissions = "0644"): object {
  return { path, permissions, content };
}
