import { describe, expect, test } from "@jest/globals";
import { confirm } from "../../../cli/deploy/confirmation";
import type { Confirmed } from "../../../cli/deploy/confirmation";

const NOTHING: Confirmed = { yes: false };

/** Confirms as somebody who answers so. @returns the questions */
async function asked(destroyed: number, given: Confirmed, answer: string): Promise<string[]> {
  const questions: string[] = [];
  await confirm(destroyed, given, (work) =>
    work((question) => {
      questions.push(question);
      return Promise.resolve(answer);
    }),
  );
  return questions;
}

describe("a deployment that destroys nothing", () => {
  test("is confirmed by --yes without a question, and otherwise by the word", async () => {
    expect(await asked(0, { yes: true }, "")).toEqual([]);
    expect(await asked(0, NOTHING, "yes")).toEqual(["Deploy this? Type yes: "]);
    for (const other of ["", "y", "no"]) await expect(asked(0, NOTHING, other)).rejects.toThrow("nothing was deployed");
  });
});

describe("a deployment that destroys", () => {
  test("is confirmed by the number alone, asked or given", async () => {
    expect(await asked(3, { yes: true }, "3")).toEqual(["3 resources would be destroyed. Type 3 to deploy this: "]);
    expect(await asked(3, { yes: false, destroys: 3 }, "")).toEqual([]);
    for (const other of ["yes", "2", ""])
      await expect(asked(3, NOTHING, other)).rejects.toThrow("nothing was deployed");
    for (const destroys of [2, 4, 0]) {
      await expect(asked(3, { yes: true, destroys }, "3")).rejects.toThrow(`not the ${String(destroys)} of --destroys`);
    }
  });

  test("is refused where nobody can be asked, with the option that confirms it", async () => {
    await expect(confirm(3, { yes: true }, undefined)).rejects.toThrow("--destroys 3 does");
    await expect(confirm(0, NOTHING, undefined)).rejects.toThrow("--yes does");
  });
});
