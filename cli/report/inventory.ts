import type { Command } from "commander";
import { inventory, inventoryCsv, inventoryPage } from "../../reports/evidence/inventory";
import { deployedCity } from "../named-city";
import { give, json } from "../report-files";
import { runCommand } from "../run-command";
import { cityReport, formatOption } from "./report-options";
import type { ReportOptions } from "./report-options";

const FORMATS = ["csv", "markdown", "json"] as const;

const INVENTORY_HELP = `
Every device of the city that has an address: name, kind, function, who is responsible, office, segment, addresses, and whether it is
portable or personal, as ABSC 1.4.2 asks (AgID, circolare 2/2017). Of desktops with DHCP the range of their segment: the address that
one has now, the DHCP server knows. Empty where the file does not say. Not for publication.

Exit codes: 0 done, 2 bad input.`;

interface InventoryOptions extends ReportOptions {
  readonly format: (typeof FORMATS)[number];
}

/** `report inventory` */
export function inventoryCommand(): Command {
  return cityReport("inventory", "every device with an address: function, owner, office", INVENTORY_HELP)
    .addOption(formatOption(FORMATS))
    .action((id: string, { environments, format, out }: InventoryOptions) =>
      runCommand(() => {
        const city = deployedCity(environments, id);
        const devices = inventory(city);
        const shown = { csv: inventoryCsv, markdown: () => inventoryPage(city, devices), json };
        give(shown[format](devices), out);
      }),
    );
}
