import { expect, test } from "@jest/globals";
import { requireOwnState } from "../../preview/state-owner";
import { UNCHANGED } from "../../preview/terraform-plan";
import { sampleCity } from "../fixtures/sample-city";
import { synthesizedText } from "../fixtures/synthesized-city";

function owned(before: unknown): void {
  requireOwnState("milan-network", { ...UNCHANGED, output_changes: { stack: { actions: ["update"], before } } });
}

test("a plan with another stack's state is refused, and one of before states said whose they are is not", () => {
  expect(() => {
    owned("catania-network");
  }).toThrow("its state is that of catania-network: put back its own");
  for (const own of ["milan-network", null, undefined]) owned(own);
  requireOwnState("milan-network", UNCHANGED);
});

test("every stack of a city says in its state whose it is", () => {
  for (const [name, text] of synthesizedText(sampleCity())) {
    const { output } = JSON.parse(text) as { readonly output: Readonly<Record<string, { readonly value: string }>> };
    expect(output.stack?.value).toBe(name);
  }
});
