const SYSCTL = "/usr/sbin/sysctl";
const ON = "net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1";
const OFF = "net.ipv4.ip_forward=0 net.ipv6.conf.all.forwarding=0";

/**
 * What is added to Debian's nftables.service. Packets are forwarded from when the ruleset is loaded until the unit is stopped or fails,
 * whichever way: ExecStopPost runs for both. Debian's own ExecStop, which flushes the rules, is taken out: a gateway that is
 * stopped stays closed itself too. systemd-sysctl has no order with Debian's unit and would else close a gateway that just started.
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

/** What is added to Debian's keepalived.service: a gateway whose rules do not load, or are stopped, has no address of the routers'. */
export const VRRP_AFTER_RULES = lines(["[Unit]", "Requires=nftables.service", "After=nftables.service"]);

function lines(texts: readonly string[]): string {
  return [...texts, ""].join("\n");
}
