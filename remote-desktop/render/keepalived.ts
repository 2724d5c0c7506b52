import { block } from "../../segmentation/render/keepalived-block";
import type { Member } from "../../segmentation/gateway";
import type { AccessPair } from "../../environments/desktop-access/access-pair";
import { LEG } from "./leg";
import { FILES } from "./paths";

/**
 * Of both, so that the address stays where it is when a machine comes back: a move cuts every session once, and people's
 * clients come back by themselves.
 */
const PRIORITY = 100;
/** A packet that a router forwarded has a lower TTL (RFC 5798, section 5.1.1.3). */
const TTL = 255;

/** keepalived's configuration of one access machine: the address that people connect to is where HAProxy runs. */
export function keepalived({ names, own, virtual, length, virtualRouterId }: AccessPair, member: Member): string {
  const other: Member = member === 0 ? 1 : 0;
  return [
    ...block("global_defs", [`router_id ${names[member]}`, "script_user root", "enable_script_security"]),
    "",
    ...block("vrrp_script haproxy", [
      // Only a process that runs accepts there, through a change of its configuration too.
      `script "/usr/bin/socat -u OPEN:/dev/null UNIX-CONNECT:${FILES.socket}"`,
      ...["interval 1", "timeout 4", "fall 2", "rise 2"],
    ]),
    "",
    ...block("vrrp_instance access", [
      ...["state BACKUP", "nopreempt", `interface ${LEG}`, `virtual_router_id ${String(virtualRouterId)}`],
      ...[`priority ${String(PRIORITY)}`, "advert_int 1", `unicast_src_ip ${own[member]}`, "check_unicast_src"],
      ...block("unicast_peer", [`${own[other]} min_ttl ${String(TTL)} max_ttl ${String(TTL)}`]),
      ...block("track_script", ["haproxy"]),
      ...block("virtual_ipaddress", [`${virtual}/${String(length)} dev ${LEG}`]),
    ]),
    "",
  ].join("\n");
}
