/**
 * The value of an environment variable; undefined where it is not set, or empty, as CI and env files leave what nobody gave.
 * @param variables @default - the process's
 */
export function variable(name: string, variables: NodeJS.ProcessEnv = process.env): string | undefined {
  const value = variables[name];
  return value === "" ? undefined : value;
}
