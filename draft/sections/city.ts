import type { FoundHost } from "../../vcenter/inventory";
import type { Draft } from "../draft";
import { asked, block, given } from "../entry";
import type { DraftMap } from "../entry";

/** Who the city is. */
export function citySection({ said, site }: Draft): DraftMap {
  const { id, name = capital(id), code, domain } = said;
  return block({
    id: given(id, "begins every stack's name: a change would rename, and so replace, everything"),
    name: given(name),
    code:
      code === undefined
        ? asked(freeCode(id, said.takenCodes), "the province's two letters: they begin every seat's name")
        : given(code, "begins every seat's name"),
    domain:
      domain === undefined
        ? asked(domainOf(site.clusters.flatMap(({ hosts }) => hosts)), "DNS domain of the desktops")
        : given(domain),
  });
}

function capital(id: string): string {
  return id
    .split("-")
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join(" ");
}

/** Two letters that no other city has: of the id in their order, otherwise any. */
export function freeCode(id: string, taken: readonly string[]): string {
  const pairs = (letters: readonly string[], later: (index: number) => readonly string[]): string[] =>
    letters.flatMap((first, index) => later(index).map((second) => `${first}${second}`));
  const letters = id.match(/[a-z]/g) ?? [];
  const all = Array.from({ length: 26 }, (_, index) => String.fromCharCode("a".charCodeAt(0) + index));
  const codes = [...pairs(letters, (index) => letters.slice(index + 1)), ...pairs(all, () => all)];
  return codes.find((code) => !taken.includes(code)) ?? "xx";
}

/** The domain that most hosts have; an example where they are named by their addresses. */
export function domainOf(hosts: readonly Pick<FoundHost, "name">[]): string {
  const domains = hosts.flatMap(({ name }) =>
    /[a-z]$/i.test(name) ? [name.toLowerCase().replace(/^[^.]*\./, "")] : [],
  );
  const named = domains.filter((domain) => domain.includes("."));
  const count = (domain: string): number => named.filter((one) => one === domain).length;
  return [...named].sort((a, b) => count(b) - count(a))[0] ?? "vdi.example";
}
