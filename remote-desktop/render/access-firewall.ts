import type { AccessPair } from "../../environments/desktop-access/access-pair";
import { PEERS_PORT } from "../../environments/model/access";
import type { Member } from "../../segmentation/gateway";

/**
 * /etc/nftables.conf of an access machine. Who else stands in its segment would otherwise learn from HAProxy who has which
 * seat, and tell it so; what comes from other segments the city's gateways ask.
 */
export function firewall({ own }: AccessPair, member: Member): string {
  const peer = own[member === 0 ? 1 : 0];
  return [
    "flush ruleset",
    "table inet postazioni {",
    "  chain input {",
    "    type filter hook input priority filter; policy accept;",
    '    iifname "lo" accept',
    `    tcp dport ${String(PEERS_PORT)} ip saddr ${peer} accept`,
    `    tcp dport ${String(PEERS_PORT)} drop`,
    `    ip protocol vrrp ip saddr != ${peer} drop`,
    "  }",
    "}",
    "",
  ].join("\n");
}
