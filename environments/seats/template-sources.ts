import type { Image } from "../model/image";
import type { Path } from "../path";
import type { TemplateSource } from "./definition";

/** What machines of an image are cloned from, each with its path in the file. */
export function sourcesOf(image: string, versions: Image["versions"]): (TemplateSource & { readonly path: Path })[] {
  return Object.entries(versions).flatMap(([version, { clusters = [], ...source }]) => {
    const path = ["images", image, "versions", version];
    return [{ ...source, path }, ...clusters.map((own, index) => ({ ...own, path: [...path, "clusters", index] }))];
  });
}
