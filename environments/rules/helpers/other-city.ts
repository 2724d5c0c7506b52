import { quoted } from "../../display";
import type { City } from "../../model/city";
import type { Path } from "../../path";
import { dangling } from "./dangling";
import type { Finding } from "../rule";

/** A finding for an id that is not another city's. For a file that is checked alone, only its own id can be refused. */
export function otherCity(cities: readonly City[], city: City, id: string, path: Path): Finding[] {
  if (id === city.city.id) return [{ path, message: `${quoted(id)} is the city itself` }];
  const known = cities.filter((other) => other !== city).map((other) => other.city.id);
  return known.length === 0 ? [] : dangling({ path, name: id, known, noun: "other city", declared: FILES });
}

const FILES = "a file of its own, which is loaded too";
