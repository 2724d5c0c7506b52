import type { City } from "../../environments/model/city";
import type { Monitoring } from "../../environments/model/monitoring";
import { InputError } from "../../runtime/errors";

/** What a city's file says of monitoring. @throws InputError where it says nothing */
export function monitoringOf({ city, monitoring }: Pick<City, "city" | "monitoring">): Monitoring {
  if (monitoring !== undefined) return monitoring;
  throw new InputError(`${city.id} has no monitoring: say in its file who answers alerts (docs/guides/monitoring.md)`);
}
