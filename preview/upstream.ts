/** Values of a stack's outputs, by name; unknown ones are missing. */
export type Outputs = Readonly<Record<string, unknown>>;

/** The part of a synthesized stack that is read here. */
export interface StackConfig {
  readonly data?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly locals?: Readonly<Record<string, unknown>>;
  readonly resource?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** What cdktf names another stack's state, before the stack's name. */
const STATE_OF = "cross-stack-reference-input-";
/** How cdktf refers to another stack's state. */
const REFERENCE = new RegExp(String.raw`data\.terraform_remote_state\.${STATE_OF}([\w-]+)\.outputs\.([\w-]+)`, "g");
const REMOTE_STATE = "terraform_remote_state";
const LOCAL = "upstream";
/** A built-in resource that is in no state: it would be created, so its id is unknown. */
const UNKNOWN = { type: "terraform_data", name: "upstream_not_known_yet" };

/** The address of the resource that stands for unknown values. It is planned, but belongs to no change. */
export const UNKNOWN_ADDRESS = `${UNKNOWN.type}.${UNKNOWN.name}`;

/** Names of the outputs that a synthesized stack reads, by the stack that has them. @param text its cdk.tf.json */
export function outputsRead(text: string): Map<string, Set<string>> {
  const read = new Map<string, Set<string>>();
  for (const [, stack = "", output = ""] of text.matchAll(REFERENCE)) {
    read.set(stack, (read.get(stack) ?? new Set()).add(output));
  }
  return read;
}

/**
 * A stack that reads the outputs of planned dependencies from their plans, not from their states. So it can be planned
 * where they were never deployed, or do not have the output yet, and against their future values.
 * @param config the synthesized stack
 * @param planned the outputs of its planned dependencies, by stack; of all others the states are read
 */
export function withUpstream(config: StackConfig, planned: ReadonlyMap<string, Outputs>): StackConfig {
  const { [REMOTE_STATE]: states, ...others } = config.data ?? {};
  if (states === undefined) return config;
  const read = Object.entries(states).filter(([name]) => !planned.has(name.slice(STATE_OF.length)));
  const data = { ...others, ...(read.length > 0 && { [REMOTE_STATE]: Object.fromEntries(read) }) };
  const replaced = JSON.stringify({ ...config, data }).replace(
    REFERENCE,
    (reference, stack: string, output: string) => {
      const outputs = planned.get(stack);
      if (outputs === undefined) return reference;
      return outputs[output] === undefined
        ? `${UNKNOWN_ADDRESS}.id`
        : `local.${LOCAL}[\\"${stack}\\"][\\"${output}\\"]`;
    },
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

/** Only where it is referred to: a plan that creates it is never empty. */
function withUnknown(resource: StackConfig["resource"]): NonNullable<StackConfig["resource"]> {
  return { ...resource, [UNKNOWN.type]: { ...resource?.[UNKNOWN.type], [UNKNOWN.name]: {} } };
}

/** Escapes values for a configuration, so that none is taken for an expression. */
function literal(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replace(/[$%](?=\{)/g, (mark) => mark + mark));
}
