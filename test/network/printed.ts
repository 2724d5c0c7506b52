import { text } from "node:stream/consumers";
import type { Namespaces } from "../../proof/namespaces";

/** What a program in a namespace prints. */
export async function printed(namespaces: Namespaces, host: string, command: readonly string[]): Promise<string> {
  const child = namespaces.start(host, command);
  child.stderr.resume();
  return (await text(child.stdout)).trim();
}
