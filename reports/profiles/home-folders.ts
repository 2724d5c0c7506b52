import { escapeXml } from "../../access/vsphere/xml-text";
import type { SharedPool } from "./profile-pools";

/**
 * sssd-ad(5), ldap_idmap_range_min and ldap_idmap_range_max: the numbers that it gives people of a domain. Others, such as root,
 * have no home folder there.
 */
const DOMAIN_IDS = "200000-2000200000";
/** No program of a share gets another's rights, and no device file counts. */
const PLAIN = "nosuid,nodev";

/** autofs(5), auto.master(5), nfs(5): each person's folder is mounted when somebody looks at it. Files by their names. */
export function automount({ share: { server, share } }: SharedPool): [string, string][] {
  const options = `-fstype=nfs4,sec=krb5p,${PLAIN}`;
  return [
    ["auto.master.d/postazioni.autofs", "/home /etc/auto.postazioni-home\n"],
    ["auto.postazioni-home", `* ${options} ${server}:/${share}/&\n`],
    ["sssd/conf.d/61-postazioni-home.conf", homes()],
  ];
}

/** pam_mount.conf(5), mount.cifs(8): each person's folder is mounted at his login, with his own Kerberos ticket. */
export function pamMount({ share: { server, share } }: SharedPool): string {
  const options = `sec=krb5,cruid=%(USERUID),uid=%(USERUID),gid=%(USERGID),seal,${PLAIN}`;
  const attributes = {
    ...{ uid: DOMAIN_IDS, fstype: "cifs", server, path: `${share}/%(USER)`, mountpoint: "/home/%(USER)", options },
  };
  const texts = Object.entries(attributes).map(([name, value]) => `${name}="${escapeXml(value)}"`);
  return [
    '<?xml version="1.0" encoding="utf-8" ?>',
    "<pam_mount>",
    `  <volume ${texts.join(" ")} />`,
    '  <mkmountpoint enable="1" remove="true" />',
    "</pam_mount>",
    "",
  ].join("\n");
}

/** sssd.conf(5): a home folder is called as its person, without the domain. */
function homes(): string {
  return "[nss]\noverride_homedir = /home/%u\n";
}
