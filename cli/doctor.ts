import { existsSync } from "node:fs";
import { Command, Option } from "commander";
import { count } from "../environments/display";
import { EXIT } from "../runtime/exit-code";
import { environmentsOption } from "./city-command";
import { citiesFound, gitFindings } from "./doctor/checkout";
import { PURPOSES } from "./doctor/finding";
import type { Finding, Purpose } from "./doctor/finding";
import { programFindings } from "./doctor/programs";
import { serverFindings } from "./doctor/servers";
import { cityVariables, variableFindings } from "./doctor/variables";
import { json } from "./report-files";
import { withTextOrJson } from "./report/report-options";
import { runCommand } from "./run-command";

const HELP = `
Looks at Node, Terraform or OpenTofu, the source of the providers, Go and Python, system packages, the cities' files, git, and the
environment's variables: set, empty, conflicting. It sends no login and changes nothing. --for says what the machine shall be
ready for:

  deploy     previews, drift reports and deployments of a city
  lab        'npm run lab' and rehearsals
  test       'npm test', with the system packages of every group of tests
  soak       'npm run test:soak'

--servers logs in to the vCenter and Vault of each city with the logins that are set, and asks the states' server for a connection.

JSON: result: right or wrong; findings: [{area, weight: right, wrong or note; found; repair}].

Exit codes: 0 nothing is wrong, notes or not, 1 something is wrong, 2 bad input.`;

interface DoctorOptions {
  readonly environments: string;
  readonly for: readonly Purpose[];
  readonly servers: boolean;
  readonly format: "text" | "json";
}

type Areas = readonly (readonly [area: string, findings: readonly Finding[]])[];

/** `doctor`: what of a checkout, its tools, variables, logins and servers is not as it should be. */
export function doctorCommand(): Command {
  const purposes = new Option("--for <purpose...>", "what the machine shall be ready for").choices(PURPOSES);
  return withTextOrJson(new Command("doctor"))
    .description("Say what of this checkout, its tools, variables, logins and servers is not as it should be")
    .addOption(environmentsOption())
    .addOption(purposes.default(["deploy", "lab"]))
    .option("--servers", "log in to each city's vCenter and Vault with the logins that are set", false)
    .addHelpText("after", HELP)
    .action((options: DoctorOptions) =>
      runCommand(async () => {
        const areas = await examined(options);
        const isWrong = areas.some(([, findings]) => findings.some(({ weight }) => weight === "wrong"));
        process.stdout.write(options.format === "json" ? asJson(areas, isWrong) : asText(areas));
        if (isWrong) process.exitCode = EXIT.failure;
      }),
    );
}

async function examined({ environments, for: purposes, servers }: DoctorOptions): Promise<Areas> {
  const { cities, finding } = citiesFound(environments);
  const answers = servers ? await Promise.all(cities.map(({ city }) => serverFindings(environments, city.id))) : [];
  return [
    ["Programs", await programFindings(purposes)],
    ["Files", [finding, ...(existsSync(environments) ? gitFindings(environments) : [])]],
    [
      "Variables",
      [
        ...variableFindings(process.env, existsSync),
        ...(purposes.includes("deploy") ? cities.flatMap((city) => cityVariables(city, process.env)) : []),
      ],
    ],
    ["Servers", answers.flat()],
  ];
}

function asText(areas: Areas): string {
  const all = areas.flatMap(([, findings]) => findings);
  const [wrong, notes] = (["wrong", "note"] as const).map((one) => all.filter(({ weight }) => weight === one).length);
  const lines = areas
    .filter(([, findings]) => findings.length > 0)
    .flatMap(([area, findings]) => ["", `${area}:`, ...findings.map(line)]);
  return [`${String(wrong ?? 0)} wrong, ${count(notes ?? 0, "note")}`, ...lines, ""].join("\n");
}

function line({ weight, found, repair }: Finding): string {
  return `  ${weight.padEnd("wrong".length)}  ${found}${repair === undefined ? "" : `; repair: ${repair}`}`;
}

function asJson(areas: Areas, isWrong: boolean): string {
  const findings = areas.flatMap(([area, list]) => list.map((one) => ({ area: area.toLowerCase(), ...one })));
  return json({ result: isWrong ? "wrong" : "right", findings });
}
