import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, jest, test } from "@jest/globals";
import { end, inFolder, KINDS, random, recover, strike } from "./killing";
import type { Kind } from "./killing";
import { BACKENDS, DESKTOPS, StoreLab } from "./store-lab";
import type { Backend, Declared } from "./store-lab";

const MINUTE = 60_000;
/** Faults of each kind of store; POSTAZIONI_FAULTS sets another number, POSTAZIONI_BACKENDS a list of kinds. */
const FAULTS = Number(process.env.POSTAZIONI_FAULTS ?? 5);
const CHOSEN = process.env.POSTAZIONI_BACKENDS?.split(",") ?? BACKENDS;
const SEED = Number(process.env.POSTAZIONI_SEED ?? 20261130);
/** After so long at most it happens, in ms: an apply of three machines takes about as long here. */
const LATEST_MS = 4000;

/** What the deployment does that dies: a first deployment, an image's change, a removal, and growth. */
const DECLARED: readonly Declared[] = [
  { seats: 3, version: "2026.11" },
  { seats: 3, version: "2026.12" },
  { seats: 1, version: "2026.12" },
  { seats: 3, version: "2026.12" },
  { seats: 3, version: "2026.11" },
  { seats: 1, version: "2026.11" },
];

jest.setTimeout(90 * MINUTE);

function stateOf(text: string): { readonly serial: number; readonly lineage: string } {
  return text.trim() === "" ? { serial: 0, lineage: "" } : (JSON.parse(text) as { serial: number; lineage: string });
}

/** One fault, and all that must be so after it. */
async function survives(lab: StoreLab, kind: Kind, declared: Declared, waitMs: number): Promise<void> {
  await lab.declare(declared);
  const before = stateOf(await lab.terraform(DESKTOPS, ["state", "pull"]));
  await strike(lab, { kind, stack: DESKTOPS, action: "apply", waitMs });
  const said = await recover(lab);
  end(inFolder(lab.folder(DESKTOPS)));
  await lab.apply(DESKTOPS);
  // It fails for a plan that is not empty.
  await lab.terraform(DESKTOPS, ["plan", "-detailed-exitcode", "-input=false", "-lock=false", "-no-color"]);
  const after = stateOf(await lab.terraform(DESKTOPS, ["state", "pull"]));
  const names = ["vx-uff-0001", "vx-uff-0002", "vx-uff-0003"].slice(0, declared.seats);
  expect({ said, machines: await lab.machines() }).toEqual({ said, machines: names });
  expect(after.serial).toBeGreaterThanOrEqual(before.serial);
  if (before.lineage !== "") expect(after.lineage).toBe(before.lineage);
}

test.each(BACKENDS.filter((backend) => CHOSEN.includes(backend)))(
  `after each of ${String(FAULTS)} kills the next deployment ends in an empty plan, with no machine too many: %s, POSTAZIONI_SEED=${String(SEED)}`,
  async (backend: Backend) => {
    const lab = await StoreLab.start(backend);
    const next = random(SEED + BACKENDS.indexOf(backend));
    const kinds = KINDS.filter((kind) => kind !== "store" || lab.store !== undefined);
    const survived: string[] = [];
    try {
      for (let fault = 0; fault < FAULTS; fault += 1) {
        const kind = kinds[Math.floor(next() * kinds.length)] ?? "terraform";
        const declared = DECLARED[fault % DECLARED.length] ?? { seats: 1, version: "2026.11" };
        const waitMs = Math.floor(next() * LATEST_MS);
        process.stderr.write(
          `${backend} ${String(fault + 1)}: ${kind} after ${String(waitMs)} ms, ${JSON.stringify(declared)}\n`,
        );
        await survives(lab, kind, declared, waitMs);
        survived.push(kind);
      }
      expect(survived).toHaveLength(FAULTS);
    } finally {
      await lab.stop();
    }
  },
);

test("a lock is never lifted while its holder works; it is named with who, when and for what, and lifted once that ended", async () => {
  const lab = await StoreLab.start("s3");
  try {
    const { child, ended } = lab.dying("terraform", DESKTOPS, "apply");
    const working =
      /1 lock held\n.*: \w+@\S+ for apply since 20\S+ .*, lock (\S+): process \d+ of this machine works on it\n/;
    let said = await lab.typed("recover", "--repair");
    while (!working.test(said.out) && child.exitCode === null) said = await lab.typed("recover", "--repair");
    expect(said).toEqual({ code: 1, out: expect.stringMatching(working) });
    end([child.pid ?? 0]);
    await ended;
    const listed = await lab.typed("recover");
    expect(listed).toEqual({ code: 1, out: expect.stringMatching(/works on it any more; --repair lifts it\n/) });
    expect((await lab.typed("recover", "--repair")).out).toMatch(/1 lock held\n.*: lifted\n/);
  } finally {
    end(inFolder(lab.folder(DESKTOPS)));
    await lab.stop();
  }
});

test("a state that a full disk did not take is stored by recover: it has the machines that were made", async () => {
  const lab = await StoreLab.start("local");
  try {
    expect(await lab.applyOnFullDisk()).toBe(1);
    expect(existsSync(join(lab.folder(DESKTOPS), "errored.tfstate"))).toBe(true);
    const listed = await lab.typed("recover");
    expect(listed).toEqual({
      code: 1,
      out: expect.stringMatching(/1 state not stored\n.*errored.tfstate: not stored yet\n/),
    });
    const { code, out } = await lab.typed("recover", "--repair");
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringMatching(/errored.tfstate: stored\n0 objects in no state\n0 machines/),
    });
    expect(existsSync(join(lab.folder(DESKTOPS), "errored.tfstate"))).toBe(false);
    await lab.terraform(DESKTOPS, ["plan", "-detailed-exitcode", "-input=false", "-lock=false", "-no-color"]);
    expect(await lab.machines()).toEqual(["vx-uff-0001", "vx-uff-0002", "vx-uff-0003"]);
  } finally {
    await lab.stop();
  }
});

test("a lost state of machines is rebuilt from those that stand: the same machines, and then an empty plan", async () => {
  const lab = await StoreLab.start("local");
  try {
    await lab.apply(DESKTOPS);
    const before = await lab.instances();
    rmSync(join(lab.session.paths.state, `${DESKTOPS}.tfstate`));
    expect((await lab.typed("recover", "--repair")).out).toMatch(/3 machines in no state\n(?:.*: adopted\n){3}/);
    await lab.apply(DESKTOPS);
    await lab.terraform(DESKTOPS, ["plan", "-detailed-exitcode", "-input=false", "-lock=false", "-no-color"]);
    expect(await lab.instances()).toEqual(before);
  } finally {
    await lab.stop();
  }
});
