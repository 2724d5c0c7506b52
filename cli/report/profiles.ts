import type { Command } from "commander";
import { poolProfiles } from "../../reports/profiles/profile-pools";
import { profileFiles } from "../../reports/profiles/profile-files";
import { InputError } from "../../runtime/errors";
import { deployedCity } from "../named-city";
import { folderReport } from "./folder-report";

const PROFILES_HELP = `
A folder for each pool with "profiles" in the file: share.txt for the share's administrator, with its rights and the space that it
takes at most; and what the image gets. Windows: fslogix.reg, the settings of FSLogix's profile containers. Linux: files of
autofs for NFS, or pam_mount.conf.xml for SMB. Neither holds a secret: people reach their files with their own login.`;

/** `report profiles` */
export function profilesCommand(): Command {
  return folderReport({
    name: "profiles",
    description: "write the settings of the shares with people's profiles and home folders",
    help: PROFILES_HELP,
    files: (environments, id) => {
      const pools = poolProfiles(deployedCity(environments, id));
      if (pools.length === 0)
        throw new InputError(`no pool of ${id} has profiles on a share: add profiles to its file`);
      return profileFiles(pools);
    },
  });
}
