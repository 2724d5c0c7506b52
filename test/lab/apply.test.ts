import { spawn } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import type { CiClaims } from "../../lab/ci-identity";
import { REPOSITORY } from "../../runtime/paths";
import type { Approval } from "../../preview/approval";
import { Soap } from "../../vcenter/soap";
import { escapeXml } from "../../access/vsphere/xml-text";
import { childText } from "../../vcenter/xml";
import { soakTest } from "../fixtures/soak";
import { ciJobs } from "./ci-jobs";
import { filesBelow } from "./files-below";
import { TestLab } from "./test-lab";
import { startedInLab, typedInLab } from "./typed-command";
import { ciOf } from "../fixtures/optional-parts";
import { eventually } from "../fixtures/eventually";

/** One lab, one story: the tests run in their order. */
const MINUTE = 60_000;
/** In the order in which they stand on one another. */
const STACKS = ["catania-foundation", "catania-secrets", "catania-network", "catania-desktops-tecnica-01"] as const;
const [FOUNDATION, , NETWORK, DESKTOPS] = STACKS;
const UFFICI = "catania-desktops-uffici-01";

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

function apply(stack: string, variables: NodeJS.ProcessEnv = {}, file = approval) {
  return typedInLab(lab, "apply", [stack, "--approved", file], variables);
}

/** Previews stacks of the city, all where none is named, and asks for an approval to be written. */
function previewForApproval(...stacks: string[]) {
  return typedInLab(lab, "preview", ["catania", ...stacks, "--approval", approval, "--out", `${approval}.md`]);
}

/** Previews the city; what is approved with it is what was written. */
async function approve(): Promise<Approval> {
  const { code, told } = await previewForApproval();
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

/** With the variables of a job of GitHub's, whose identity has such claims: it is asked for with the audience that it is for. */
async function withIdentity<T>(claims: CiClaims, work: (variables: NodeJS.ProcessEnv) => Promise<T>): Promise<T> {
  const server = createServer((request, response) => {
    const audience = new URL(request.url ?? "", "http://loopback").searchParams.get("audience") ?? "";
    const isAllowed = request.headers.authorization === "Bearer of-the-job";
    void lab.session.ciToken(audience, claims).then((value) => {
      response.writeHead(isAllowed ? 200 : 401).end(JSON.stringify({ value }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${String(port)}/token?api-version=2`;
  try {
    return await work({ ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: "of-the-job" });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

function isPlan(file: string): boolean {
  return file.endsWith(".tfplan");
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

/** The providers, of which vSphere's is another by one byte behind its end, which does not keep it from running. */
function otherProviders(): string {
  const folder = join(lab.session.paths.directory, "other-providers");
  cpSync(lab.session.data.variables.POSTAZIONI_PROVIDERS ?? "", folder, { recursive: true, dereference: true });
  for (const file of filesBelow(folder)) if (file.includes("terraform-provider-vsphere_")) appendFileSync(file, "x");
  return folder;
}

soakTest("applies nothing with another provider than the one that planned", async () => {
  await approve();
  const before = await lab.standing("catania");
  const { code, told } = await apply(FOUNDATION, { POSTAZIONI_PROVIDERS: otherProviders() });
  expect({ code, told }).toEqual({ code: 1, told: expect.stringMatching(/terraform init: .*checksums/) });
  expect(await lab.standing("catania")).toEqual(before);
});

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
  expect(filesBelow(join(lab.session.paths.directory, "apply.out")).filter(isPlan)).toEqual([]);
});

/** The exit code of a command that gets SIGINT while its Terraform applies. @param seen the folder of `watchedTerraform` */
async function endedByCtrlC(command: readonly string[], program: string, seen: string): Promise<unknown> {
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, ...lab.session.environment("catania"), TERRAFORM_BINARY_NAME: program };
  const args = ["cli/bootstrap.mjs", ...command];
  const child = spawn(process.execPath, args, { cwd: REPOSITORY, env, stdio: "ignore" });
  const code = new Promise((resolve) => child.once("exit", resolve));
  await eventually(() => existsSync(join(seen, "mode")) || child.exitCode !== null);
  child.kill("SIGINT");
  return code;
}

soakTest(
  "that is interrupted lets Terraform end, leaves neither a plan nor a lock, and can be done again",
  async () => {
    const { program, seen } = watchedTerraform();
    rmSync(join(seen, "mode"));
    expect(await endedByCtrlC(["apply", UFFICI, "--approved", approval], program, seen)).toBe(130);
    expect(filesBelow(join(lab.session.paths.directory, "apply.out")).filter(isPlan)).toEqual([]);
    expect(await apply(UFFICI)).toMatchObject({ code: 0 });
    expect((await lab.snapshot("catania")).virtualMachines.map(({ name }) => name)).toContain("ct-uff-0001");
  },
);

test("has no approval where a gate is closed, not even that of before", async () => {
  lab.edit("catania", /(cad:[^]*?)memoryGib: 16/, "$1memoryGib: 24");
  const { code, told } = await previewForApproval(DESKTOPS);
  expect({ code, told }).toEqual({ code: 3, told: expect.stringContaining("is not written: a gate is closed") });
  expect(existsSync(approval)).toBe(false);
  lab.edit("catania", "restarted: { seats: 50, percent: 10 }", "restarted: { percent: 100 }");
});

soakTest("applies nothing where a seat was resized by hand since, and names what differs", async () => {
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

soakTest("applies nothing where the job of an older push is run again", async () => {
  const older = `${approval}.older`;
  copyFileSync(approval, older);
  lab.edit("catania", "memoryGib: 24", "memoryGib: 32");
  await approve();
  expect(await apply(DESKTOPS)).toMatchObject({ code: 0 });
  lab.edit("catania", "memoryGib: 32", "memoryGib: 24");
  const refused = await apply(DESKTOPS, {}, older);
  expect(refused).toMatchObject({ code: 3, told: expect.stringMatching(/\["ct-tec-0001"\]: update, .* in memory\n/) });
  expect((await seat()).memoryMib).toBe(32 * 1024);
});

test("applies nothing where the file says something else than it did", async () => {
  lab.edit("catania", "mtu: 9000", "mtu: 1500");
  await approve();
  lab.edit("catania", "mtu: 1500", "mtu: 1600");
  const standing = await lab.standing("catania");
  const refused = await apply(NETWORK);
  expect(refused).toMatchObject({ code: 3, told: expect.stringContaining("its file declares something else") });
  expect(await lab.standing("catania")).toEqual(standing);
  lab.edit("catania", "mtu: 1600", "mtu: 1500");
});

test("applies all that was approved by the identity of the approved job, and nothing by one that nobody approved", async () => {
  const { stacks } = JSON.parse(readFileSync(approval, "utf8")) as Approval;
  const { approved, plan, preview } = ciJobs(lab.city("catania"));
  const wanted = ["--approved", approval];
  const as = (claims: CiClaims) =>
    withIdentity(claims, (identity) => typedInLab(lab, "apply", wanted, { ...identity, VAULT_TOKEN: "" }));
  const standing = await lab.standing("catania");
  for (const claims of [plan, preview]) {
    const refused = await as(claims);
    expect(refused).toMatchObject({ code: 1, told: expect.stringMatching(/: failed: .*auth\/catania\/ci\/login/) });
  }
  expect(await lab.standing("catania")).toEqual(standing);
  const applied = await as(approved);
  expect(applied).toMatchObject({
    code: 0,
    told: expect.stringContaining(`${NETWORK}: Resources: 0 added, 1 changed`),
  });
  const changed = Object.values(stacks).filter(({ changes, outputs }) => changes.length + outputs.length > 0).length;
  expect(changed).toBeGreaterThan(1);
  expect(applied.told).toContain(`${String(changed)} stacks: ${String(changed)} applied`);
});

soakTest("a deployment that is ended with Ctrl-C leaves no lock, and is resumed to an empty plan", async () => {
  lab.edit("catania", "mtu: 1500", "mtu: 9000");
  const { program, seen } = watchedTerraform();
  rmSync(join(seen, "mode"), { force: true });
  expect(await endedByCtrlC(["deploy", "catania", "--stacks", NETWORK, "--yes"], program, seen)).toBe(130);
  expect(filesBelow(lab.session.paths.state).filter((file) => file.endsWith(".lock.info"))).toEqual([]);
  expect(await typedInLab(lab, "deploy", ["catania", "--resume", "--yes"])).toMatchObject({ code: 0 });
  const after = await typedInLab(lab, "deploy", ["catania", "--stacks", NETWORK, "--dry-run"]);
  expect(after).toMatchObject({ code: 0, stdout: "1 stack without change" });
});

test("gives a command the login that its job's identity gives, and not that identity", async () => {
  const names = "console.log(Object.keys(process.env).filter((name) => /ID_TOKEN|VAULT_TOKEN/.test(name)).join())";
  const { preview } = ciJobs(lab.city("catania"));
  const command = ["with-login", "catania", "plan", "--", "node", "-e", `${names}; process.exit(7)`];
  const inGithub = await withIdentity(preview, (variables) => startedInLab(lab, "pipeline", command, variables));
  expect(inGithub).toMatchObject({ code: 7, stdout: "VAULT_TOKEN" });
  const VAULT_ID_TOKEN = await lab.session.ciToken(ciOf(lab.city("catania")).audience, preview);
  expect(await startedInLab(lab, "pipeline", command, { VAULT_ID_TOKEN })).toMatchObject({
    code: 7,
    stdout: "VAULT_TOKEN",
  });
  expect(await startedInLab(lab, "pipeline", command)).toMatchObject({
    code: 1,
    told: expect.stringContaining("no job"),
  });
});

test("applies nothing to a stack that was not approved, and says what is wrong with an approval", async () => {
  expect(await apply("milan-network")).toMatchObject({ code: 3, told: expect.stringContaining("does not have it") });
  writeFileSync(approval, "{}");
  expect(await apply(NETWORK)).toMatchObject({ code: 2, told: expect.stringContaining("it is no approval") });
});
