import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { handbook } from "../../reports/handbook/handbook";
import { npmLine } from "../fixtures/typed-line";
import { deployed } from "../fixtures/deployed";
import { ByHand } from "../lab/by-hand";
import { vcenterClient } from "../lab/guarded-login";
import { BASE, handOver, startOpenLdapLab } from "../lab/openldap-city";
import { SimulatedGuest } from "../lab/simulated-guest";
import type { TestLab } from "../lab/test-lab";
import { typedInLab } from "../lab/typed-command";

const MINUTE = 60_000;
jest.setTimeout(10 * MINUTE);

const STACK = "milan-desktops-anagrafe-01";
const SEAT = "mi-ana-0001";
const FOLDER = "Milano/vm/milan/servizi-civici/anagrafe";

/** How each command ends while a seat's machine is gone: 3 tells a closed gate, 2 drift, 1 what is not right yet. */
const ENDS: Readonly<Record<string, number>> = {
  "npm run validate": 0,
  "npm run report -- capacity milan": 0,
  "npm run report -- network milan": 0,
  "npm run drift -- milan": 2,
  // A seat that somebody holds is made anew: a gate.
  "npm run preview -- milan --approval approval.json": 3,
  "npm run secrets -- status milan": 1,
  "npm run secrets -- init milan": 0,
  "npm run secrets -- rotate milan join-anagrafe": 0,
  "npm run secrets -- authority request milan --out milan.csr": 0,
};

/** These need the machine again. */
const ONCE_IT_STANDS: readonly string[] = [
  "npm run secrets -- first milan --pool anagrafe",
  `npm run secrets -- first milan --pool anagrafe --again ${SEAT}`,
];

/** Why a command is not run here, and which test runs it; test/reports/handbook/ has its own parser take it. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  "npm run preflight -- milan": "asks an Active Directory: test/lab/preflight.test.ts",
  "npm run apply -- --approved approval.json": "applies every stack: test/lab/apply.test.ts",
  "npm run gateways -- milan": "needs running gateways: test/cli/bring-up.test.ts",
  "npm run secrets -- first milan": "every pool's seats: test/soak/secrets-guide.test.ts",
  "npm run computers -- milan --disable": "needs an Active Directory: test/soak/domain.test.ts",
  "npm run secrets -- authority install milan milan-authority.pem": "needs the root: test/soak/authority.test.ts",
  "npm run secrets -- authority revoke milan 3a:5c:07": "needs an issued certificate: test/soak/authority.test.ts",
  [`npx cdktf deploy ${STACK} --ignore-missing-stack-dependencies`]: "cdktf's own: test/soak/desktops-guide.test.ts",
  "bao status": "OpenBao's own",
  "bao operator unseal": "OpenBao's own; it asks for a share of the key",
};

const folder = mkdtempSync(join(tmpdir(), "handbook-"));
const stops: (() => Promise<void> | void)[] = [];
let lab: TestLab;
let guest: SimulatedGuest;

beforeAll(async () => {
  const started = await startOpenLdapLab(1);
  ({ lab } = started);
  stops.push(started.stop);
  await lab.deploy(["milan-foundation", "milan-network", "milan-secrets", STACK]);
  await handOver(lab, started.directory);
  const { VSPHERE_USER: user = "", VSPHERE_PASSWORD: password = "" } = lab.session.environment();
  const vcenter = await vcenterClient(lab.session, "milan", user, password);
  stops.push(() => vcenter.logOut());
  const directory = { url: started.directory.url, base: BASE };
  guest = await SimulatedGuest.start(vcenter, FOLDER, directory, await lab.machineAddress("milan", "anagrafe"));
  stops.push(() => {
    guest.stop();
  });
}, 30 * MINUTE);

afterAll(async () => {
  for (const stop of stops.reverse()) await stop();
  rmSync(folder, { recursive: true });
}, MINUTE);

function commands(): string[] {
  const book = handbook(deployed(lab.city("milan")), "it", () => 1);
  return [...new Set(book.runbooks.flatMap(({ steps }) => steps.flatMap(({ command }) => command ?? [])))];
}

/** Types a line; a file that it writes goes to the test's own folder. */
async function ends(line: string): Promise<{ readonly code: number | null; readonly told: string }> {
  const { script, args } = npmLine(line) ?? { script: "", args: [] };
  const placed = args.map((arg) => (/\.(?:csr|json)$/.test(arg) ? join(folder, arg) : arg));
  return typedInLab(lab, script, placed);
}

test("every command of the handbook is run here, or a reason says where", () => {
  const known = [...Object.keys(ENDS), ...ONCE_IT_STANDS, ...Object.keys(ELSEWHERE)];
  const all = commands();
  expect(all.filter((line) => !known.includes(line))).toEqual([]);
  expect(known.filter((line) => !all.includes(line) && !line.startsWith("npm run computers"))).toEqual([]);
});

describe("a seat whose machine is gone", () => {
  beforeAll(async () => {
    const hand = await ByHand.logIn(lab.session, "milan");
    await hand.call("PowerOffVM_Task", "VirtualMachine", `${FOLDER}/${SEAT}`);
    await hand.call("Destroy_Task", "VirtualMachine", `${FOLDER}/${SEAT}`);
    hand.close();
  });

  test.each(Object.entries(ENDS))("%s ends with %d", async (line, code) => {
    const ended = await ends(line);
    expect({ code: ended.code, told: ended.told }).toEqual({ code, told: ended.told });
  });

  test("is told by drift with its name", async () => {
    const { stdout } = await typedInLab(lab, "drift", ["milan"]);
    expect(stdout).toContain(SEAT);
  });
});

describe("once it was deployed again", () => {
  beforeAll(async () => {
    await lab.deploy([STACK]);
    await guest.sayCustomized("SUCCEEDED", SEAT);
  }, 5 * MINUTE);

  test.each(ONCE_IT_STANDS)("%s gives it a first secret", async (line) => {
    const { code, told } = await ends(line);
    expect({ code, told }).toEqual({ code: 0, told });
    expect(told).toMatch(/1 seat/);
  });
});
