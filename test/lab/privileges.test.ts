import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { cityPrivileges } from "../../environments/vsphere/privileges";
import { deployed } from "../fixtures/deployed";
import { asGuarded, grant } from "./guarded-login";
import { PrivilegeLog } from "./privilege-log";
import { deployHere, destroyHere } from "./terraform-alone";
import { TestLab } from "./test-lab";

/** That none of the privileges can be left out is tried in the soak: test/soak/least-power-vsphere.test.ts. */
const MINUTE = 60_000;
jest.setTimeout(15 * MINUTE);

let lab: TestLab;
let log: PrivilegeLog;

beforeAll(async () => {
  lab = await TestLab.start(1);
  log = new PrivilegeLog(lab.session.paths, "milan");
}, 30 * MINUTE);

afterAll(async () => {
  await lab.stop();
}, MINUTE);

test("Terraform deploys and destroys each kind of stack with just its privileges", async () => {
  const stacks = ["foundation", "network", "desktops"] as const;
  const kinds = new Map(
    cityPrivileges(deployed(lab.city("milan"))).map(({ login, privileges }) => [login, privileges]),
  );
  const session = asGuarded(lab.session);
  const names = { foundation: "milan-foundation", network: "milan-network", desktops: "milan-desktops-tecnica-01" };
  const permit = (stack: keyof typeof names): Promise<void> =>
    grant(
      lab.session,
      "milan",
      (kinds.get(stack) ?? []).map(({ id }) => id),
    );
  await grant(lab.session, "milan", []);
  const before = await lab.snapshot("milan");
  for (const stack of stacks) {
    await permit(stack);
    await deployHere(session, names[stack]);
    expect(await session.plan([names[stack]])).toMatchObject([{ result: "unchanged" }]);
  }
  for (const stack of [...stacks].reverse()) {
    await permit(stack);
    await destroyHere(session, names[stack]);
  }
  expect(log.refusals()).toEqual([]);
  await grant(lab.session, "milan", []);
  expect(await lab.snapshot("milan")).toEqual(before);
});
