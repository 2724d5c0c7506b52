import { RDP_PORT } from "../environments/model/access";
import { routingToken } from "./routing-token";

/** A connection file of one person. */
export interface ConnectionFile {
  /** Host name that the client connects to: `access.name`. */
  readonly host: string;
  /** The pool's listening name. */
  readonly name: string;
  /** Staff number, or login. */
  readonly who: string;
}

/**
 * The text of an .rdp file (Microsoft, "Supported RDP properties"). The routing token says who comes and for which pool, and
 * nothing else in it is of a person: no name, no login, no password. The client says the seat's certificate is not right, and
 * goes on only where the person lets it (`authentication level:i:2`): the seat has a certificate of its own name.
 * @throws RangeError for somebody whom no token can name
 */
export function connectionFile({ host, name, who }: ConnectionFile): string {
  return [
    `full address:s:${host}:${String(RDP_PORT)}`,
    `loadbalanceinfo:s:${routingToken(name, who)}`,
    "authentication level:i:2",
    "enablecredsspsupport:i:1",
    "negotiate security layer:i:1",
    "prompt for credentials:i:1",
    "autoreconnection enabled:i:1",
    "use redirection server name:i:0",
    "",
  ].join("\r\n");
}
