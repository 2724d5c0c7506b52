import { AUTO, chooseProviders, registryOf } from "../lab/tools/provider-choice";
import { providerSource } from "../lab/tools/provider-source";
import type { ProviderSource } from "../lab/tools/provider-source";
import { findTerraform } from "../lab/tools/terraform";
import type { Say } from "../runtime/progress";

/** The variable that names the providers of the tests: `built`, `registry`, or a filesystem mirror's folder. */
const VARIABLE = "POSTAZIONI_TEST_PROVIDERS";

/** The providers that the tests run with. */
export interface TestProviders {
  readonly source: ProviderSource;
  /** Tells the tests of any but those that are built, which have fewer resources. */
  readonly env: Readonly<Record<string, string>>;
}

/** Chooses the tests' providers and says which. In CI those that are built, so that every run has the same. */
export async function testProviders(say: Say): Promise<TestProviders> {
  const { [VARIABLE]: named = "", CI } = process.env;
  const asked = named === "" ? (CI === "true" ? "built" : AUTO) : named;
  const { option, text } = await chooseProviders(asked, registryOf(findTerraform(undefined)));
  say(text);
  return { source: providerSource(option), env: option === "built" ? {} : { [VARIABLE]: option } };
}
