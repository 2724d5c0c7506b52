import type { Member } from "../../segmentation/gateway";
import { file, guestinfoOf } from "../../segmentation/render/cloud-init";
import type { CloudInit } from "../../segmentation/render/cloud-init";
import { AGENT_COMMON } from "../../segmentation/render/rules-script";
import { securityUpdates } from "../../segmentation/render/security-updates";
import { OWN_HOST_KEYS } from "../../segmentation/render/ssh-host-keys";
import type { AccessMachinesPlan } from "../access-machines-plan";
import { CERTIFICATE_TIMER, certificateFiles } from "./certificate-files";
import { firewall, permitted } from "./access-firewall";
import { haproxy, holdersMap } from "./haproxy";
import { keepalived } from "./keepalived";
import { LEG } from "./leg";
import { AGENT, SEAT_CHOICE } from "./own-files";
import { FILES } from "./paths";

const AGENT_UNIT = "postazioni-access.service";

/**
 * What makes an access machine of a machine of the template. Its rules are HAProxy's configuration, who holds which seat, and
 * what its firewall lets in, which are loaded in place; all else is applied at a start, as a gateway's is.
 */
export function accessCloudInit(plan: AccessMachinesPlan, member: Member): CloudInit {
  const config = cloudConfig(plan, member);
  return guestinfoOf(plan.pair.names[member], config, networkConfig(plan, member), bundle(plan, member));
}

/** The files that are loaded in place, in one text; access-agent.sh takes it apart. */
export function bundle(plan: AccessMachinesPlan, member: Member): string {
  const files = {
    "haproxy.cfg": haproxy(plan, member),
    "holders.map": holdersMap(plan.names),
    "permitted.nft": permitted(plan),
  };
  return Object.entries(files)
    .map(([name, text]) => `--- ${name}\n${text}`)
    .join("");
}

function cloudConfig({ pair, city, certificates }: AccessMachinesPlan, member: Member): object {
  const fetching = certificates === undefined ? [] : certificateFiles(city.city.id, certificates, member);
  return {
    // Host keys belong to the machine and survive a new instance id, for which cloud-init would replace them.
    ssh_deletekeys: false,
    bootcmd: [["sh", "-c", OWN_HOST_KEYS]],
    write_files: [
      file(AGENT_COMMON.path, AGENT_COMMON.text),
      file(FILES.agent, AGENT, "0755"),
      file(FILES.seatChoice, SEAT_CHOICE),
      file(`/etc/systemd/system/${AGENT_UNIT}`, UNIT),
      ...fetching.map(({ path, text, permissions }) => file(path, text, permissions)),
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
      ...(fetching.length === 0 ? [] : [["systemctl", "enable", "--now", CERTIFICATE_TIMER]]),
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
