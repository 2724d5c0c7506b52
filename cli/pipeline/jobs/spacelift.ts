import type { DeployedCity } from "../../../environments/model/city";
import { sideBySide } from "../../../terraform/clone-budget";
import type { StackNode } from "../../../terraform/manifest";

/** A city and its stacks. */
export interface CityStacks {
  readonly city: DeployedCity;
  readonly stacks: readonly StackNode[];
}

type Resources = Readonly<Record<string, object>>;

const VARIABLES = {
  repository: { type: "string", description: "Name of the repository with the cities' files, without its owner." },
  branch: { type: "string", default: "main", description: "The protected branch." },
  space_id: { type: "string", default: "root", description: "The space that holds the logins of the deployment." },
  runner_image: { type: "string", description: "An image with Node, git and OpenTofu, by its digest." },
  tofu_version: { type: "string", default: "1.10.6", description: "OpenTofu's version: 1.10 or later." },
  worker_pool_id: {
    type: "string",
    default: null,
    description: "The workers that reach vCenter, Vault and the states.",
  },
} as const;

/**
 * Every stack of cities as a stack of Spacelift, each after those that it stands on, as the JSON of a Terraform configuration
 * for Spacelift's own provider. Spacelift plans and applies by itself; it keeps no state, as the file says where that is.
 */
export function spaceliftConfig(cities: readonly CityStacks[]): string {
  const all = cities.flatMap(({ city, stacks }) => stacks.map((node) => ({ city, ...node })));
  const configuration = {
    "//": "Written by 'npm run pipeline -- spacelift' from the cities' files: docs/guides/engines.md.",
    terraform: { required_providers: { spacelift: { source: "spacelift-io/spacelift", version: "~> 1.50" } } },
    variable: VARIABLES,
    resource: {
      spacelift_stack: byName(all, ({ city, name }) => [[name, stackOf(city, name)]]),
      spacelift_stack_dependency: byName(all, ({ name, dependencies }) =>
        dependencies.map((before) => [`${name}--${before}`, dependency(name, before)]),
      ),
      spacelift_environment_variable: byName(all, ({ city, name }) => [[name, operations(city, name)]]),
      spacelift_drift_detection: byName(all, ({ name }, index) => [[name, look(name, index)]]),
    },
  };
  return `${JSON.stringify(configuration, undefined, 2)}\n`;
}

function byName<T>(items: readonly T[], entries: (item: T, index: number) => [string, object][]): Resources {
  return Object.fromEntries(items.flatMap(entries));
}

function stackOf({ city }: DeployedCity, name: string): object {
  return {
    ...{ name, repository: "${var.repository}", branch: "${var.branch}", space_id: "${var.space_id}" },
    ...{ runner_image: "${var.runner_image}", worker_pool_id: "${var.worker_pool_id}" },
    // Its Terraform ends at 1.5, which Vault's provider does not take.
    ...{ terraform_workflow_tool: "OPEN_TOFU", terraform_version: "${var.tofu_version}" },
    ...{ manage_state: false, autodeploy: false, protect_from_deletion: true, labels: [city.id] },
    additional_project_globs: ["environments/**", "package-lock.json"],
    before_init: [
      "npm ci --omit=dev --ignore-scripts",
      `npm run -s pipeline -- configuration ${city.id} ${name} > cdk.tf.json`,
    ],
  };
}

function dependency(stack: string, before: string): object {
  return { stack_id: idOf(stack), depends_on_stack_id: idOf(before) };
}

/** Terraform's own arguments: nobody else holds Spacelift to the city's budget of clones. */
function operations({ platform }: DeployedCity, stack: string): object {
  const value = `-parallelism=${String(sideBySide(platform.vsphere.clonesAtATime).operations)}`;
  return { stack_id: idOf(stack), name: "TF_CLI_ARGS_apply", value, write_only: false };
}

const [FIRST_HOUR, HOURS, MINUTES] = [1, 4, 60];

/** Spread over the night, so that a vCenter's sessions and the workers are. */
function look(stack: string, index: number): object {
  const minute = index % (HOURS * MINUTES);
  const schedule = [`${String(minute % MINUTES)} ${String(FIRST_HOUR + Math.floor(minute / MINUTES))} * * *`];
  return { stack_id: idOf(stack), reconcile: false, schedule };
}

function idOf(stack: string): string {
  return `\${spacelift_stack.${stack}.id}`;
}
