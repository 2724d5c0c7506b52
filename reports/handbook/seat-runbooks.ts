import { onlyIf, say, type } from "./text";
import type { Incident, WrittenRunbook } from "./runbook";
import { applied } from "./shared-steps";

/** Runbooks for seats, and what they are on. */
export const seatRunbooks = {
  "seat-does-not-start": {
    title: { en: "A seat does not start", it: "Una postazione non si avvia" },
    duty: "help-desk",
    steps: ({ city, pool, seat, stack, vault }) => [
      say(
        `Find the machine in vCenter by the seat's name (here ${seat}): power it on, and look at its console.`,
        `Cercare la macchina in vCenter con il nome della postazione (qui ${seat}): accenderla e guardarne la console.`,
      ),
      type(
        `npm run drift -- ${city}`,
        "See whether it is off, on another host, changed by hand, or gone.",
        "Vedere se è spenta, su un altro host, modificata a mano o sparita.",
      ),
      say(
        "If a snapshot from before the fault is there, revert to it.",
        "Se c'è una snapshot precedente al guasto, ripristinarla.",
      ),
      type(
        `npx cdktf deploy ${stack} --ignore-missing-stack-dependencies`,
        "Desktop team: if the machine is gone, the deployment of its stack makes it anew.",
        "Gruppo postazioni: se la macchina è sparita, la distribuzione del suo stack la ricrea.",
      ),
      ...onlyIf(
        vault,
        type(
          `npm run secrets -- first ${city} --pool ${pool}`,
          "A new machine gets its first secret, and joins the domain.",
          "Una macchina nuova riceve il primo segreto ed entra nel dominio.",
        ),
      ),
    ],
  },
  "seat-lost-with-host": {
    title: { en: "Seats are lost with their host", it: "Postazioni perse con il loro host" },
    duty: "desktop-team",
    steps: ({ city, pool, vault }) => [
      say(
        "vSphere HA starts the machines on other hosts. Wait for it, and do not start the host again before its disks were looked at.",
        "vSphere HA riavvia le macchine su altri host. Attendere, e non riaccendere l'host prima di averne verificato i dischi.",
      ),
      type(
        `npm run report -- capacity ${city}`,
        "See whether the cluster has room for all of them without that host.",
        "Vedere se il cluster ha posto per tutte senza quell'host.",
      ),
      type(`npm run drift -- ${city}`, "See which machines are missing.", "Vedere quali macchine mancano."),
      ...applied(city, "The missing machines are made anew.", "Le macchine mancanti vengono ricreate."),
      ...onlyIf(
        vault,
        type(
          `npm run secrets -- first ${city} --pool ${pool}`,
          "New machines get their first secrets.",
          "Le macchine nuove ricevono i primi segreti.",
        ),
      ),
    ],
  },
  "datastore-full": {
    title: { en: "A datastore is full", it: "Un datastore è pieno" },
    duty: "desktop-team",
    steps: ({ city }) => [
      say(
        "In vCenter remove old snapshots of the machines on it: they grow until the datastore is full, and then machines stop.",
        "In vCenter rimuovere le snapshot vecchie delle macchine che vi si trovano: crescono fino a riempirlo, e allora le macchine si fermano.",
      ),
      type(
        `npm run preflight -- ${city}`,
        "Compare the file's sizes with the datastore's own, and its free space.",
        "Confrontare le dimensioni nel file con quelle reali e con lo spazio libero.",
      ),
      type(
        `npm run report -- capacity ${city}`,
        "See which pools take the space, and which datastore has some.",
        "Vedere quali gruppi di postazioni occupano lo spazio, e quale datastore ne ha.",
      ),
      say(
        "For good: write another datastore, or a spread, at the pool in the city's file. It moves machines in place.",
        "In modo definitivo: indicare nel file della città un altro datastore, o uno spread, per il gruppo. Le macchine vengono spostate senza ricrearle.",
      ),
      ...applied(city, "The machines move.", "Le macchine si spostano."),
    ],
  },
  "join-fails": {
    title: { en: "A seat does not join the domain", it: "Una postazione non entra nel dominio" },
    duty: "desktop-team",
    concerns: ({ vault }) => vault,
    steps: ({ city, pool, seat, account }) => [
      type(
        `npm run secrets -- status ${city}`,
        "See whether the joining account is there and rotated.",
        "Vedere se l'account di ingresso nel dominio esiste ed è ruotato.",
      ),
      type(
        `npm run preflight -- ${city}`,
        "See whether the directory answers, and has the account, its rights and the organizational unit.",
        "Vedere se la directory risponde e ha l'account, i suoi diritti e l'unità organizzativa.",
      ),
      type(
        `npm run report -- network ${city}`,
        "See whether the seat reaches the domain controllers.",
        "Vedere se la postazione raggiunge i controller di dominio.",
      ),
      ...onlyIf(
        account !== undefined,
        type(
          `npm run secrets -- rotate ${city} ${account ?? ""}`,
          "If the account's password is refused, give it a new one.",
          "Se la password dell'account viene rifiutata, darne una nuova.",
        ),
      ),
      type(
        `npm run secrets -- first ${city} --pool ${pool} --again ${seat}`,
        "Give the seat a first secret again: it joins anew.",
        "Dare di nuovo alla postazione un primo segreto: rifà l'ingresso.",
      ),
    ],
  },
  leaver: {
    title: { en: "Somebody leaves", it: "Una persona lascia l'ente" },
    duty: "desktop-team",
    steps: ({ city, computers }) => [
      say(
        "Take the person out of the pool's directory group, and write the last day into the file of assignments.",
        "Togliere la persona dal gruppo di directory delle postazioni, e scrivere l'ultimo giorno nel file delle assegnazioni.",
      ),
      type("npm run validate", "Check the file.", "Controllare il file."),
      say(
        "If the seat goes too, list its number under retired: nobody else's machine is touched.",
        "Se va tolta anche la postazione, elencarne il numero in retired: nessun'altra macchina viene toccata.",
      ),
      ...applied(city, "The machine of a retired seat goes.", "La macchina di una postazione ritirata viene rimossa."),
      ...onlyIf(
        computers,
        type(
          `npm run computers -- ${city} --disable`,
          "The computer's account in the directory is disabled; after a month remove it with --remove.",
          "L'account del computer nella directory viene disabilitato; dopo un mese rimuoverlo con --remove.",
        ),
      ),
    ],
  },
} as const satisfies Partial<Record<Incident, WrittenRunbook>>;
