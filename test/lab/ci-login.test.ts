import { generateKeyPairSync, sign } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { CI_ROLES } from "../../access/ci-environments";
import type { CiRole } from "../../access/ci-environments";
import type { CiClaims } from "../../lab/ci-identity";
import { VaultError } from "../../vault/client";
import { sampleOf, soakTest } from "../fixtures/soak";
import { ciJobs } from "./ci-jobs";
import type { CiJobs } from "./ci-jobs";
import { TestLab } from "./test-lab";
import { ciOf } from "../fixtures/optional-parts";

/** Every kind of CI job, and of tokens that are none's, against every role of a city of each platform. */
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const CITIES = ["milan", "catania"];
const CHANGING = CI_ROLES.filter((role) => role !== "plan");
/** Vault allows a clock that is off by a minute. */
const UNTIL_EXPIRED = 63 * SECOND;
const REFUSED = 400;

jest.setTimeout(5 * MINUTE);

let lab: TestLab;

beforeAll(async () => {
  lab = await TestLab.start(1);
  await lab.deploy(CITIES.map((city) => `${city}-secrets`));
  // No client of a city asks as much in a second as these tests.
  const { vault } = lab.session;
  for (const name of await vault.list("sys/quotas/rate-limit")) await vault.delete(`sys/quotas/rate-limit/${name}`);
}, 30 * MINUTE);

afterAll(() => lab.stop(), MINUTE);

function jobs(city: string): CiJobs {
  return ciJobs(lab.city(city));
}

function tokenFor(city: string, claims: CiClaims, life?: string): Promise<string> {
  return lab.session.ciToken(ciOf(lab.city(city)).audience, claims, life);
}

/** The roles of a city that a token opens. */
async function opened(city: string, jwt: string): Promise<CiRole[]> {
  const answers = await Promise.all(CI_ROLES.map((role) => opens(city, role, jwt)));
  return CI_ROLES.filter((_, index) => answers[index]);
}

async function opens(city: string, role: CiRole, jwt: string): Promise<boolean> {
  try {
    return (await lab.login(`auth/${city}/ci/login`, { role, jwt })) !== "";
  } catch (error) {
    // Anything else, as a flood that is fended off, says nothing of the token.
    if (error instanceof VaultError && error.status === REFUSED) return false;
    throw error;
  }
}

/** The same claims as a token has, signed by somebody else's key under the name of the issuer's. */
function forged(jwt: string): string {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const [header = "", payload = ""] = jwt.split(".");
  const signature = sign("RSA-SHA256", Buffer.from(`${header}.${payload}`), privateKey);
  return `${header}.${payload}.${signature.toString("base64url")}`;
}

/** The same claims, not signed at all. */
function unsigned(jwt: string): string {
  const header = Buffer.from(JSON.stringify({ alg: "none", typ: "JWT" })).toString("base64url");
  return `${header}.${jwt.split(".")[1] ?? ""}.`;
}

describe.each(sampleOf(CITIES, () => "city"))("CI's roles of %s", (city) => {
  test("that may change something open to the approved job, and the role plan to the jobs that nobody approved", async () => {
    const { approved, plan, preview, drift, bare } = jobs(city);
    const found = Object.entries({ approved, plan, preview, drift, bare }).map(async ([job, claims]) => [
      job,
      await opened(city, await tokenFor(city, claims)),
    ]);
    expect(Object.fromEntries(await Promise.all(found))).toEqual({
      ...{ approved: CHANGING, plan: ["plan"], preview: ["plan"], drift: ["plan"], bare: [] },
    });
  });

  test("stay closed to every other job, whatever is odd about it", async () => {
    const others = Object.entries(jobs(city).others);
    expect(others.length).toBeGreaterThan(14);
    const found = others.map(async ([job, claims]) => [job, await opened(city, await tokenFor(city, claims))]);
    expect(Object.fromEntries(await Promise.all(found))).toEqual(Object.fromEntries(others.map(([job]) => [job, []])));
  });

  test("stay closed where one of the claims is missing, or is said otherwise", async () => {
    const { approved } = jobs(city);
    const claims = await boundClaims(city, "apply");
    expect(Object.keys(claims).length).toBeGreaterThan(6);
    for (const name of Object.keys(claims)) {
      const rest = Object.fromEntries(Object.entries(approved).filter(([claim]) => claim !== name));
      for (const wrong of [rest, { ...rest, [name]: "" }, { ...rest, [name]: `${claims[name] ?? ""}x` }]) {
        expect([name, await opened(city, await tokenFor(city, wrong))]).toEqual([name, []]);
      }
    }
  });

  test("stay closed to a token for somebody else, to another's signature and to none", async () => {
    const { approved } = jobs(city);
    const good = await tokenFor(city, approved);
    const strangers = {
      "another audience": await lab.session.ciToken("https://somebody.example", approved),
      "the other city": await tokenFor(city === "milan" ? "catania" : "milan", approved),
      "another's signature": forged(good),
      "no signature": unsigned(good),
      "no token": "not.a.token",
    };
    for (const [what, jwt] of Object.entries(strangers)) expect([what, await opened(city, jwt)]).toEqual([what, []]);
  });
});

soakTest("an identity that ended opens no role", async () => {
  const ended = await Promise.all(
    CITIES.map(async (city) => [city, await tokenFor(city, jobs(city).approved, "1s")] as const),
  );
  for (const [city, jwt] of ended) expect(await opened(city, jwt)).toEqual(CHANGING);
  await setTimeout(UNTIL_EXPIRED);
  for (const [city, jwt] of ended) expect(await opened(city, jwt)).toEqual([]);
});

async function boundClaims(city: string, role: CiRole): Promise<Record<string, string>> {
  const { data } = (await lab.session.vault.get(`auth/${city}/ci/role/${role}`)) as {
    readonly data: { readonly bound_claims: Record<string, string> };
  };
  return data.bound_claims;
}
