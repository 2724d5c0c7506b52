import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { Namespaces } from "../../proof/namespaces";

let namespaces: Namespaces;

beforeAll(async () => {
  namespaces = await Namespaces.open();
});

afterAll(() => namespaces.close());

test("a script that fails before it was read to its end says what it printed, not that nobody read", async () => {
  const long = `echo "no such link" >&2; exit 3\n${"true\n".repeat(500_000)}`;
  await expect(namespaces.script(long)).rejects.toThrow("a script failed in the namespace: no such link");
});
