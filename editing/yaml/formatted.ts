import * as yaml from "prettier/plugins/yaml";
import { format } from "prettier/standalone";

/**
 * Prettier's own printing, with the settings of this repository's .prettierrc.json and .editorconfig, so that CI's check and
 * `fmt` never differ. The yaml library's would fold and quote in another way, and place comments anew.
 */
const OPTIONS = { parser: "yaml", plugins: [yaml], printWidth: 120, tabWidth: 2 };

/** A YAML text as prettier writes it: comments, the order of keys and single blank lines stay. @throws Error where it is no YAML */
export function formatted(text: string): Promise<string> {
  return format(text, OPTIONS);
}
