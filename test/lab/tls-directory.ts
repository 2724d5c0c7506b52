import { readFileSync } from "node:fs";
import { connect } from "node:net";
import type { AddressInfo } from "node:net";
import { createServer } from "node:tls";
import { once } from "node:events";
import type { DirectoryServer } from "../../lab/directory-server";
import { selfSigned } from "../fixtures/self-signed";

/** A directory's port with TLS, as the cities' have. */
export interface TlsDirectory {
  /** `ldaps://localhost:PORT` */
  readonly url: string;
  /** The file of the certificate that it proves itself with. */
  readonly certificateFile: string;
  readonly close: () => void;
}

/** Puts TLS before a lab's directory, which has none of its own. @param folder for its certificate */
export async function withTls({ url }: DirectoryServer, folder: string): Promise<TlsDirectory> {
  const { key, certificate: certificateFile } = selfSigned(folder);
  const server = createServer({ key: readFileSync(key), cert: readFileSync(certificateFile) }, (socket) => {
    const behind = connect(Number(new URL(url).port), "127.0.0.1");
    for (const [one, other] of [
      [socket, behind],
      [behind, socket],
    ] as const) {
      one.pipe(other);
      one.on("error", () => other.destroy());
    }
  });
  // A client that does not trust the certificate ends its handshake.
  server.on("tlsClientError", () => undefined);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return { url: `ldaps://localhost:${String(port)}`, certificateFile, close: () => server.close() };
}
