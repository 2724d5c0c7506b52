import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import type { Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "@jest/globals";
import { run } from "../../runtime/process";
import { REPOSITORY } from "../../runtime/paths";
import { Redactor } from "../../runtime/redactor";
import { selfSigned } from "../fixtures/self-signed";

const folder = mkdtempSync(join(tmpdir(), "kept-sessions-"));
const asked: unknown[] = [];
let certificate = "";
let server: Server;
let host = "";

beforeAll(async () => {
  const made = selfSigned(folder);
  certificate = made.certificate;
  const options = { key: readFileSync(made.key), cert: readFileSync(certificate) };
  server = createServer(options, ({ method, url, headers }, response) => {
    asked.push([method, url, headers.cookie ?? headers["vmware-api-session-id"]]);
    response.end("<Envelope><Body><LogoutResponse/></Body></Envelope>");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  host = `localhost:${String((server.address() as AddressInfo).port)}`;
});

afterEach(() => {
  asked.length = 0;
  rmSync(join(folder, "sessions"), { recursive: true, force: true });
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

/** A file of a session as govmomi 0.55 writes it. */
function kept(name: string, text: string): void {
  mkdirSync(join(folder, "sessions"), { recursive: true });
  writeFileSync(join(folder, "sessions", name), text);
}

/** In a process of its own, for Node reads the variable of trusted authorities when it starts. */
async function end(trusted = certificate): Promise<unknown> {
  const script = `void require("./vcenter/kept-sessions.ts").endKeptSessions(process.argv[1])`;
  const args = ["--import", "tsx", "--eval", script, join(folder, "sessions")];
  const env = { PATH: process.env.PATH, NODE_EXTRA_CA_CERTS: trusted };
  const { code } = await run({ command: process.execPath, args, cwd: REPOSITORY, env, redactor: new Redactor() });
  return code;
}

const client = (more: object): string =>
  JSON.stringify({ SoapClient: { insecure: false, url: { Scheme: "https", Host: host, Path: "/sdk" }, ...more } });

test("sessions that an older govmomi kept are ended too", async () => {
  const older = { Cookies: [{ Name: "vmware_soap_session", Value: "52-b" }], URL: { Scheme: "https", Host: host } };
  kept("soap", JSON.stringify({ SoapClient: { ...older, Insecure: true, Version: "" } }));
  expect(await end()).toBe(0);
  expect(asked).toEqual([["POST", "/sdk", "vmware_soap_session=52-b"]]);
});

test("kept sessions are ended, that of SOAP by its cookie and that of REST by its id; what is no session is passed over", async () => {
  kept("soap", client({ cookies: [{ Name: "vmware_soap_session", Value: "52-a", Path: "", Quoted: false }] }));
  kept("rest", JSON.stringify({ ...(JSON.parse(client({ cookies: null })) as object), SessionID: "b-1" }));
  kept("half", '{"SoapClient":{"cook');
  expect(await end()).toBe(0);
  expect(asked).toHaveLength(2);
  expect(asked).toEqual(
    expect.arrayContaining([
      ["POST", "/sdk", "vmware_soap_session=52-a"],
      ["DELETE", "/rest/com/vmware/cis/session", "b-1"],
    ]),
  );
});

test("a server that is not trusted gets no cookie, and nothing fails for it", async () => {
  kept("soap", client({ cookies: [{ Name: "vmware_soap_session", Value: "52-a" }] }));
  expect(await end("")).toBe(0);
  expect(asked).toEqual([]);
  rmSync(join(folder, "sessions"), { recursive: true });
  expect(await end()).toBe(0);
});
