import type { Command } from "commander";
import { accessPointFiles } from "../../remote-desktop/access-points/access-points";
import { InputError } from "../../runtime/errors";
import { deployedCity } from "../named-city";
import { folderReport } from "./folder-report";

const ACCESS_POINTS_HELP = `
With "access.machines": a connection file (.rdp) for each holder of a dedicated seat, by staff number. It stays right when the seat
changes: who comes is in it, and the access machines know today's seat. It opens nothing by itself, the seat asks for the login.
Who uses a floating pool gets a file of the same form, whose line loadbalanceinfo says pool and login (docs/decisions/0039).

With "access.broker: guacamole": guacamole.sql, for PostgreSQL, run again after each change. horizon, citrix, rds: a CSV file a pool,
each seat with its holder, for a script with Import-Csv.

A folder's files of an earlier run that are no longer needed are removed, such as a leaver's.`;

/** `report access-points` */
export function accessPointsCommand(): Command {
  return folderReport({
    name: "access-points",
    description: "write what people, or the city's own broker, are given to reach the seats",
    help: ACCESS_POINTS_HELP,
    files: (environments, id) => {
      const city = deployedCity(environments, id);
      if (city.access === undefined) {
        throw new InputError(`${id} does not say how people reach their seats: add access to its file`);
      }
      return accessPointFiles(city, city.access);
    },
  });
}
