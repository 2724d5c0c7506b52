import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import type { Approval } from "../../preview/approval";
import { Soap } from "../../secrets/vcenter/soap";
import { childText, escapeXml } from "../../secrets/vcenter/xml";
import { filesBelow, TestLab } from "./test-lab";
import { typed } from "./typed-command";

/** One lab, one story: the tests run in their order. */
const MINUTE = 60_000;
/** In the order in which they stand on one another. */
const STACKS = ["catania-foundation", "catania-secrets", "catania-network", "catania-desktops-tecnica-01"] as const;
const [FOUNDATION, , NETWORK, DESKTOPS] = STACKS;

jest.setTimeout(3 * MINUTE);

let lab: TestLab;
let approval: string;

beforeAll(async () => {
  lab = await TestLab.start(1);
  approval = join(lab.session.paths.directory, "approval.json");
}, 10 * MINUTE);

afterAll(async () => {
  await lab.stop();
}, MINUTE);

function apply(stack: string, variables: NodeJS.ProcessEnv = {}) {
  return typed(lab, "apply", [stack, "--approved", approval], variables);
}

/** Previews the city; what is approved with it is what was written. */
async function approve(): Promise<Approval> {
  const { code, told } = await typed(lab, "preview", ["catania", "--approval", approval, "--out", `${approval}.md`]);
  expect({ code, told }).toEqual({ code: 2, told: expect.anything() });
  return JSON.parse(readFileSync(approval, "utf8")) as Approval;
}

async function resizeByHand(cpus: number): Promise<void> {
  const { VSPHERE_USER: user = "", VSPHERE_PASSWORD: password = "" } = lab.session.environment("catania");
  const [server = ""] = lab.session.data.cities.flatMap(({ id, vcenter }) => (id === "catania" ? [vcenter] : []));
  const soap = new Soap({ server, ca: readFileSync(lab.session.paths.certificates, "utf8"), connections: 1 });
  const login = `<userName>${escapeXml(user)}</userName><password>${escapeXml(password)}</password>`;
  await soap.call("Login", "SessionManager", "SessionManager", login);
  const path = `<inventoryPath>${escapeXml(await machinePath())}</inventoryPath>`;
  const found = await soap.call("FindByInventoryPath", "SearchIndex", "SearchIndex", path);
  const spec = `<spec><numCPUs>${String(cpus)}</numCPUs></spec>`;
  await soap.call("ReconfigVM_Task", "VirtualMachine", childText(found, "returnval") ?? "", spec);
  soap.close();
  await expect(cpusOfSeat()).resolves.toBe(cpus);
}

async function seat() {
  const { virtualMachines } = await lab.snapshot("catania");
  const found = virtualMachines.find(({ name }) => name === "ct-tec-0001");
  if (found === undefined) throw new Error("ct-tec-0001 does not stand");
  return found;
}

async function machinePath(): Promise<string> {
  const { folder, name } = await seat();
  return `${folder}/${name}`;
}

async function cpusOfSeat(): Promise<number> {
  return (await seat()).cpus;
}

/** A Terraform that keeps what it is told to apply: its file's mode, and what is in it. */
function watchedTerraform(): { readonly program: string; readonly seen: string } {
  const seen = join(lab.session.paths.directory, "seen");
  const program = join(seen, "terraform");
  mkdirSync(seen, { recursive: true });
  const lines = [
    "#!/bin/sh",
    'if [ "$1" = apply ]; then',
    `  stat -c %a approved.tfplan > ${seen}/mode`,
    `  python3 -m zipfile -e approved.tfplan ${seen}/plan`,
    "fi",
    `exec ${lab.session.data.programs.terraform} "$@"`,
  ];
  writeFileSync(program, `${lines.join("\n")}\n`);
  chmodSync(program, 0o755);
  return { program, seen };
}

test("of a city that was never deployed applies stack by stack what was approved at once", async () => {
  const { stacks } = await approve();
  expect(Object.keys(stacks)).toEqual(expect.arrayContaining([...STACKS]));
  const { program, seen } = watchedTerraform();
  for (const stack of STACKS) {
    const { code, told } = await apply(stack, { TERRAFORM_BINARY_NAME: program });
    expect({ code, told }).toEqual({ code: 0, told: expect.stringMatching(`${stack}: Resources: [1-9]\\d* added`) });
  }
  expect(readFileSync(join(seen, "mode"), "utf8")).toBe("600\n");
  const plan = filesBelow(join(seen, "plan")).map((file) => readFileSync(file, "utf8"));
  expect(plan.join("")).toContain("ct-tec-0001");
  const written = [...plan, readFileSync(approval, "utf8"), readFileSync(`${approval}.md`, "utf8")];
  expect(lab.session.secrets.filter((secret) => written.some((text) => text.includes(secret)))).toEqual([]);
});

test("finds nothing to do where all of it was done, and leaves no plan behind", async () => {
  const { code, told } = await apply(FOUNDATION);
  expect({ code, told }).toEqual({
    code: 0,
    told: expect.stringContaining("Resources: 0 added, 0 changed, 0 destroyed"),
  });
  const left = filesBelow(join(lab.session.paths.directory, "apply.out"));
  expect(left.filter((file) => file.endsWith(".tfplan"))).toEqual([]);
});

test("has no approval where a gate is closed, not even that of before", async () => {
  lab.edit("catania", /(cad:[^]*?)memoryGib: 16/, "$1memoryGib: 24");
  const { code, told } = await typed(lab, "preview", ["catania", "--approval", approval, "--out", `${approval}.md`]);
  expect({ code, told }).toEqual({ code: 3, told: expect.stringContaining("is not written: a gate is closed") });
  expect(existsSync(approval)).toBe(false);
  lab.edit("catania", "restarted: { seats: 50, percent: 10 }", "restarted: { percent: 100 }");
});

test("applies nothing where a seat was resized by hand since, and names what differs", async () => {
  await approve();
  const before = await cpusOfSeat();
  await resizeByHand(before * 2);
  const standing = await lab.standing("catania");
  const refused = await apply(DESKTOPS);
  expect(refused).toMatchObject({ code: 3 });
  expect(refused.told).toMatch(/\["ct-tec-0001"\]: update, other than approved in num_cpus/);
  expect(await lab.standing("catania")).toEqual(standing);
  await resizeByHand(before);
  expect(await apply(DESKTOPS)).toMatchObject({ code: 0 });
  expect((await seat()).memoryMib).toBe(24 * 1024);
});

test("applies nothing where the file says something else than it did", async () => {
  await approve();
  lab.edit("catania", "mtu: 9000", "mtu: 1500");
  const standing = await lab.standing("catania");
  const refused = await apply(NETWORK);
  expect(refused).toMatchObject({ code: 3, told: expect.stringContaining("its file declares something else") });
  expect(await lab.standing("catania")).toEqual(standing);
});

test("applies nothing to a stack that was not approved, and says what is wrong with an approval", async () => {
  expect(await apply("milan-network")).toMatchObject({ code: 3, told: expect.stringContaining("does not have it") });
  writeFileSync(approval, "{}");
  expect(await apply(NETWORK)).toMatchObject({ code: 2, told: expect.stringContaining("it is no approval") });
});
