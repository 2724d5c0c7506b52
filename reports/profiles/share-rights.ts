import type { SharedPool } from "./profile-pools";

/**
 * What the share's administrator configures. Of SMB the rights are those of Microsoft's FSLogix page "Configure SMB storage
 * permissions": people make their own folder and see nobody else's. Of NFS the export is told as exports(5) has it.
 */
export function rightsText(pool: SharedPool): string {
  const { share, people } = pool;
  const most = share.sizeGib * people;
  return [
    `Share of the pool ${pool.name}: ${share.server}, ${share.share}`,
    "",
    ...(share.protocol === "nfs" ? nfs(pool) : smb(pool)),
    "",
    `Space: ${String(share.sizeGib)} GiB a person at most, ${String(most)} GiB for ${String(people)} people.`,
    "",
    ...imageNeeds(pool),
    "",
  ].join("\n");
}

function smb({ share, group, domain, ranges, isWindows }: SharedPool): string[] {
  const users = group ?? `${shortName(domain)}\\Domain Users`;
  return [
    "The share: Full Control for Authenticated Users, encryption on (SMB 3), access-based enumeration on.",
    "Its folder, without inherited rights:",
    "",
    "| who | rights | where |",
    "| --- | --- | --- |",
    "| CREATOR OWNER | Modify | subfolders and files only |",
    `| ${shortName(domain)}\\Domain Admins | Full Control | this folder, subfolders and files |`,
    `| ${users} | Modify | this folder only |`,
    "",
    `icacls <folder of ${share.share}> /inheritance:r /grant "CREATOR OWNER:(OI)(CI)(IO)(M)" ` +
      `"${shortName(domain)}\\Domain Admins:(OI)(CI)(F)" "${users}:(M)"`,
    "",
    `Seats come from ${ranges.join(" and ")} to tcp/445.`,
    ...(isWindows
      ? []
      : ["A home folder has to be there before its person's first login: the share's administrator makes it."]),
  ];
}

function nfs({ share, ranges }: SharedPool): string[] {
  return [
    "The export, in /etc/exports:",
    "",
    `/${share.share} ${ranges.map((range) => `${range}(rw,sec=krb5p,root_squash,no_subtree_check)`).join(" ")}`,
    "",
    "Its folder is root's with 0755; each person's is his with 0700, and is there before his first login.",
    `Seats come from ${ranges.join(" and ")} to tcp/2049.`,
  ];
}

function imageNeeds({ isWindows, share: { protocol } }: SharedPool): string[] {
  if (isWindows)
    return ["The image needs FSLogix (frxsvc), and fslogix.reg or a group policy of fslogix.admx that says the same."];
  return protocol === "nfs"
    ? [
        "The image needs autofs, nfs-common and sssd, with these files below /etc (sssd's root's alone, 0600), and keytabs that hold",
        "nfs/<seat>: adcli join --service-name=host --service-name=nfs.",
      ]
    : [
        "The image needs libpam-mount and cifs-utils, pam_mount.conf.xml in /etc/security, and pam_mount in PAM's sessions.",
      ];
}

/** The short name that administrators see; the domain's own may differ from it. */
function shortName(domain = "DOMAIN"): string {
  return domain.replace(/\..*$/, "").toUpperCase();
}
