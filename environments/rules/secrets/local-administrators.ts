import { quoted } from "../../display";
import { windowsPools } from "../../seats/windows-pools";
import type { CityRule } from "../rule";

/** Rights and group policies hang on organizational units: the domain's own place for computers takes no policy. */
export const localAdministrators: CityRule = {
  id: "local-administrators",
  explanation:
    "with secrets.directory.localAdministrators the directory is an Active Directory (userDomain), and every pool with Windows has an organizationalUnit",
  repair: "add what is missing, or take secrets.directory.localAdministrators out",
  *check(city) {
    const { directory } = city.secrets;
    if (directory?.localAdministrators === undefined) return;
    const path = ["secrets", "directory", "localAdministrators"];
    if (directory.userDomain === undefined) yield { path, message: "an OpenLDAP keeps no passwords of Windows LAPS" };
    const windows = windowsPools(city);
    for (const [index, pool] of city.pools.entries()) {
      if (pool.organizationalUnit !== undefined || !windows.includes(pool)) continue;
      const message = `the pool ${quoted(pool.name)} has Windows and no organizationalUnit, so its local administrators would keep the template's password`;
      yield { path: ["pools", index], message, repair: "add its organizationalUnit" };
    }
  },
};
