import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { accessMachineSeats } from "../../secrets/pool-seats";
import { deployed } from "../fixtures/deployed";
import { installLabAuthority } from "../lab/lab-authority";
import { editCity, TestLab, useShipped } from "../lab/test-lab";
import { typedInLab } from "../lab/typed-command";

const MINUTE = 60_000;
const FLOW = `    - id: access-to-vault
      from: access-gateways
      to: vault
      owner: Sistemi Informativi
      purpose: certificates of the access machines
      ticket: RFC-2026-032
      until: 2027-12-31
    - id: access-to-directory
`;

let lab: TestLab;

/** Catania as it is shipped, of which the access machines fetch certificates. */
beforeAll(async () => {
  lab = await TestLab.start(1, (environments) => {
    useShipped(environments);
    editCity(
      environments,
      "catania",
      "    virtualRouterId: 87\n",
      "    virtualRouterId: 87\n    vaultService: vault\n",
    );
    editCity(environments, "catania", "    - id: access-to-directory\n", FLOW);
  });
  const stacks = ["foundation", "network", "access-a", "access-b", "secrets"];
  await lab.deploy(stacks.map((stack) => `catania-${stack}`));
  await installLabAuthority(lab, "catania");
}, 10 * MINUTE);

afterAll(() => lab.stop(), MINUTE);

const first = (...args: readonly string[]) =>
  typedInLab(lab, "secrets", ["first", "catania", ...args], lab.session.environment("catania"));

test(
  "access machines get a first secret where they are named, and the command tells what it did",
  async () => {
    const { code, stdout } = await first("--pool", "access-machines");
    expect({ code, stdout }).toEqual({ code: 0, stdout: "2 seats: got a first secret" });
    expect(accessMachineSeats(deployed(lab.city("catania"))).map(({ seats }) => seats)).toEqual([
      ...[["catania-access-a"], ["catania-access-b"]],
    ]);
    expect((await first("--pool", "access-machines")).stdout).toBe("2 seats: has one that nobody has opened yet");
    expect((await first("--pool", "access-machine")).told).toContain('did you mean "access-');
  },
  2 * MINUTE,
);

test(
  "what Terraform declared lets a machine stay logged in and renew its certificate, and a second plan is empty",
  async () => {
    const machine = await lab.desktop("catania", "access-machines");
    const renewed = await machine.post("auth/token/renew-self");
    expect(renewed).toMatchObject({ auth: { lease_duration: 604_800, renewable: true } });
    const asked = { common_name: "catania-access-b.vdi.comune.catania.example" };
    for (const time of [1, 2])
      expect({ time, issued: await machine.post("catania/pki/issue/access-machines", asked) }).toMatchObject({
        issued: { data: { certificate: expect.stringContaining("BEGIN CERTIFICATE") } },
      });
    const other = { common_name: "catania-gateway-a.vdi.comune.catania.example" };
    await expect(machine.post("catania/pki/issue/access-machines", other)).rejects.toThrow();
    expect(await lab.changes("catania", ["catania-secrets", "catania-access-a"])).toEqual({});
  },
  3 * MINUTE,
);
