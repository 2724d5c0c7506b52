import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import type { Login } from "../../access/vsphere/privilege";
import { cityPrivileges } from "../../environments/vsphere/privileges";
import type { PreflightReport } from "../../preflight/preflight";
import { LAB_DIRECTORY } from "../../lab/paths";
import { endOf, startCommand } from "../fixtures/command";
import { deployed } from "../fixtures/deployed";
import { grant, guardedVariables } from "./guarded-login";
import { TestLab } from "./test-lab";

const MINUTE = 60_000;
const SAVED = join(LAB_DIRECTORY, "test-preflight");

jest.setTimeout(3 * MINUTE);

let lab: TestLab;

beforeAll(async () => {
  lab = await TestLab.start(1);
  rmSync(SAVED, { recursive: true, force: true });
  mkdirSync(SAVED, { recursive: true });
  for (const city of lab.cities) await lab.session.saveVcenter(city, join(SAVED, city));
}, 10 * MINUTE);

afterAll(async () => {
  rmSync(SAVED, { recursive: true, force: true });
  await lab.stop();
}, MINUTE);

async function held(
  city: string,
  options: readonly string[],
  variables: Record<string, string> = {},
): Promise<{ code: number; report: PreflightReport }> {
  // Node reads the authority of a server's certificate when it starts, so who asks one is a process.
  const { code, out, err } = await endOf(
    startCommand(["preflight", city, "--format", "json", ...options], {
      ...lab.session.environment(city),
      ...variables,
    }),
  );
  if (out === "") throw new Error(err);
  return { code: code ?? -1, report: JSON.parse(out) as PreflightReport };
}

describe.each(["milan", "catania"])("a vCenter as %s's file presupposes it", (city) => {
  test.each([
    ["asked", [], false],
    ["saved", ["--saved", join(SAVED, city)], true],
  ])("%s, has nothing wrong", async (_, options, blind) => {
    const { code, report } = await held(city, options);
    expect(report.findings.map(({ at, message }) => `${at}: ${message}`)).toEqual([]);
    expect({ code, result: report.result }).toEqual({ code: 0, result: "passed" });
    // A saved inventory has no licences; the lab's vCenter tells its own.
    expect(report.notLookedAt.includes("licences")).toBe(blind);
  });
});

describe("the privileges of a login", () => {
  const needed = (login: Login): string[] =>
    cityPrivileges(deployed(lab.city("milan"))).flatMap((one) =>
      one.login === login ? one.privileges.map(({ id }) => id) : [],
    );
  async function asked(privileges: readonly string[], ...logins: readonly Login[]): Promise<string[]> {
    await grant(lab.session, "milan", privileges);
    const { report } = await held("milan", ["--login", ...logins], guardedVariables(lab.session));
    return report.findings.map(({ at, message }) => `${at}: ${message}`);
  }

  test("are told on each object that lacks one of them, for every login that was named", async () => {
    expect(await asked(needed("network"), "network")).toEqual([]);
    const without = needed("network").filter((id) => id !== "DVSwitch.Create" && id !== "Host.Config.Network");
    expect(await asked(without, "network", "foundation")).toEqual([
      expect.stringMatching(/vsphere\.server: .* on vCenter's root .* foundation needs: .*Tagging\.CreateTag/),
      "platform.vsphere.datacenter: the login lacks on the datacenter's folder of machines privileges that foundation needs: Authorization.ModifyPermissions, Folder.Create, Folder.Delete, Folder.Move",
      "platform.vsphere.datacenter: the login lacks on the datacenter's folder of networks privileges that network needs: DVSwitch.Create",
      expect.stringMatching(/ on the cluster "milano-vdi-a", .* foundation needs: .*Resource\.CreatePool/),
      expect.stringMatching(/ on the host "esx-a01.*" and \d+ more .* network needs: Host\.Config\.Network$/),
    ]);
  });

  test("for first secrets, with no folder to ask about before the first deployment, are not looked at", async () => {
    await grant(lab.session, "milan", []);
    const { report } = await held("milan", ["--login", "first-secrets"], guardedVariables(lab.session));
    expect(report.findings).toEqual([]);
    expect(report.notLookedAt.join()).toContain("privileges of first-secrets, before the folders");
  });
});
