import { describe, expect, test } from "@jest/globals";
import { install, request, revoke } from "../../cli/secrets/authority";
import { loadCities } from "../../environments/load";
import type { City } from "../../environments/model/city";
import { InputError } from "../../runtime/errors";
import { CITY_FILES } from "../fixtures/city-files";

function milan(): City {
  const city = loadCities(CITY_FILES).find((candidate) => candidate.city.id === "milan");
  if (city === undefined) throw new Error("no Milan");
  return city;
}

/** Milan before its root is made. */
function rootless(): City {
  const city = milan();
  return { ...city, secrets: { ...city.secrets, authority: undefined } };
}

const { signal } = new AbortController();

describe("what secrets authority cannot do is said before Vault is asked:", () => {
  test.each([
    [
      "a request of a city whose file names no root",
      () => request(rootless(), undefined, signal),
      /milan names no root: write/,
    ],
    ["a certificate of such a city", () => install(rootless(), __filename, signal), /milan names no root: write/],
    [
      "a request into a file that is there",
      () => request(milan(), __filename, signal),
      /is there already: name another file/,
    ],
    [
      "a file that is not there",
      () => install(milan(), "/nowhere.pem", signal),
      /nowhere\.pem cannot be read: .*ENOENT/,
    ],
    ["a file without a certificate", () => install(milan(), CITY_FILES[0], signal), /it holds no certificate; /],
    ["what is no serial number", () => revoke(milan(), "mi-ana-0001", signal), /hexadecimal digits/],
  ])("%s", async (_name, work, said) => {
    const error = await work().catch((failure: unknown) => failure);
    expect(error).toBeInstanceOf(InputError);
    expect(String(error)).toMatch(said);
  });
});
