import { describe, expect, test } from "@jest/globals";
import { profileFiles } from "../../reports/profiles/profile-files";
import type { SharedPool } from "../../reports/profiles/profile-pools";
import { child, parseXml } from "../../vcenter/xml";

const POOL: SharedPool = {
  ...{ name: "educazione", isWindows: true, group: "MILANO\\vdi-educazione", domain: "milano.example" },
  ...{ ranges: ["10.21.8.0/21", "fd21:6110:8::/64"], people: 4350 },
  share: { service: "files", server: "files.milano.example", share: "profili$/vdi", protocol: "smb", sizeGib: 30 },
};

function files(more: Partial<SharedPool> = {}): Record<string, string> {
  return Object.fromEntries(profileFiles([{ ...POOL, ...more }]));
}

describe("what a share with profiles and its seats are configured with", () => {
  test("is of Windows a registry file that FSLogix reads, with each backslash twice", () => {
    const text = files()["educazione/fslogix.reg"] ?? "";
    expect(
      text.startsWith(
        "Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\FSLogix\\Profiles]\r\n",
      ),
    ).toBe(true);
    expect(text).toContain(String.raw`"VHDLocations"="\\\\files.milano.example\\profili$\\vdi"`);
    expect(text).toContain('"SizeInMBs"=dword:00007800');
  });

  test("is of Linux by SMB a volume of pam_mount for people of the domain alone, by their own tickets", () => {
    const volume = child(parseXml(files({ isWindows: false })["educazione/pam_mount.conf.xml"] ?? ""), "volume");
    expect(volume?.attributes).toMatchObject({
      ...{ uid: "200000-2000200000", fstype: "cifs", server: "files.milano.example", path: "profili$/vdi/%(USER)" },
      options: expect.stringMatching(/^sec=krb5,.*nosuid,nodev$/),
    });
  });

  test("is of Linux by NFS a map of autofs, encrypted", () => {
    const share = { ...POOL.share, share: "export/home", protocol: "nfs" } as const;
    const found = files({ isWindows: false, share });
    expect(found["educazione/auto.postazioni-home"]).toBe(
      "* -fstype=nfs4,sec=krb5p,nosuid,nodev files.milano.example:/export/home/&\n",
    );
    expect(found["educazione/share.txt"]).toContain(
      "/export/home 10.21.8.0/21(rw,sec=krb5p,root_squash,no_subtree_check) fd21:6110:8::/64(rw,",
    );
  });

  test("gives people their own folder and nobody else's, and says how much space it takes", () => {
    const text = files()["educazione/share.txt"] ?? "";
    expect(text).toContain("| CREATOR OWNER | Modify | subfolders and files only |");
    expect(text).toContain("| MILANO\\vdi-educazione | Modify | this folder only |");
    expect(text).toContain("Space: 30 GiB a person at most, 130500 GiB for 4350 people.");
    expect(files({ group: undefined })["educazione/share.txt"]).toContain("| MILANO\\Domain Users | Modify |");
  });
});
