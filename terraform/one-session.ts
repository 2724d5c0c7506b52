import { join, resolve } from "node:path";
import { inTemporaryFolder } from "../runtime/temporary-folder";
import { endKeptSessions } from "../vcenter/kept-sessions";

/** Where Terraform runs. */
interface Running {
  readonly env: NodeJS.ProcessEnv;
  /** Folder of the synthesized stacks; sessions are below HOME where there is one. */
  readonly output: string;
}

/**
 * Runs Terraform on a stack so that its provider logs in to vCenter once, and ends that session afterwards. By itself the provider
 * opens two sessions at each plan and each apply, of SOAP and of REST, and ends none, while vCenter takes 2,000, and some 550 of REST
 * for one user. The provider keeps a session in files, which it does not replace as a whole: so each stack has a folder of its
 * own, which only this user reads, and which is removed with it.
 */
export async function inOneSession<P extends Running, T>(planning: P, work: (planning: P) => Promise<T>): Promise<T> {
  return inTemporaryFolder(resolve(planning.env.HOME ?? planning.output, "session-"), async (folder) => {
    const [soap, rest] = [join(folder, "soap"), join(folder, "rest")];
    const kept = { VSPHERE_PERSIST_SESSION: "true", VSPHERE_VIM_SESSION_PATH: soap, VSPHERE_REST_SESSION_PATH: rest };
    try {
      return await work({ ...planning, env: { ...planning.env, ...kept } });
    } finally {
      await Promise.all([soap, rest].map(endKeptSessions));
    }
  });
}
