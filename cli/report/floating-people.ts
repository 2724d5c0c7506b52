import { readFileSync } from "node:fs";
import { listed, quoted } from "../../environments/display";
import { listeningNames } from "../../environments/desktop-access/desktop-access";
import type { DeployedCity } from "../../environments/model/city";
import type { NamedPerson } from "../../remote-desktop/access-points/access-points";
import { isNamed } from "../../remote-desktop/routing-token";
import { InputError, messageOf } from "../../runtime/errors";

/**
 * Who is given a file for floating seats: the logins of a file for each listening name, one a line, as the directory lists the
 * members of the pool's group.
 * @param given `remoto=logins.txt`
 * @throws InputError that lists every name that the city does not have and every line that is no login
 */
export function floatingPeople(city: DeployedCity, given: readonly string[]): NamedPerson[] {
  const floating = listeningNames(city)
    .filter(({ pools }) => pools.some(({ assignment }) => assignment === "floating"))
    .map(({ name }) => name);
  const people = given.flatMap((text) => {
    const [name = "", ...path] = text.split("=");
    if (!floating.includes(name) || path.length === 0) {
      const names = floating.length === 0 ? "the city has no floating seats" : `names are ${listed(floating)}`;
      return [`--people ${quoted(text)} is no name of floating seats with a file: ${names}; write --people NAME=FILE`];
    }
    return loginsIn(path.join("=")).map(({ who, place }) =>
      isNamed(name, who) ? { name, who } : `${place}: ${quoted(who)} is no login: letters, digits, and . _ @ - within`,
    );
  });
  const wrong = people.filter((each) => typeof each === "string");
  if (wrong.length > 0) throw new InputError(wrong.join("\n"));
  return people.filter((each) => typeof each !== "string");
}

function loginsIn(path: string): { who: string; place: string }[] {
  try {
    return readFileSync(path, "utf8")
      .split(/\r?\n/)
      .map((line, index) => ({ who: line.trim(), place: `${path}:${String(index + 1)}` }))
      .filter(({ who }) => who !== "");
  } catch (error) {
    throw new InputError(`${path} cannot be read: ${messageOf(error)}`);
  }
}
