import { createHash } from "node:crypto";
import type { Member } from "../../segmentation/gateway";
import { packed } from "../../segmentation/render/packed";
import type { CloudInit } from "../../segmentation/render/cloud-init";
import { securityUpdates } from "../../segmentation/render/security-updates";
import { OWN_HOST_KEYS } from "../../segmentation/render/ssh-host-keys";
import { yamlText } from "../../segmentation/render/yaml-text";
import type { AccessMachinesPlan } from "../access-machines-plan";
import { firewall } from "./access-firewall";
import { haproxy, holdersMap } from "./haproxy";
import { keepalived } from "./keepalived";
import { LEG } from "./leg";
import { AGENT, SEAT_CHOICE } from "./own-files";
import { FILES } from "./paths";

const HASH_LENGTH = 12;
const AGENT_UNIT = "postazioni-access.service";

/**
 * What makes an access machine of a machine of the template. Its rules are HAProxy's configuration and who holds which seat,
 * which are loaded in place; all else is applied at a start, as a gateway's is.
 */
export function accessCloudInit(plan: AccessMachinesPlan, member: Member): CloudInit {
  const userData = `#cloud-config\n${yamlText(cloudConfig(plan, member))}`;
  const network = networkConfig(plan, member);
  const digest = createHash("sha256").update(userData).update(yamlText(network)).digest("hex").slice(0, HASH_LENGTH);
  const name = plan.pair.names[member];
  const metaData = yamlText({ "instance-id": `${name}-${digest}`, "local-hostname": name, network });
  return { rules: packed(bundle(plan, member)), userData, metaData };
}

/** The files that are loaded in place, in one text; access-agent.sh takes it apart. */
export function bundle(plan: AccessMachinesPlan, member: Member): string {
  return `--- haproxy.cfg\n${haproxy(plan, member)}--- holders.map\n${holdersMap(plan.names)}`;
}

function cloudConfig({ pair }: AccessMachinesPlan, member: Member): object {
  return {
    // Host keys belong to the machine and survive a new instance id, for which cloud-init would replace them.
    ssh_deletekeys: false,
    bootcmd: [["sh", "-c", OWN_HOST_KEYS]],
    write_files: [
      file(FILES.agent, AGENT, "0755"),
      file(FILES.seatChoice, SEAT_CHOICE),
      file(`/etc/systemd/system/${AGENT_UNIT}`, UNIT),
      file("/etc/keepalived/keepalived.conf", keepalived(pair, member)),
      file("/etc/nftables.conf", firewall(pair, member)),
      file("/etc/apt/apt.conf.d/52postazioni", securityUpdates(member)),
      file(
        "/etc/systemd/resolved.conf.d/60-postazioni.conf",
        `[Resolve]\nDNS=${pair.nameServers.join(" ")}\nDomains=~.\n`,
      ),
    ],
    runcmd: [
      ["systemctl", "daemon-reload"],
      ["systemctl", "enable", "nftables", "haproxy", "keepalived", AGENT_UNIT],
      ["systemctl", "restart", "nftables", AGENT_UNIT],
      ["systemctl", "restart", "keepalived"],
    ],
  };
}

/** It runs for good: HAProxy and keepalived do not wait for it. */
const UNIT = [
  "[Unit]",
  "Description=The access machine's configuration, as vCenter has it",
  "After=open-vm-tools.service haproxy.service",
  "StartLimitIntervalSec=0",
  "",
  "[Service]",
  `ExecStart=${FILES.agent}`,
  "Restart=always",
  "RestartSec=1",
  "",
  "[Install]",
  "WantedBy=multi-user.target",
  "",
].join("\n");

/** cloud-init's network configuration, version 2. */
function networkConfig({ pair }: AccessMachinesPlan, member: Member): object {
  const { macs, own, length, router, segment } = pair;
  return {
    version: 2,
    ethernets: {
      [LEG]: {
        match: { macaddress: macs[member] },
        "set-name": LEG,
        ...(segment.mtu !== undefined && { mtu: segment.mtu }),
        ...{ dhcp4: false, dhcp6: false, "accept-ra": false },
        addresses: [`${own[member]}/${String(length)}`],
        ...(router !== undefined && { routes: [{ to: "0.0.0.0/0", via: router }] }),
      },
    },
  };
}

function file(path: string, content: string, permissions = "0644"): object {
  return { path, permissions, content };
}
