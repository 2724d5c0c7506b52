import { Argument, Command } from "commander";
import { benchAccess } from "../bench/access";
import { benchAccessMachines } from "../bench/access-machines";
import { benchAnalysis } from "../bench/analysis";
import { benchCanary } from "../bench/canary";
import { benchCityReport } from "../bench/city-report";
import { benchCloning } from "../bench/cloning";
import { benchDrafts } from "../bench/drafts";
import { benchFailover } from "../bench/failover";
import { benchFirstSecrets } from "../bench/first-secrets";
import { benchFleet } from "../bench/fleet";
import { benchFullSize } from "../bench/full-size";
import { benchGatewayLoad } from "../bench/gateway-load";
import { benchHandWritten } from "../bench/hand-written";
import { benchHostileFiles } from "../bench/hostile-files";
import { benchLab } from "../bench/lab-time";
import { benchMetrics } from "../bench/metrics";
import { benchPackage } from "../bench/package";
import { benchPlanCost } from "../bench/plan-cost";
import { benchPlanParts } from "../bench/plan-parts";
import { benchPreviewReport } from "../bench/preview-report";
import { benchPreview } from "../bench/preview";
import { benchPreviewTime } from "../bench/preview-time";
import { benchProof } from "../bench/proof";
import { benchRendering } from "../bench/rendering";
import { benchSeatChange } from "../bench/seat-change";
import { benchSizes } from "../bench/sizes";
import { benchSynthesis } from "../bench/synthesis";
import { writeResult } from "../bench/table";
import type { Progress } from "../runtime/progress";
import { runCommand } from "./run-command";
import { cliProgress } from "./progress";
import { checkPacketProof } from "./packet-proof";

/** The result is undefined where what it measures is not there. */
type Benchmark = (progress: Progress, signal: AbortSignal) => Promise<string | undefined>;

const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
  synthesis: (progress) => progress.step("Synthesis", () => Promise.resolve(benchSynthesis())),
  sizes: benchSizes,
  analysis: benchAnalysis,
  "hostile-files": benchHostileFiles,
  access: benchAccess,
  "access-machines": inNamespaces(benchAccessMachines),
  rendering: benchRendering,
  proof: inNamespaces(benchProof),
  "gateway-load": inNamespaces(benchGatewayLoad),
  failover: inNamespaces(benchFailover),
  lab: benchLab,
  plan: benchPlanCost,
  "plan-parts": benchPlanParts,
  "full-size": benchFullSize,
  fleet: (progress) => progress.step("A fleet of cities", () => Promise.resolve(benchFleet())),
  "seat-change": benchSeatChange,
  "hand-written": benchHandWritten,
  canary: benchCanary,
  cloning: (progress) => progress.step("Clones by vCenter's cost model", () => Promise.resolve(benchCloning())),
  "first-secrets": benchFirstSecrets,
  metrics: benchMetrics,
  "preview-report": benchPreviewReport,
  "city-report": benchCityReport,
  "preview-time": benchPreviewTime,
  preview: benchPreview,
  package: benchPackage,
  drafts: (progress) => progress.step("Drafts of recorded inventories", () => Promise.resolve(benchDrafts())),
};

/** One that sends packets. */
function inNamespaces(benchmark: Benchmark): Benchmark {
  return (progress, signal) => {
    checkPacketProof();
    return benchmark(progress, signal);
  };
}

/** What takes hours. */
const ONLY_NAMED = ["full-size"];

const HELP = `
  synthesis       both cities at full size, compared with one construct for each seat (about 3 minutes)
  sizes           cities of 15,000 and of 150,000 seats: load, check and synthesis (a minute)
  analysis        who reaches whom, with 300 segments and up to 3,000 flows (10 seconds)
  hostile-files   the slowest files of maximum size: time and memory (5 minutes)
  access          who may do what in Vault, with up to 500 policies and 2,000 paths (20 seconds)
  access-machines 10,000 people through one access machine: what a login costs, and its failure; RDP handshakes (5 minutes)
  rendering       a ruleset for nftables, against Aerleon's own generator (half a minute)
  proof           real packets through a city in network namespaces (a minute)
  gateway-load    packets and new flows through one gateway, and where it breaks (a minute)
  failover        from a cause until the other gateway has every address (2 minutes)
  lab             deploys both cities into the lab and plans again, by step (2 minutes; 12 with nothing built)
  plan            time of a plan by number of seats in a stack (about 12 minutes)
  plan-parts      processor time of plans and applies: of Terraform, of the provider and of the simulator (15 minutes)
  full-size       both cities at full size deployed and planned again, by program (hours; only where it is named); a city in
                  POSTAZIONI_BENCH_CITY, seats of a pool in POSTAZIONI_BENCH_SEATS
  fleet           100 cities with 150,000 seats on engines: jobs, order, sessions, hours: a simulation (a second)
  seat-change     the plan of one seat's change: of its shard, against all shards (2 minutes)
  hand-written    the plan of a shard, against hand-written HCL of the same machines (5 minutes)
  canary          a rollout over 100 seats, step by step (2 minutes)
  cloning         hours to clone every seat of Milan, by clones at a time: a simulation (2 minutes)
  first-secrets   the first secrets of 1,000 seats, issued and checked again (a minute)
  metrics         a scrape of npm run metrics, with 12,000 seats (3 minutes)
  preview-report  the report of 15,000 seats that change, in each form (half a minute)
  city-report     the city's page, its public report and its inventory at 15,000 seats (half a minute)
  preview         the preview of a seat's change, by the size of the city, also among a hundred, and of a pool's image, against bare
                  plans of its stacks (20 minutes)
  preview-time    the preview of both cities, against bare plans and cdktf diff (6 minutes)
  package         the package's size, and how long each of its commands takes to start (2 minutes)
  drafts          how much of recorded inventories 'init city' fills; POSTAZIONI_RECORDINGS is a folder of them (half a minute)

Each table goes to standard output and, with --write, into docs/benchmarks.md.`;

/** `npm run bench`: runs the benchmarks. Figures are ratios within one run on one machine, not promises. */
export function benchCommand(): Command {
  return new Command("bench")
    .description("Measure synthesis, the lab and the cost of plans")
    .addArgument(new Argument("[benchmark...]", "which; by default all").choices(Object.keys(BENCHMARKS)))
    .option("--write", "put the tables into docs/benchmarks.md", false)
    .addHelpText("after", HELP)
    .action((names: string[], { write }: { write: boolean }) =>
      runCommand(async (signal) => {
        for (const [name, benchmark] of Object.entries(BENCHMARKS)) {
          if (names.length > 0 ? !names.includes(name) : ONLY_NAMED.includes(name)) continue;
          const result = await benchmark(cliProgress(), signal);
          if (result === undefined) continue;
          console.log(`\n${name}\n${result}\n`);
          if (write) writeResult(name, result);
        }
      }),
    );
}
