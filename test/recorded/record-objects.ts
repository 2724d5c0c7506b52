import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/**
 * Records plans of Terraform's own for test/preview/recorded-objects.test.ts: npx tsx test/recorded/record-objects.ts. They need no
 * provider: what is tainted, left over or given up is so for each.
 */
const RECORDED = join(__dirname, "terraform");
const SAVED = "saved";
/** As Terraform names what it could not destroy after it made another in its place. */
const LEFT_OVER = "5f0e9a1c";

const STANDING = {
  resource: { terraform_data: { updated: {}, tainted: {}, given_up: {}, kept: {} } },
  output: { told: { value: "before" } },
};
const WANTED = {
  resource: { terraform_data: { updated: { input: "after" }, tainted: {}, kept: {} } },
  removed: [{ from: "terraform_data.given_up", lifecycle: { destroy: false } }],
};
const CHECK = { assert: { condition: '${terraform_data.kept.id == ""}', error_message: "it stands" } };

interface State {
  serial: number;
  readonly resources: { readonly name: string; readonly instances: Record<string, unknown>[] }[];
}

function recordAll(folder: string): void {
  const terraform = (...args: string[]): string => execFileSync("terraform", args, { cwd: folder, encoding: "utf8" });
  const declare = (config: object): void => {
    writeFileSync(join(folder, "main.tf.json"), JSON.stringify(config));
  };
  const record = (name: string, ...args: string[]): void => {
    terraform("plan", "-input=false", `-out=${SAVED}`, ...args);
    writeFileSync(join(RECORDED, `${name}.json.gz`), gzipSync(terraform("show", "-json", SAVED), { level: 9 }));
  };
  declare(STANDING);
  terraform("init", "-input=false");
  terraform("apply", "-input=false", "-auto-approve");
  declare({ ...STANDING, output: { told: { value: "after" } } });
  record("outputs");
  declare({ ...WANTED, output: STANDING.output });
  leaveOver(join(folder, "terraform.tfstate"));
  terraform("taint", "terraform_data.tainted");
  record("objects");
  record("targeted", "-target=terraform_data.kept");
  declare({ ...STANDING, check: { sound: CHECK } });
  record("check");
}

/** As the state is after a replacement that made the new object and could not destroy the old one. */
function leaveOver(file: string): void {
  const state = JSON.parse(readFileSync(file, "utf8")) as State;
  for (const { instances } of state.resources.filter(({ name }) => name === "updated")) {
    instances.push({ ...instances[0], deposed: LEFT_OVER });
  }
  writeFileSync(file, JSON.stringify({ ...state, serial: state.serial + 1 }));
}

const folder = mkdtempSync(join(tmpdir(), "postazioni-objects-"));
mkdirSync(RECORDED, { recursive: true });
try {
  recordAll(folder);
} finally {
  rmSync(folder, { recursive: true });
}
