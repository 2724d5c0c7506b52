import { z } from "zod";
import { gitBranch, gitRepository } from "./git";
import { textLine } from "./primitives";
import { issuerUrl } from "./urls";

const login = {
  issuer: issuerUrl.describe("Issuer of the CI jobs' identity tokens."),
  audience: textLine.describe("Audience that a CI job's identity token must name."),
  repository: gitRepository.describe("The only repository whose jobs may log in."),
  branch: gitBranch.describe("The protected branch whose jobs may apply."),
};

/** A free name can be taken by somebody else; a numeric id is never reused. */
const id = z.int().min(1);

const github = z
  .strictObject({
    platform: z.literal("github").describe("The CI platform."),
    ...login,
    repositoryId: id.describe("The repository's number, which no other ever gets: gh api repos/OWNER/NAME --jq .id"),
    ownerId: id.describe("The number of the organization that it belongs to: gh api repos/OWNER/NAME --jq .owner.id"),
  })
  .describe("Jobs of GitHub Actions.");

const gitlab = z
  .strictObject({
    platform: z.literal("gitlab").describe("The CI platform."),
    ...login,
    projectId: id.describe("The project's number, which no other ever gets: on its page, or CI_PROJECT_ID in a job."),
  })
  .describe("Jobs of GitLab CI.");

/** The repository whose jobs log in to the city's Vault. */
export const ciSchema = z
  .discriminatedUnion("platform", [github, gitlab])
  .describe(
    "How CI's jobs log in to Vault: one role to plan, others for what somebody approved; by default none does.",
  );

/** @see ciSchema */
export type Ci = z.output<typeof ciSchema>;
