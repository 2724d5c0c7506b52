import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "@jest/globals";
import { jobIdentity } from "../../cli/pipeline/job-identity";
import { requestComments } from "../../cli/pipeline/request-comments";
import { REPOSITORY } from "../../runtime/paths";
import { run } from "../../runtime/process";
import { Redactor } from "../../runtime/redactor";
import { VaultClient } from "../../vault/client";
import { selfSigned } from "../fixtures/self-signed";

const TOKEN = "s.a-token-of-somebody";
const open: Server[] = [];

afterEach(async () => {
  for (const server of open.splice(0)) await new Promise((resolve) => server.close(resolve));
});

async function serve(server: Server): Promise<number> {
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

/** A server that redirects, and another that keeps what arrives there. */
async function redirecting(status: number): Promise<{ from: string; to: string; arrived: string[] }> {
  const arrived: string[] = [];
  const other = await serve(
    createServer((request, response) => {
      arrived.push(JSON.stringify([request.url, request.headers]));
      response.end('{"data":{},"value":"x"}');
    }),
  );
  const to = `localhost:${String(other)}`;
  const answer = (_request: IncomingMessage, response: ServerResponse): void => {
    response.writeHead(status, { Location: `http://${to}/elsewhere` }).end();
  };
  return { from: `http://127.0.0.1:${String(await serve(createServer(answer)))}`, to, arrived };
}

describe("a client that sends a login", () => {
  test.each([301, 302, 303, 307, 308])("follows no redirect of %d with it, and says where it leads", async (status) => {
    const { from, to, arrived } = await redirecting(status);
    const vault = new VaultClient(from, TOKEN);
    const github = { ACTIONS_ID_TOKEN_REQUEST_URL: `${from}/?a=b`, ACTIONS_ID_TOKEN_REQUEST_TOKEN: TOKEN };
    const gitlab = { CI_API_V4_URL: from, CI_PROJECT_ID: "1", CI_MERGE_REQUEST_IID: "1", GITLAB_TOKEN: TOKEN };
    const pull = {
      GITHUB_API_URL: from,
      GITHUB_REPOSITORY: "a/b",
      GITHUB_REF: "refs/pull/1/merge",
      GITHUB_TOKEN: TOKEN,
    };
    const attempts = [
      () => vault.get("sys/mounts"),
      () => vault.list("sys/mounts"),
      () => vault.delete("milan/kv/data/a"),
      () => vault.post("auth/milan/people/login/m.rossi", { password: TOKEN }),
      () => jobIdentity("audience", github),
      () => requestComments(gitlab).list(),
      () => requestComments(pull).create("text"),
    ];
    for (const attempt of attempts) await expect(attempt()).rejects.toThrow(`redirects to ${to}`);
    expect(arrived).toEqual([]);
  });

  test.each(["http://vault.example:8200", "http://10.21.100.30:8200", "http://127.0.0.1.example", "ftp://127.0.0.1"])(
    "asks by https only, but for loopback: not %s",
    async (address) => {
      const asked = new VaultClient(address, TOKEN).get("sys/mounts");
      await expect(asked).rejects.toThrow("a login is sent by https only");
    },
  );

  /** An https server whose certificate nobody vouches for, its address without the scheme, and what arrives there. */
  async function unknownServer(): Promise<{ server: string; arrived: unknown[] }> {
    const folder = mkdtempSync(join(tmpdir(), "guarded-fetch-"));
    const { key, certificate } = selfSigned(folder);
    const arrived: unknown[] = [];
    const server = createHttpsServer(
      { key: readFileSync(key), cert: readFileSync(certificate) },
      (request, response) => {
        arrived.push(request.headers);
        response.end("{}");
      },
    );
    rmSync(folder, { recursive: true });
    return { server: `127.0.0.1:${String(await serve(server))}`, arrived };
  }

  test("believes no certificate that does not verify, and says how to give its authority", async () => {
    const { server, arrived } = await unknownServer();
    const address = `https://${server}`;
    const told = `the certificate of ${address} is not trusted`;
    await expect(new VaultClient(address, TOKEN).get("sys/mounts")).rejects.toThrow(told);
    await expect(new VaultClient(address, TOKEN).get("sys/mounts")).rejects.toThrow("NODE_EXTRA_CA_CERTS");
    expect(arrived).toEqual([]);
  });

  test.each([["status"], ["first"]])(
    "sends none where the environment turns the verification of certificates off: secrets %s",
    async (command) => {
      const { server, arrived } = await unknownServer();
      const servers = { VAULT_ADDR: `https://${server}`, VSPHERE_SERVER: server, NODE_TLS_REJECT_UNAUTHORIZED: "0" };
      const logins = { VSPHERE_USER: "u", VSPHERE_PASSWORD: "p", VAULT_TOKEN: TOKEN };
      const { PATH, HOME } = process.env;
      const { code, tail } = await run({
        ...{ command: process.execPath, args: ["cli/bootstrap.mjs", "secrets", command, "milan"], cwd: REPOSITORY },
        ...{ env: { PATH, HOME, ...logins, ...servers }, redactor: new Redactor() },
      });
      expect({ failed: code !== 0, arrived }).toEqual({ failed: true, arrived: [] });
      expect(tail.join("\n")).toContain("NODE_TLS_REJECT_UNAUTHORIZED=0 has Node.js believe any certificate");
    },
    60_000,
  );
});
