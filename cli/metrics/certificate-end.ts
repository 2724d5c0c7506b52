import { connect } from "node:tls";

const [TIMEOUT_MS, MS] = [5000, 1000];
const DEFAULT_PORT = 443;

/**
 * The end of the certificate that a server shows, in seconds since 1970; undefined where it shows none. It is only looked at:
 * nothing is sent, so also one is read that is not trusted, or has ended.
 * @param server host with or without a port
 */
export function certificateEnd(server: string): Promise<number | undefined> {
  const { hostname, port } = new URL(`https://${server}`);
  const host = hostname.replace(/^\[|\]$/g, "");
  return new Promise((resolve) => {
    const options = { host, port: port === "" ? DEFAULT_PORT : Number(port), rejectUnauthorized: false };
    const socket = connect({ ...options, timeout: TIMEOUT_MS });
    const end = (found?: number): void => {
      socket.destroy();
      resolve(found);
    };
    socket.once("secureConnect", () => {
      const notAfter = Date.parse(socket.getPeerCertificate().valid_to);
      end(Number.isNaN(notAfter) ? undefined : notAfter / MS);
    });
    socket.once("error", () => {
      end();
    });
    socket.once("timeout", () => {
      end();
    });
  });
}
