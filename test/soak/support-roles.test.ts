import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { SUPPORT_DUTIES } from "../../access/vsphere/support-duties";
import type { SupportDuty } from "../../access/vsphere/support-duties";
import { ByHand } from "../lab/by-hand";
import { asMember, triedElsewhere, triedOnMachine } from "../lab/support-calls";
import { declaredPrivileges, heldPrivileges } from "../lab/support-privileges";
import { withDuties } from "../lab/support-duties";
import { deployed } from "../fixtures/deployed";
import { planChanges } from "../lab/plan-changes";
import { TestLab } from "../lab/test-lab";
import { typedInLab } from "../lab/typed-command";

const MINUTE = 60_000;
jest.setTimeout(15 * MINUTE);

/** One lab, one story: the tests run in their order. */
let lab: TestLab;
let admin: ByHand;

const HOST = (number: string): string => `Milano/host/milano-vdi-a/esx-a${number}.comune.milano.example`;
const QUARANTINE = "Milano/network/desktops-polizia-locale";
const OWN = { path: "Milano/vm/milan/tecnica/tecnica/mi-tec-0001", host: HOST("12"), otherPortGroup: QUARANTINE };
const OTHER = {
  path: "Milano/vm/milan/servizi-civici/anagrafe/mi-ana-0001",
  host: HOST("02"),
  otherPortGroup: QUARANTINE,
};
const GATEWAY = { path: "Milano/vm/milan/gateway-a/milan-gateway-a", host: HOST("03"), otherPortGroup: QUARANTINE };
const ELSEWHERE = {
  folder: "Milano/vm/milan/tecnica/tecnica",
  resourcePool: "Milano/host/milano-vdi-a/Resources/milan-tecnica",
  portGroup: "Milano/network/desktops-tecnica",
  cluster: "Milano/host/milano-vdi-a",
  datastore: "Milano/datastore/vsan-vdi-a",
};

const POWER = ["PowerOffVM_Task", "PowerOnVM_Task", "PowerOnMultiVM_Task", "ResetVM_Task", "AcquireTicket"];
const HELP = [...POWER, "CreateSnapshot_Task", "RevertToCurrentSnapshot_Task"];

/** What each duty may call on a desktop, and on a gateway; every other call is refused. */
const ALLOWED: Readonly<
  Record<SupportDuty, { readonly desktop: readonly string[]; readonly gateway: readonly string[] }>
> = {
  "help-desk": { desktop: HELP, gateway: [] },
  "desktop-team": {
    desktop: [...HELP, "SuspendVM_Task", "isolate", "RemoveAllSnapshots_Task", "migrate"],
    gateway: [],
  },
  "network-team": { desktop: [], gateway: POWER },
  security: { desktop: ["SuspendVM_Task", "isolate", "CreateSnapshot_Task"], gateway: [] },
  auditor: { desktop: [], gateway: [] },
  monitoring: { desktop: [], gateway: [] },
};

/** How many calls were tried, for the figures. */
let calls = 0;

beforeAll(async () => {
  lab = await TestLab.start(1, (environments) => {
    withDuties(environments, SUPPORT_DUTIES);
  });
  await lab.deploy([
    ...["foundation", "network", "gateway-a", "desktops-tecnica-01", "desktops-anagrafe-01"].map(
      (part) => `milan-${part}`,
    ),
  ]);
  admin = await ByHand.logIn(lab.session, "milan");
}, 30 * MINUTE);

afterAll(async () => {
  admin.close();
  await lab.stop();
  process.stdout.write(`support roles: ${String(calls)} calls tried\n`);
}, MINUTE);

/** What was done, sorted; anything else than a refusal is told with its error. */
function done(outcomes: Readonly<Record<string, string>>): string[] {
  calls += Object.keys(outcomes).length;
  return Object.entries(outcomes)
    .flatMap(([name, outcome]) => (outcome === "refused" ? [] : outcome === "done" ? [name] : [`${name}: ${outcome}`]))
    .sort();
}

test("a second plan of what has the roles is empty", async () => {
  expect(await lab.session.plan(["milan-foundation", "milan-network"])).toMatchObject([
    { result: "unchanged" },
    { result: "unchanged" },
  ]);
});

test.each(SUPPORT_DUTIES)("%s may call what its duty says, and nothing else", async (duty) => {
  await asMember(lab.session, "milan", `MILANO\\trial-${duty}`, async (hand) => {
    const { desktop, gateway } = ALLOWED[duty];
    expect(done(await triedOnMachine(hand, admin, OWN))).toEqual([...desktop].sort());
    expect(done(await triedOnMachine(hand, admin, GATEWAY))).toEqual([...gateway].sort());
    expect(done(await triedElsewhere(hand, ELSEWHERE))).toEqual([]);
  });
});

test("a help desk of one pool may call nothing on another's machines", async () => {
  await asMember(lab.session, "milan", "MILANO\\trial-one-pool", async (hand) => {
    expect(done(await triedOnMachine(hand, admin, OTHER))).toEqual([...HELP].sort());
    expect(done(await triedOnMachine(hand, admin, OWN))).toEqual([]);
    expect(done(await triedOnMachine(hand, admin, GATEWAY))).toEqual([]);
  });
});

test.each([...SUPPORT_DUTIES, "one-pool"])(
  "%s holds of all of vCenter's privileges just those of its table",
  async (role) => {
    const held = await heldPrivileges(lab.session, "milan", `MILANO\\trial-${role}`);
    expect(held).toEqual(await declaredPrivileges(lab.session, deployed(lab.city("milan")), `trial-${role}`));
  },
);

test("a permission that somebody gave by hand on an object of the city's is told: by the next plan, and by preflight", async () => {
  await admin.permit("Datastore", ELSEWHERE.datastore, "MILANO\\trial-one-pool");
  await admin.permit("Datastore", ELSEWHERE.datastore, "MILANO\\trial-network-team");
  const { changes } = await planChanges(lab.session, "milan-foundation");
  expect(changes).toMatchObject([{ type: "vsphere_entity_permissions", actions: "update" }]);
  const { stdout } = await typedInLab(lab, "preflight", ["milan"]);
  expect(stdout).toMatch(/others have permissions on the datastore "vsan-vdi-a" itself.*"MILANO..?trial-network-team"/);
});

test("they go with their stacks", async () => {
  await lab.destroy("milan");
  const { permissions } = await lab.snapshot("milan");
  expect(permissions.filter(({ principal }) => principal.toUpperCase().startsWith("MILANO"))).toEqual([]);
});
