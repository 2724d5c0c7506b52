import type { Draft } from "../draft";
import { asked, assumed, block, question, under } from "../entry";
import type { DraftMap } from "../entry";
import { domainOf } from "./city";

/** Whose jobs deploy; everything else of Vault's has a default. */
export function secretsSection({ said, site }: Draft): DraftMap {
  const domain = domainOf(site.clusters.flatMap(({ hosts }) => hosts));
  return block({
    ci: under(
      [
        question(
          "Which repository's jobs deploy? On GitHub: platform: github, with repositoryId and ownerId for projectId.",
        ),
      ],
      block({
        platform: asked("gitlab"),
        issuer: asked(`https://gitlab.${domain}`),
        audience: assumed(`https://vault.${domain}:8200`),
        repository: asked(`${said.id}/postazioni`),
        projectId: asked(1),
        branch: assumed("main"),
      }),
    ),
  });
}
