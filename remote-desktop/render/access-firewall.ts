import { PEERS_PORT } from "../../environments/model/access";
import type { AccessPair } from "../../environments/desktop-access/access-pair";
import { networkPlan } from "../../environments/network/network-plan";
import { addressOf } from "../../segmentation/address";
import type { Member } from "../../segmentation/gateway";
import { intervals } from "../../segmentation/intervals";
import type { Rule } from "../../segmentation/plan";
import { matches } from "../../segmentation/render/nftables-match";
import type { AccessMachinesPlan } from "../access-machines-plan";
import { FILES } from "./paths";

/**
 * /etc/nftables.conf of an access machine: nothing comes in but from the other one, and what `permitted` lets in, which changes
 * with the file and is loaded in place. Who else stands in its segment, where no gateway asks, would otherwise learn from HAProxy
 * who has which seat, and tell it so. VRRP comes before established connections: to conntrack the two machines' announcements
 * are one, which a forged packet would belong to.
 */
export function firewall(pair: AccessPair, member: Member): string {
  // A sign that stands for any text: without the file, as at the first start, nothing is included.
  return `${closed(pair, member)}include "${FILES.permitted.replace(/\.nft$/, "*.nft")}"\n`;
}

/** All that an access machine's firewall is once both are loaded. */
export function wholeFirewall(plan: AccessMachinesPlan, member: Member): string {
  return closed(plan.pair, member) + permitted(plan);
}

function closed({ own }: AccessPair, member: Member): string {
  const peer = own[member === 0 ? 1 : 0];
  return [
    "flush ruleset",
    "table inet postazioni {",
    "  chain permitted {",
    "  }",
    "  chain input {",
    "    type filter hook input priority filter; policy drop;",
    '    iifname "lo" accept',
    `    ip saddr ${peer} ip protocol 112 accept`,
    "    ip protocol 112 drop",
    "    ct state established,related accept",
    `    ip saddr ${peer} tcp dport ${String(PEERS_PORT)} accept`,
    "    ip protocol icmp accept",
    "    jump permitted",
    "  }",
    "}",
    "",
  ].join("\n");
}

/** What the city's file lets in to its access machines, besides: a chain that nft loads in place of the one before. */
export function permitted({ city, pair }: AccessMachinesPlan): string {
  const { openings, blocks } = networkPlan(city);
  const own = [...pair.own, pair.virtual].map(addressOf);
  const addresses = intervals(own.map((address) => ({ first: address, last: address })));
  const rules = (all: readonly Rule[], verdict: string): string[] =>
    all
      .filter(({ active }) => active)
      .map((rule) => ({ ...rule, to: rule.to.intersect(addresses) }))
      .flatMap((rule) => matches(rule, verdict === "drop").map((match) => `    ${match} ${verdict}`));
  return [
    "flush chain inet postazioni permitted",
    "table inet postazioni {",
    "  chain permitted {",
    ...rules(blocks, "drop"),
    ...rules(openings, "accept"),
    "  }",
    "}",
    "",
  ].join("\n");
}
