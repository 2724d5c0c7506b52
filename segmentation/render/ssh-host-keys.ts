/** The hypervisor's id of the machine: vSphere gives each clone another one, and a machine keeps it when it moves. */
const MACHINE = "/sys/class/dmi/id/product_uuid";
/** The machine id for which the host keys were generated. */
const KEYS_OF = "/etc/ssh/postazioni-host-keys-of";

/**
 * A shell line that regenerates SSH host keys that belong to another machine, for example after a clone of a template
 * that has keys. It runs at every boot before sshd (cloud-init's bootcmd). cloud-init itself would regenerate them for
 * each new instance id, so after each changed flow, and people would learn to ignore changed keys.
 */
export const OWN_HOST_KEYS = [
  `if command -v ssh-keygen >/dev/null && ! cmp -s ${MACHINE} ${KEYS_OF}`,
  `then rm -f /etc/ssh/ssh_host_*_key /etc/ssh/ssh_host_*_key.pub && ssh-keygen -A && cat ${MACHINE} >${KEYS_OF}`,
  "fi",
].join("; ");
