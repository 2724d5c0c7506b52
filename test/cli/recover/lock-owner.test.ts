import { expect, test } from "@jest/globals";
import { ownerOf } from "../../../cli/recover/lock-owner";

const running = (pids: readonly number[] | undefined) => ({ host: "admin-1", workingOn: () => pids });

test("a lock's holder works while a program of this machine works on its stack, whoever it says it is", () => {
  for (const who of ["anna@admin-1", "ci@runner-7", "group_1_bot"])
    expect(ownerOf("milan-network", who, running([4711]))).toEqual({
      kind: "works",
      text: "process 4711 of this machine works on it",
    });
});

test("it ended where it was of this machine and nothing works there", () => {
  expect(ownerOf("milan-network", "anna@admin-1", running([])).kind).toBe("ended");
});

test.each(["ci@runner-7", "group_1_bot", "anna@other-admin-1", ""])(
  "of a holder elsewhere it is not known: %j",
  (who) => {
    expect(ownerOf("milan-network", who, running([])).kind).toBe("unknown");
  },
);

test("nor on a system that does not tell where programs work", () => {
  expect(ownerOf("milan-network", "anna@admin-1", running(undefined)).kind).toBe("unknown");
});
