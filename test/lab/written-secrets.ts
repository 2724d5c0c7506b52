import { existsSync, readFileSync, statSync } from "node:fs";
import { filesBelow } from "./files-below";
import type { TestLab } from "./test-lab";

/** How many files a lab has, its states, plans, logs and synthesized stacks, and which of them hold one of the secrets. */
export function filesWith(lab: TestLab, secrets: readonly string[]): { files: number; hits: string[] } {
  const { output, state, logs, run, home, tmp } = lab.session.paths;
  const files = [lab.environments, output, state, logs, run, home, tmp]
    .filter((folder) => existsSync(folder))
    .flatMap(filesBelow)
    .filter((file) => statSync(file).size > 0);
  const hits = files.filter((file) => {
    const bytes = readFileSync(file);
    return secrets.some((secret) => bytes.includes(secret));
  });
  return { files: files.length, hits };
}
