import { existsSync, mkdirSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { Lab } from "../../lab/lab";
import { temporaryFolder } from "./temporary-folder";

const folder = temporaryFolder();

describe("a lab of which a server cannot be stopped", () => {
  test("stops the rest, gives its folder free, and says what is left, to everyone who asks", async () => {
    mkdirSync(folder("tmp"));
    const done: string[] = [];
    const server = (name: string, stop: () => Promise<void>) => ({ name, pid: 1, running: () => true, stop });
    const data = { directory: folder(), started: "", cities: [], providers: "built", variables: {}, secrets: [] };
    const lab = new Lab(
      { ...data, programs: { vcenter: "", terraform: "", terraformVersion: "" } },
      {
        services: [
          server("vCenter", () => Promise.reject(new Error("process 7 does not end"))),
          server("OpenBao", () => Promise.resolve(void done.push("OpenBao"))),
        ],
        control: { close: () => void done.push("socket") },
        keeper: { release: () => void done.push("keeper") },
        release: () => void done.push("lock"),
      },
    );
    await expect(lab.stop()).rejects.toThrow("the lab was not stopped wholly: process 7 does not end");
    await lab.stopped;
    await expect(lab.stop()).rejects.toThrow("process 7");
    expect(done).toEqual(["OpenBao", "socket", "keeper", "lock"]);
    expect(existsSync(folder("tmp"))).toBe(false);
  });
});
