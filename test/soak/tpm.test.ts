import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { ByHand } from "../lab/by-hand";
import { planChanges, terraform } from "../lab/plan-changes";
import { TestLab, editCity, withoutPools } from "../lab/test-lab";
import { typedInLab } from "../lab/typed-command";

/** One lab, one story: the tests run in their order. */
const MINUTE = 60_000;
const SEATS = 2;
/** The lab's own provider, 1.26.0, has no argument for it; others are named for the tests. */
const KNOWS_TPM = process.env.POSTAZIONI_TEST_PROVIDERS !== undefined;
const OFFICE = ["milan-desktops-anagrafe-01", "milan-desktops-educazione-01"];
const LIGHT = "milan-desktops-smart-working-01";
const TPM = '<device xsi:type="VirtualTPM"><key>11000</key></device>';

let lab: TestLab;

beforeAll(async () => {
  lab = await TestLab.start(SEATS, (environments) => {
    withoutPools(environments, ["polizia-locale", "sala-operativa"]);
    if (!KNOWS_TPM) return;
    editCity(environments, "milan", "datacenter: Milano }", "datacenter: Milano, keyProvider: nkp }");
    editCity(environments, "milan", "memoryGib: 8, diskGib: 80 }", "memoryGib: 8, diskGib: 80, tpm: true }");
  });
  await lab.deploy(["milan-foundation", "milan-network", ...OFFICE, LIGHT]);
}, 30 * MINUTE);

afterAll(async () => {
  await lab.stop();
}, MINUTE);

/** Whether each machine of an office pool has a TPM. */
async function officeTpms(): Promise<boolean[]> {
  const { virtualMachines } = await lab.snapshot("milan");
  return virtualMachines.filter(({ name }) => /^mi-(?:ana|edu)-/.test(name)).map(({ vtpm }) => vtpm);
}

async function changed(stack: string): Promise<number> {
  await lab.synth();
  return (await planChanges(lab.session, stack)).changes.length;
}

test(
  "machines cloned from a template with a TPM have it once, after a change too, and no second plan changes anything",
  async () => {
    const all = Array.from({ length: OFFICE.length * SEATS }, () => KNOWS_TPM);
    expect(await officeTpms()).toEqual(all);
    for (const stack of OFFICE) expect(await changed(stack)).toBe(0);
    lab.edit("milan", "memoryGib: 8, diskGib: 80", "memoryGib: 8, memoryReservationGib: 1, diskGib: 80");
    for (const stack of OFFICE) {
      expect(await changed(stack)).toBe(SEATS);
      await terraform(lab.session, stack, ["apply", "-input=false", "-no-color", "plan"]);
      expect(await changed(stack)).toBe(0);
    }
    expect(await officeTpms()).toEqual(all);
  },
  10 * MINUTE,
);

test(
  "a TPM that somebody adds between the preview and the apply is seen by the apply, which leaves the stack alone",
  async () => {
    const approval = join(lab.session.paths.directory, "tpm.json");
    lab.edit("milan", "memoryGib: 4, diskGib: 32 }", "memoryGib: 4, memoryReservationGib: 1, diskGib: 32 }");
    const previewed = await typedInLab(lab, "preview", ["milan", "--approval", approval, "--out", `${approval}.md`]);
    expect(previewed).toMatchObject({ code: 2 });
    const hand = await ByHand.logIn(lab.session, "milan");
    await hand.device("Milano/vm/milan/risorse-umane/smart-working/mi-smw-0002", "add", TPM);
    hand.close();
    const applied = await typedInLab(lab, "apply", [LIGHT, "--approved", approval]);
    expect(applied).toMatchObject({ code: 3, told: expect.stringMatching(/virtual TPM of "mi-smw-0002"/) });
    const { virtualMachines } = await lab.snapshot("milan");
    const light = virtualMachines.filter(({ name }) => name.startsWith("mi-smw-"));
    expect(light.map(({ vtpm, memoryReservationMib }) => [vtpm, memoryReservationMib])).toEqual([
      [false, 0],
      [true, 0],
    ]);
  },
  5 * MINUTE,
);
