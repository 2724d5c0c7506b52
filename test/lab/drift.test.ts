import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import type { DriftReport } from "../../preview/drift-report";
import { seriesOf } from "../fixtures/promtool";
import { soakTest } from "../fixtures/soak";
import { ByHand } from "./by-hand";
import { TestLab, withoutPools } from "./test-lab";
import { typedInLab } from "./typed-command";

/** One lab, one story: the tests run in their order. */
const MINUTE = 60_000;
const DESKTOPS = "milan-desktops-anagrafe-01";
const MACHINE = "Milano/vm/milan/servizi-civici/anagrafe/mi-ana-0001";
const PORT_GROUP = "Milano/network/desktops-anagrafe";
const POLICY = "sys/policies/acl/milan-pool-anagrafe";
const OPENED =
  "<securityPolicy><inherited>false</inherited><allowPromiscuous><inherited>false</inherited><value>true</value>" +
  "</allowPromiscuous></securityPolicy>";

jest.setTimeout(3 * MINUTE);

const folder = mkdtempSync(join(tmpdir(), "drift-"));
/** What node_exporter would read. */
const METRICS = join(folder, "drift.prom");

let lab: TestLab;
let hand: ByHand;

beforeAll(async () => {
  lab = await TestLab.start(1, (environments) => {
    withoutPools(environments, ["educazione", "polizia-locale", "sala-operativa"]);
  });
  await lab.deploy("milan");
  hand = await ByHand.logIn(lab.session, "milan");
}, 10 * MINUTE);

afterAll(async () => {
  hand.close();
  await lab.stop();
  rmSync(folder, { recursive: true });
}, MINUTE);

const CHECKED = /^postazioni_drift_checked_timestamp_seconds [\d.]+$/;

async function drift(args: readonly string[] = [], variables: NodeJS.ProcessEnv = {}) {
  const { code, stdout } = await typedInLab(
    lab,
    "drift",
    ["milan", "--format", "json", "--metrics", METRICS, ...args],
    variables,
  );
  return { code, report: JSON.parse(stdout) as DriftReport };
}

function found({ stacks }: DriftReport) {
  return stacks.flatMap(({ stack, drift: resources }) =>
    resources.map(({ address, action, attributes }) => [stack, address, action, attributes]),
  );
}

test("of a city that nobody touched is none, though vCenter and Vault fill in much by themselves and a change of the file waits", async () => {
  lab.edit("milan", "cpus: 2, memoryGib: 4, diskGib: 32 }", "cpus: 4, memoryGib: 4, diskGib: 32 }");
  const { code, report } = await drift([], { VAULT_TOKEN: await lab.branchToken("milan", "plan") });
  expect({ code, result: report.result, found: found(report) }).toEqual({ code: 0, result: "none", found: [] });
  expect(seriesOf(METRICS)).toEqual(["postazioni_drift_resources 0", expect.stringMatching(CHECKED)]);
  lab.edit("milan", "cpus: 4, memoryGib: 4, diskGib: 32 }", "cpus: 2, memoryGib: 4, diskGib: 32 }");
});

test("names a machine that was resized, a port group that was opened and a policy that was widened; and apart what is left", async () => {
  await hand.resize(MACHINE, 2048);
  await hand.growDisk(MACHINE, 120);
  await hand.reconfigure(MACHINE, "<annotation>backed up</annotation>");
  const opened = `<spec><defaultPortConfig xsi:type="VMwareDVSPortSetting">${OPENED}</defaultPortConfig></spec>`;
  await hand.call("ReconfigureDVPortgroup_Task", "DistributedVirtualPortgroup", PORT_GROUP, opened);
  await lab.session.vault.post(POLICY, { policy: 'path "milan/kv/data/*" { capabilities = ["read"] }' });
  const { code, report } = await drift();
  expect(code).toBe(2);
  expect(found(report)).toEqual([
    [DESKTOPS, expect.stringContaining("vsphere_virtual_machine.pool_kept_"), "update", ["memory"]],
    [
      "milan-network",
      expect.stringContaining("port_group.segments_desktops-anagrafe_"),
      "update",
      ["allow_promiscuous"],
    ],
    ["milan-secrets", expect.stringContaining("vault_policy.secrets_pools_anagrafe_"), "update", ["policy"]],
  ]);
  expect(report.stacks.find(({ stack }) => stack === DESKTOPS)?.others).toMatchObject([
    { key: "mi-ana-0001", what: ["its note", "the size of disk0"] },
  ]);
  expect(JSON.stringify(report)).not.toMatch(/2048|backed up/);
  expect(seriesOf(METRICS)).toEqual(["postazioni_drift_resources 3", expect.stringMatching(CHECKED)]);
});

test("is shown in the preview, and closes its gate", async () => {
  const { code, stdout } = await typedInLab(lab, "preview", ["milan", DESKTOPS]);
  expect(code).toBe(3);
  expect(stdout).toContain("Changed outside Terraform");
});

/** What is told of the machine that somebody deletes below. */
const GONE = [DESKTOPS, expect.stringContaining('["mi-ana-0001"]'), "destroy", []];

async function deleted(): Promise<void> {
  await hand.call("PowerOffVM_Task", "VirtualMachine", MACHINE);
  await hand.call("Destroy_Task", "VirtualMachine", MACHINE);
}

test("names a machine that somebody deleted, and all of it is gone after the next deployment", async () => {
  await deleted();
  expect(found((await drift()).report)).toContainEqual(GONE);
  await lab.deploy([DESKTOPS, "milan-network", "milan-secrets"]);
  expect(await drift()).toMatchObject({ code: 0, report: { result: "none" } });
});

soakTest("names it too where its seat is retired meanwhile", async () => {
  await deleted();
  lab.edit("milan", "    code: ana\n", "    code: ana\n    retired: [1]\n");
  expect(found((await drift()).report)).toContainEqual(GONE);
  lab.edit("milan", "    retired: [1]\n", "");
  await lab.deploy([DESKTOPS]);
});

test("shows what it can where something cannot be planned, and ends with 1; as it does for a wrong option", async () => {
  const { code, report } = await drift([], { VAULT_TOKEN: "s.not-a-token-of-anybody" });
  expect({ code, result: report.result }).toEqual({ code: 1, result: "failed" });
  expect(seriesOf(METRICS)).toEqual(["postazioni_drift_resources 0"]);
  expect(report.stacks.filter(({ failure }) => failure !== null).map(({ stack }) => stack)).toEqual(["milan-secrets"]);
  expect((await typedInLab(lab, "drift", ["milan", "--no-such-option"])).code).toBe(1);
  expect((await typedInLab(lab, "preview", ["milan", "--no-such-option"])).code).toBe(1);
});
