import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { InputError, messageOf } from "../../runtime/errors";
import type { Sign } from "../../remote-desktop/signed-connection-file";

const CERTIFICATE = /-----BEGIN CERTIFICATE-----/g;

/**
 * Signs by OpenSSL, which is given the paths of certificate and key, and never the key.
 * @param certificate a PEM file: the signer's, then those of its authorities that are to come along
 * @param key a PEM file; OpenSSL asks at the terminal for its passphrase where it has one
 * @throws InputError where a file cannot be read, or OpenSSL cannot sign with it
 */
export function opensslSigner(certificate: string, key: string): Sign {
  const authorities = (read(certificate).match(CERTIFICATE)?.length ?? 0) > 1 ? ["-certfile", certificate] : [];
  read(key);
  const form = ["-binary", "-outform", "DER", "-noattr", "-nosmimecap", "-md", "sha256"];
  const args = ["smime", "-sign", ...form, "-signer", certificate, "-inkey", key, ...authorities];
  return (message) => {
    const { status, stdout, stderr, error } = spawnSync("openssl", args, { input: message });
    if (error !== undefined) throw new InputError(`openssl is not there (apt-get install openssl): ${error.message}`);
    if (status === 0) return stdout;
    throw new InputError(
      `OpenSSL signs nothing with ${certificate} and ${key}, which are to be a certificate and its own key in PEM: ` +
        (stderr.toString().split("\n").find(Boolean) ?? "it says nothing"),
    );
  };
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new InputError(`${path} cannot be read: ${messageOf(error)}`);
  }
}
