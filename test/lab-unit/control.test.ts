import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { createServer } from "node:net";
import { describe, expect, test } from "@jest/globals";
import { connectLab, labStatus, serveControl, stopLab } from "../../lab/control";
import type { SessionData } from "../../lab/session";
import { temporaryFolder } from "./temporary-folder";

const folder = temporaryFolder();

const DATA: SessionData = {
  directory: "/nowhere",
  started: "2026-11-21T00:00:00.000Z",
  cities: [
    { id: "milan", vcenter: "127.0.0.1:2", clonesAtATime: 8 },
    { id: "catania", vcenter: "127.0.0.1:1", clonesAtATime: 8 },
  ],
  programs: { vcenter: "vcenter", terraform: "terraform", terraformVersion: "1.11.4" },
  providers: "built",
  variables: { VAULT_ADDR: "http://127.0.0.1:3", VAULT_TOKEN: "root-token" },
  secrets: ["root-token"],
};

async function serve() {
  let stopped = 0;
  const control = await serveControl(folder("lab.sock"), {
    environment: () => DATA,
    services: () => [{ name: "OpenBao", pid: 1, running: true }],
    stop: () => {
      stopped += 1;
      return Promise.resolve();
    },
  });
  return { control, stopped: () => stopped };
}

describe("a lab's socket", () => {
  test("gives the lab to other processes of its owner and to nobody else", async () => {
    const { control } = await serve();
    expect(statSync(folder("lab.sock")).mode & 0o777).toBe(0o600);
    const lab = await connectLab(folder("lab.sock"));
    expect(lab.cities).toEqual(["catania", "milan"]);
    expect(lab.environment("milan")).toMatchObject({ VAULT_TOKEN: "root-token", GOVC_URL: "https://127.0.0.1:2/sdk" });
    expect(await labStatus(folder("lab.sock"))).toEqual([{ name: "OpenBao", pid: 1, running: true }]);
    control.close();
  });

  test("stops the lab and answers when it has", async () => {
    const { control, stopped } = await serve();
    await stopLab(folder("lab.sock"));
    expect(stopped()).toBe(1);
    control.close();
  });

  test("tells who asked what could not be stopped, and does not leave them waiting", async () => {
    const control = await serveControl(folder("lab.sock"), {
      environment: () => DATA,
      services: () => {
        throw new Error("no list");
      },
      stop: () => Promise.reject(new Error("OpenBao did not end")),
    });
    await expect(stopLab(folder("lab.sock"))).rejects.toThrow("the lab says: OpenBao did not end");
    await expect(labStatus(folder("lab.sock"))).rejects.toThrow("the lab says: no list");
    control.close();
  });

  test("that another kind of server has is told from a lab's", async () => {
    const other = createHttpServer((_request, response) => response.writeHead(403).end("<html>")).listen(
      folder("lab.sock"),
    );
    await expect(connectLab(folder("lab.sock"))).rejects.toThrow("no lab's answer on its socket: status 403");
    other.close();
  });

  test("that is missing means that no lab is up", async () => {
    await expect(connectLab(folder("lab.sock"))).rejects.toThrow("no lab is up: start one with 'npm run lab -- up'");
  });

  test("that a killed lab left means that no lab is up", async () => {
    writeFileSync(folder("lab.sock"), "");
    await expect(connectLab(folder("lab.sock"))).rejects.toThrow("no lab is up");
  });

  test("that something else serves is not taken for a lab's", async () => {
    const other = createServer((socket) => socket.destroy()).listen(folder("lab.sock"));
    await expect(connectLab(folder("lab.sock"))).rejects.toThrow(/socket hang up|EPIPE|ECONNRESET/);
    other.close();
  });

  test("works below a path that is longer than a socket's may be, as the way from here is taken", async () => {
    const deep = folder("d".repeat(60), "e".repeat(60));
    mkdirSync(deep, { recursive: true });
    const before = process.cwd();
    process.chdir(deep);
    const control = await serveControl(`${deep}/lab.sock`, {
      environment: () => DATA,
      services: () => [],
      stop: () => Promise.resolve(),
    });
    expect(await labStatus(`${deep}/lab.sock`)).toEqual([]);
    control.close();
    process.chdir(before);
  });
});

describe("a session", () => {
  test("refuses what is neither a city nor a stack of one", async () => {
    const { control } = await serve();
    const lab = await connectLab(folder("lab.sock"));
    await expect(lab.deploy("roma")).rejects.toThrow("roma is neither a city of the lab (catania, milan)");
    expect(() => lab.environment("roma")).toThrow("roma is not in the lab, which has catania, milan");
    control.close();
  });
});
