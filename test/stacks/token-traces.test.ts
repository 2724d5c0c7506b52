import { describe, expect, test } from "@jest/globals";
import { Token } from "cdktf";
import { withoutTokenTraces } from "../../stacks/token-traces";

function trace(): string[] {
  return Token.asAny("value").creationStack;
}

describe("withoutTokenTraces", () => {
  test("takes no trace of a token, and does again afterwards", () => {
    expect(withoutTokenTraces(trace)).toEqual([]);
    expect(trace()).not.toEqual([]);
  });

  test("leaves an error its own trace, and passes it on", () => {
    const thrown = (): unknown => {
      try {
        return withoutTokenTraces(() => {
          throw new Error("refused");
        });
      } catch (error) {
        return error;
      }
    };
    expect(thrown()).toMatchObject({ message: "refused", stack: expect.stringContaining("token-traces.test.ts") });
  });
});
