import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { releaseStateKeys } from "../../lab/state-keys";
import { Way } from "./cut";
import { recover } from "./killing";
import { secretsCity } from "./secrets-city";
import { StoreLab } from "./store-lab";
import { eventually } from "../fixtures/eventually";

const MINUTE = 60_000;
const CITY = secretsCity();
const [ANAGRAFE, TECNICA, SECRETS] = ["desktops-anagrafe-01", "desktops-tecnica-01", "secrets"].map(
  (part) => `${CITY.id}-${part}`,
) as [string, string, string];

jest.setTimeout(30 * MINUTE);

let lab: StoreLab;
let ways: Readonly<Record<"vCenter" | "Vault" | "the store", Way>>;

/** The city's servers are reached by ways that can be cut. */
beforeAll(async () => {
  lab = await StoreLab.begin("http", CITY);
  const { vault = "", vsphere = "" } = await endpoints();
  const states = lab.store?.state.backend === "http" ? lab.store.state.address : "";
  ways = {
    vCenter: await Way.to(Number(vsphere.split(":")[1])),
    Vault: await Way.to(Number(new URL(vault).port)),
    "the store": await Way.to(Number(new URL(states).port)),
  };
  const at = (way: Way): string => `127.0.0.1:${String(way.port)}`;
  lab.overlay((said) => ({
    ...said,
    endpoints: {
      [CITY.id]: { ...said.endpoints[CITY.id], vsphere: at(ways.vCenter), vault: `http://${at(ways.Vault)}` },
    },
    state: { backend: "http", address: `https://${at(ways["the store"])}` },
  }));
  await lab.synthesize();
  const { code, out } = await lab.typed("deploy", "--yes");
  if (code !== 0) throw new Error(out);
}, 30 * MINUTE);

afterAll(async () => {
  for (const way of Object.values(ways)) await way.cut();
  await lab.stop();
}, MINUTE);

function endpoints(): Promise<Partial<Record<"vault" | "vsphere", string>>> {
  return new Promise((resolve) => {
    lab.overlay((said) => {
      resolve(said.endpoints[CITY.id] ?? {});
      return said;
    });
  });
}

/** A path of the folder that deployments work in. */
function output(...names: string[]): string {
  return join(lab.session.paths.directory, "deploy.out", ...names);
}

/** Destroys a stack, as the file has not asked for: the next deployment makes it anew. */
async function gone(stack: string): Promise<void> {
  if (stack === SECRETS) await releaseStateKeys([CITY.id], (city) => lab.session.vaultOf(city));
  await lab.synthesize();
  await lab.destroy(stack);
}

async function expectWhole(): Promise<void> {
  expect(await lab.deploy()).toMatchObject({ code: 0 });
  const after = await lab.typed("deploy", "--dry-run");
  expect(after).toEqual({ code: 0, out: expect.stringMatching(/^6 stacks without change$/m) });
  const names = (await lab.instances("sa-")).map(([name]) => name);
  expect(names).toEqual([...new Set(names)]);
}

describe("a connection that is lost in the middle of an apply", () => {
  test.each([
    ["vCenter", ANAGRAFE, /Creating\.\.\./, /failed: terraform apply: .*(?:refused|reset|EOF)/],
    ["Vault", SECRETS, /Creation complete/, /failed: terraform apply: .*(?:refused|reset|EOF)/],
    ["the store", TECNICA, /Creating\.\.\./, /failed: terraform apply: .*(?:[Ff]ailed to (?:save|persist)|refused)/],
  ] as const)("to %s is told, and the next deployment ends in an empty plan", async (server, stack, text, told) => {
    await gone(stack);
    const log = output("logs", `${stack}-apply.log`);
    rmSync(log, { force: true });
    const deployment = lab.typed("deploy", "--yes");
    const over = new AbortController();
    void deployment.finally(() => {
      over.abort();
    });
    await eventually(() => over.signal.aborted || (existsSync(log) && text.test(readFileSync(log, "utf8"))));
    await ways[server].cut();
    const { code, out } = await deployment;
    await ways[server].open();
    expect({ code, out }).toEqual({ code: 1, out: expect.stringMatching(told) });
    expect(out).not.toContain("unexpectedly");
    await recover(lab);
    await expectWhole();
  });
});

describe("a disk that becomes full below a deployment's folder", () => {
  test.each([0, 12, 24])(
    "with %d KiB left is told, and the next deployment ends in an empty plan",
    async (spareKib) => {
      await gone(TECNICA);
      const { code, out } = await lab.typedOnFullDisk(output(), spareKib, "deploy", "--yes");
      expect({ code, out }).toEqual({ code: 1, out: expect.stringMatching(/no space left on device/i) });
      expect(out).not.toContain("unexpectedly");
      await recover(lab);
      await expectWhole();
    },
  );
});
