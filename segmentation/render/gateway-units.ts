const SYSCTL = "/usr/sbin/sysctl";
const ON = "net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1";
const OFF = "net.ipv4.ip_forward=0 net.ipv6.conf.all.forwarding=0";
/** Where `gateway-rules.sh` keeps the rules that a start loads: those that were confirmed last. */
const CONFIRMED = "/var/lib/postazioni/confirmed.nft";

/** Path of `gateway-rules.sh` on a gateway. */
export const RULES_PROGRAM = "/usr/local/sbin/gateway-rules.sh";

/** The unit that runs it. */
export const RULES_UNIT = "postazioni-rules.service";

/**
 * /etc/nftables.conf, which Debian's unit loads at every start: the confirmed rules. Where they are missing or an empty
 * file, nft fails, and with it the unit: the gateway stays closed.
 */
export const NFTABLES_CONF = lines([
  `# Rules come through vCenter: ${RULES_UNIT} keeps them.`,
  // What a change that broke off may have left.
  "table inet postazioni_next",
  "delete table inet postazioni_next",
  `include "${CONFIRMED}"`,
  "add chain inet postazioni forward { policy drop; }",
]);

/**
 * Drop-in for Debian's nftables.service. Packets are forwarded from the load of the ruleset until the unit stops or
 * fails: ExecStopPost runs in both cases. Debian's ExecStop, which flushes the rules, is removed: a stopped gateway
 * stays closed itself too. systemd-sysctl is not ordered before Debian's unit, and could otherwise close a gateway that
 * just started.
 */
export const FORWARDING = lines([
  "[Unit]",
  "After=systemd-sysctl.service",
  "",
  "[Service]",
  `ExecStartPost=${SYSCTL} ${ON}`,
  "ExecStop=",
  `ExecStopPost=${SYSCTL} ${OFF}`,
]);

/**
 * Drop-in for Debian's keepalived.service: a gateway without loaded rules holds no virtual address. One that was killed
 * leaves its addresses behind, which the other has too by then; started again it takes them away.
 */
export const VRRP_AFTER_RULES = lines([
  "[Unit]",
  "Requires=nftables.service",
  "After=nftables.service",
  "",
  "[Service]",
  "Restart=on-failure",
  "RestartSec=1",
]);

/**
 * Drop-in for Debian's radvd.service. It stops after keepalived, without the address that it advertises from: radvd's last
 * advertisement would take the default route from every machine, which the other gateway has by then.
 */
export const ADVERTISED_WHILE_MASTER = lines(["[Unit]", "Before=keepalived.service"]);

/**
 * Runs `gateway-rules.sh` for good: where it is killed, rules on trial still return in time. It changes neither
 * forwarding nor VRRP, so neither waits for it.
 */
export const RULES_SERVICE = lines([
  "[Unit]",
  "Description=The gateway's rules, as vCenter has them",
  "After=nftables.service open-vm-tools.service",
  "StartLimitIntervalSec=0",
  "",
  "[Service]",
  `ExecStart=${RULES_PROGRAM}`,
  "Restart=always",
  "RestartSec=1",
  "",
  "[Install]",
  "WantedBy=multi-user.target",
]);

function lines(texts: readonly string[]): string {
  return [...texts, ""].join("\n");
}
