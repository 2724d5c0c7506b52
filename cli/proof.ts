import { Command } from "commander";
import { count } from "../environments/display";
import { gatewayPlans } from "../environments/network/gateway-plan";
import { reachOf } from "../environments/network/network-plan";
import { InputError } from "../runtime/errors";
import { prove } from "../proof/proof";
import type { Difference, ProofResult } from "../proof/proof";
import { environmentsOption } from "./city-command";
import { EXIT } from "../runtime/exit-code";
import { runCommand } from "./run-command";
import { cliProgress } from "./progress";
import { namedCity } from "./named-city";
import { checkPacketProof } from "./packet-proof";
import { wholeNumber } from "../segmentation/render/whole-number";

const MOST_SHOWN = 20;

const HELP = `
Builds the city's segments in network namespaces of this machine, loads the ruleset that its gateways get, sends real
packets between all pairs of machines at the edges of every rule, and compares arrivals with the analysis.
Nothing leaves the namespaces. Root is not needed where user namespaces are permitted. It needs nft, ip and python3.

Exit codes: 0 no difference, 1 differences or no namespaces, 2 bad input, 130 ended by Ctrl-C.`;

/** `proof CITY`: runs the packet proof, and prints figures and the packets that contradict the analysis. */
export function proofCommand(): Command {
  return new Command("proof")
    .description("Prove by real packets that a city's ruleset does what the analysis of its file says")
    .argument("<city>", "a city's id; its file names a gateway")
    .addOption(environmentsOption())
    .addHelpText("after", HELP)
    .action((city: string, { environments }: { environments: string }) =>
      runCommand(async (signal) => {
        const result = await run(environments, city, signal);
        for (const line of report(result)) console.log(line);
        if (result.differences.length > 0) process.exitCode = EXIT.failure;
      }),
    );
}

async function run(environments: string, id: string, signal: AbortSignal): Promise<ProofResult> {
  const city = namedCity(environments, id);
  const gateways = gatewayPlans(city);
  if (gateways.length === 0) {
    throw new InputError(`${id} has no network.gateway: its own firewalls enforce, and their ruleset is not made here`);
  }
  checkPacketProof();
  return cliProgress().step(`Send packets through ${city.city.name}`, (say) =>
    prove({ reach: reachOf(city), gateways, say, signal }),
  );
}

function report({ sent, arrived, forged, differences }: ProofResult): string[] {
  const all = sent.tcp + sent.udp + sent.icmp;
  const parts = [`${wholeNumber(sent.tcp)} TCP`, `${wholeNumber(sent.udp)} UDP`, `${wholeNumber(sent.icmp)} ICMP`];
  return [
    `${count(all, "packet")} sent (${parts.join(", ")}; ${wholeNumber(forged)} of them under another's address)`,
    `${wholeNumber(arrived)} arrived, ${wholeNumber(all - arrived)} did not`,
    `${count(differences.length, "difference")} to what the analysis says`,
    ...differences.slice(0, MOST_SHOWN).map(difference),
    ...(differences.length > MOST_SHOWN ? [`and ${count(differences.length - MOST_SHOWN, "more difference")}`] : []),
  ];
}

function difference({ protocol, from, to, port, path, by, arrived }: Difference): string {
  const target = protocol === "icmp" ? `${to.text} by ICMP` : `${to.text} ${protocol}/${String(port)}`;
  const said = by === undefined ? "nothing lets it pass" : `${by} lets it pass`;
  return `  ${from.text} (${from.host}) to ${target} (${to.host}), ${path}: ${said}, and it ${arrived ? "arrived" : "did not arrive"}`;
}
