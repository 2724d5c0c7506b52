const SYSCTL = "/usr/sbin/sysctl";
const ON = "net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1";
const OFF = "net.ipv4.ip_forward=0 net.ipv6.conf.all.forwarding=0";

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

/** Drop-in for Debian's keepalived.service: a gateway without loaded rules holds no virtual address. */
export const VRRP_AFTER_RULES = lines(["[Unit]", "Requires=nftables.service", "After=nftables.service"]);

/**
 * Drop-in for Debian's radvd.service. It stops after keepalived, without the address that it advertises from: radvd's last
 * advertisement would take the default route from every machine, which the other gateway has by then.
 */
export const ADVERTISED_WHILE_MASTER = lines(["[Unit]", "Before=keepalived.service"]);

function lines(texts: readonly string[]): string {
  return [...texts, ""].join("\n");
}
