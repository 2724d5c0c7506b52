/** Values of a stack's outputs, by name; those that are not known before the apply are missing. */
export type Outputs = Readonly<Record<string, unknown>>;

/** A synthesized stack, as far as it is read here. */
export interface StackConfig {
  readonly data?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly locals?: Readonly<Record<string, unknown>>;
  readonly resource?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** As cdktf names the state of another stack that a stack refers to. */
const REFERENCE = /data\.terraform_remote_state\.cross-stack-reference-input-([\w-]+)\.outputs\.([\w-]+)/g;
const REMOTE_STATE = "terraform_remote_state";
const LOCAL = "upstream";
/** A resource of Terraform's own that no state has: it would be made, so its id is not known. */
const UNKNOWN = { type: "terraform_data", name: "upstream_not_known_yet" };

/** The address of the resource that stands for what is not known yet. It is planned, and is nobody's change. */
export const UNKNOWN_ADDRESS = `${UNKNOWN.type}.${UNKNOWN.name}`;

/**
 * A stack that takes what other stacks hand over from their plans and not from their states. So it can be planned where
 * they were never deployed, or do not hand over yet what it asks for, and is planned against what they will be.
 * @param config the synthesized stack
 * @param planned the outputs of every stack that it stands on, by the stack's name
 */
export function withUpstream(config: StackConfig, planned: ReadonlyMap<string, Outputs>): StackConfig {
  const { [REMOTE_STATE]: states, ...data } = config.data ?? {};
  if (states === undefined) return config;
  const replaced = JSON.stringify({ ...config, data }).replace(REFERENCE, (_, stack: string, output: string) =>
    planned.get(stack)?.[output] === undefined
      ? `${UNKNOWN_ADDRESS}.id`
      : `local.${LOCAL}[\\"${stack}\\"][\\"${output}\\"]`,
  );
  const { locals, ...rest } = JSON.parse(replaced) as StackConfig;
  return {
    ...rest,
    locals: {
      ...locals,
      [LOCAL]: Object.fromEntries([...planned].map(([stack, outputs]) => [stack, literal(outputs)])),
    },
    ...(replaced.includes(UNKNOWN_ADDRESS) && { resource: withUnknown(rest.resource) }),
  };
}

/** Only where it is asked for: a plan that makes it is never empty. */
function withUnknown(resource: StackConfig["resource"]): NonNullable<StackConfig["resource"]> {
  return { ...resource, [UNKNOWN.type]: { ...resource?.[UNKNOWN.type], [UNKNOWN.name]: {} } };
}

/** Values as text of a configuration: what looks like an expression is none. */
function literal(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replace(/[$%](?=\{)/g, (mark) => mark + mark));
}
