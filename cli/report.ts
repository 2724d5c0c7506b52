import { Command } from "commander";
import { accessCommand } from "./report/access";
import { accessPointsCommand } from "./report/access-points";
import { capacityCommand } from "./report/capacity";
import { cityReportCommand } from "./report/city";
import { deploymentCommand } from "./report/deployment";
import { evidenceCommand } from "./report/evidence";
import { firewallCommand } from "./report/firewall";
import { inventoryCommand } from "./report/inventory";
import { monitoringCommand } from "./report/monitoring";
import { handbookCommand } from "./report/handbook";
import { networkCommand } from "./report/network";
import { prerequisitesCommand } from "./report/prerequisites";
import { privilegesCommand } from "./report/privileges";
import { profilesCommand } from "./report/profiles";
import { publicCommand } from "./report/public";
import { stateEncryptionCommand } from "./report/state-encryption";

/** `report`: what a city's file means, for people and for programs. */
export function reportCommand(): Command {
  return new Command("report")
    .description("Show what a city's file means")
    .addCommand(evidenceCommand())
    .addCommand(inventoryCommand())
    .addCommand(networkCommand())
    .addCommand(firewallCommand())
    .addCommand(deploymentCommand())
    .addCommand(capacityCommand())
    .addCommand(cityReportCommand())
    .addCommand(accessCommand())
    .addCommand(accessPointsCommand())
    .addCommand(profilesCommand())
    .addCommand(handbookCommand())
    .addCommand(prerequisitesCommand())
    .addCommand(privilegesCommand())
    .addCommand(publicCommand())
    .addCommand(monitoringCommand())
    .addCommand(stateEncryptionCommand());
}
