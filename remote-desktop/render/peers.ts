import { PEERS_PORT } from "../../environments/model/access";
import type { Member } from "../../segmentation/gateway";
import type { AccessMachinesPlan } from "../access-machines-plan";
import { FILES } from "./paths";
import { section } from "./section";

/** How a line of HAProxy names the machine's own certificate. */
export const MACHINE_CERTIFICATE = `crt ${FILES.certificate}`;

/** Where HAProxy itself hears what came by TLS from the other machine, on loopback alone. */
const OWN_PEERS_PORT = PEERS_PORT + 1;

/** The other machine has what came by TLS said to this one. No pool's name has an underscore. */
export const TOLD_BY_OTHER = "told_by_other";

const TLS = `ssl ${MACHINE_CERTIFICATE} ca-file ${FILES.authority} verify required ssl-min-ver TLSv1.2`;

/**
 * Where the pair tell each other who has which seat. With certificates each proves to the other that it is the other one of the pair,
 * by its name: any machine of the city has a certificate of the same authority, and a section of peers cannot ask for a name, so a
 * frontend does.
 */
export function peers(plan: AccessMachinesPlan, member: Member): string[] {
  const { pair, certificates } = plan;
  const { names, own } = pair;
  const port = String(PEERS_PORT);
  if (certificates === undefined)
    return section(
      "peers pair",
      names.map((name, index) => `peer ${name} ${own[index] ?? ""}:${port}`),
    );
  const other: Member = member === 0 ? 1 : 0;
  return [
    ...section("peers pair", [
      `bind 127.0.0.1:${String(OWN_PEERS_PORT)}`,
      `server ${names[member]}`,
      `server ${names[other]} ${own[other]}:${port} ${TLS} verifyhost ${certificates.hosts[other]}`,
    ]),
    ...section("frontend from_other", [
      `bind ${own[member]}:${port} ${TLS}`,
      `tcp-request content reject unless { ssl_c_s_dn(cn) -m str ${certificates.hosts[other]} }`,
      `default_backend ${TOLD_BY_OTHER}`,
    ]),
    ...section(`backend ${TOLD_BY_OTHER}`, [`server own 127.0.0.1:${String(OWN_PEERS_PORT)} no-check`]),
  ];
}
