import type { FoundHost } from "../../vcenter/inventory";
import type { Draft, Said } from "../draft";
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
        ? asked(freeCode(said), "the province's two letters: they begin every seat's name")
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

/** Two letters of the id that no other city has. */
function freeCode({ id, takenCodes }: Said): string {
  const letters = id.match(/[a-z]/g) ?? [];
  const codes = letters.flatMap((first, index) => letters.slice(index + 1).map((second) => `${first}${second}`));
  return codes.find((code) => !takenCodes.includes(code)) ?? "xx";
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
