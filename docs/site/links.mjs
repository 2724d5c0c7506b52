// The links of a folder of pages that lead nowhere.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const LINK = /\b(?:href|src)="([^"]*)"/g;
const ID = /\b(?:id|name)="([^"]*)"/g;
/** A scheme, or a host without one: another site's. */
const ELSEWHERE = /^(?:[a-z][a-z+.-]*:|\/\/)/i;

/** Every link of every page below a folder to a file or a heading that is not there: `page: link`. */
export function brokenLinks(folder) {
  const ids = new Map();
  const idsOf = (page) => {
    if (!ids.has(page)) ids.set(page, new Set([...contentOf(page).matchAll(ID)].map(([, id]) => unescaped(id))));
    return ids.get(page);
  };
  return pagesBelow(folder).flatMap((page) => {
    const links = [...contentOf(page).matchAll(LINK)].map(([, link]) => unescaped(link));
    const broken = [...new Set(links)].filter((link) => !ELSEWHERE.test(link) && !leadsSomewhere(page, link, idsOf));
    return broken.map((link) => `${relative(folder, page)}: ${link}`);
  });
}

function leadsSomewhere(page, link, idsOf) {
  const [path, heading = ""] = link.split("#").map(decodeURIComponent);
  const target = path === "" ? page : join(dirname(page), path.split("?")[0]);
  if (!existsSync(target)) return false;
  return heading === "" || !target.endsWith(".html") || statSync(target).isDirectory() || idsOf(target).has(heading);
}

function pagesBelow(folder) {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".html"))
    .map((name) => join(folder, name))
    .sort();
}

function contentOf(page) {
  // What a page shows as code is no link.
  return readFileSync(page, "utf8").replaceAll(/<pre[^]*?<\/pre>/g, "");
}

function unescaped(text) {
  return text.replaceAll("&amp;", "&").replaceAll("&quot;", '"').replaceAll("&#39;", "'");
}
