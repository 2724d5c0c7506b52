/** The handbook's runbooks: title and steps of each. */
export const runbooks = {
  "seat-does-not-start": {
    title: "A seat does not start",
    find: (seat: string) =>
      `Find the machine in vCenter by the seat's name (here ${seat}): power it on, and look at its console.`,
    drift: "See whether it is off, on another host, changed by hand, or gone.",
    revert: "If a snapshot from before the fault is there, revert to it.",
    deployAgain: "Desktop team: if the machine is gone, the deployment of its stack makes it anew.",
    firstSecret: "A new machine gets its first secret, and joins the domain.",
  },
  "seat-lost-with-host": {
    title: "Seats are lost with their host",
    wait: "vSphere HA starts the machines on other hosts. Wait for it, and do not start the host again before its disks were looked at.",
    room: "See whether the cluster has room for all of them without that host.",
    missing: "See which machines are missing.",
    applied: "The missing machines are made anew.",
    firstSecrets: "New machines get their first secrets.",
  },
  "datastore-full": {
    title: "A datastore is full",
    snapshots:
      "In vCenter remove old snapshots of the machines on it: they grow until the datastore is full, and then machines stop.",
    sizes: "Compare the file's sizes with the datastore's own, and its free space.",
    pools: "See which pools take the space, and which datastore has some.",
    forGood:
      "For good: write another datastore, or a spread, at the pool in the city's file. It moves machines in place.",
    applied: "The machines move.",
  },
  "join-fails": {
    title: "A seat does not join the domain",
    account: "See whether the joining account is there and rotated.",
    directory: "See whether the directory answers, and has the account, its rights and the organizational unit.",
    network: "See whether the seat reaches the domain controllers.",
    rotate: "If the account's password is refused, give it a new one.",
    again: "Give the seat a first secret again: it joins anew.",
  },
  leaver: {
    title: "Somebody leaves",
    file: "Take the person out of the pool's directory group, and write the last day into the file of assignments.",
    retired: "If the seat goes too, list its number under retired: nobody else's machine is touched.",
    applied: "The machine of a retired seat goes.",
    account: "The computer's account in the directory is disabled; after a month remove it with --remove.",
  },
  "certificate-expired": {
    title: "A certificate has expired",
    status: "See whether the city's authority itself is old: then no certificate is issued.",
    request: "If it is, make a signing request for the offline root.",
    install: "Check and install what the root signed.",
    agent: (city: string) =>
      `If only one machine's has expired, its own agent did not ask in time: desktops ask at ${city}/pki/issue/<pool>_<two digits>, gateways at ${city}/pki/issue/gateways. Start the agent and read its log.`,
  },
  "wrong-flow": {
    title: "A flow is wrong",
    see: "See who reaches whom, by which rule, in whose interest.",
    correct: "Correct the flow in the city's file, with its owner's ticket; or take it out.",
    applied: "The rules change, on trial first.",
    gateways: "If it was interrupted: both gateways load what they have to carry.",
    firewall: "Hand the rules to whoever keeps the city's firewalls.",
  },
  "emergency-begins": {
    title: "An emergency begins",
    activate: "Write active: true at emergency in the city's file.",
    applied: (surge: boolean): string =>
      surge ? "The prepared flows open, and the prepared seats are made." : "The prepared flows open.",
    firstSecrets: "The new seats get their first secrets.",
  },
  "emergency-ends": {
    title: "An emergency ends",
    deactivate: "Write active: false at emergency in the city's file.",
    applied: (surge: boolean): string =>
      surge ? "The flows close, and the emergency's seats go; nobody else's does." : "The flows close.",
    accounts: "Their computers' accounts are disabled.",
  },
  "stolen-machine": {
    title: "A machine is stolen, or in wrong hands",
    isolate: (seat: string) =>
      `Find the machine in vCenter by the seat's name (here ${seat}) and disconnect its network adapter: edit its settings, and take "Connected" away there, not "Connect at power on". It goes on without the network; do not switch it off and on, which connects it again.`,
    snapshot:
      "Take a snapshot with its memory: what it did stays. Then suspend it, and tell the help desk to leave it so: a suspended machine that somebody resumes is still disconnected.",
    revoke: "Revoke its certificates; Vault's audit log has their numbers.",
    rotate: "The account that its pool joins with gets another password.",
    replace:
      "Write the seat under replace at its pool: it is made anew from the image. A laptop from which somebody connected is a matter of the person's own login: disable that in the directory.",
    applied: "The machine is replaced.",
  },
  "vault-sealed": {
    title: "Vault is sealed",
    meanwhile: "Seats at which people work go on. New machines do not join, and nobody reads a secret.",
    status: "See whether it is sealed, or only not reached.",
    unseal: "As many holders of key shares as it asks for type theirs, each at a terminal of his own.",
    right: "See whether all is right.",
    firstSecrets: "Machines that waited get their first secrets.",
  },
  "secret-not-right": {
    title: "A secret is missing, old or not rotated",
    which: "See which, and since when.",
    init: "What is missing or different is created; nothing that exists is overwritten.",
    owner: "An old one is replaced by its owner: ask the team whose folder it is in.",
  },
  drift: {
    title: "Something was changed past the file",
    see: "See what differs, and where.",
    ask: "Ask who did it and why. What is to stay is written into the city's file.",
    applied: "The rest is set back.",
  },
  "monitoring-silent": {
    title: "Monitoring is silent",
    metrics: "See whether vCenter still answers its login, with figures for every pool.",
    targets: "Look at the targets page of Prometheus, and whether the nightly jobs for drift and secrets ran.",
    rewrite: "If targets of the file are missing, write the configuration again.",
  },
};
