import { applied } from "./shared-steps";
import { onlyIf, say, type } from "./text";
import type { Incident, WrittenRunbook } from "./runbook";
import type { WrittenStep } from "./text";

/** Runbooks for what all seats have together: network, secrets, an emergency. */
export const cityRunbooks = {
  "certificate-expired": {
    title: { en: "A certificate has expired", it: "Un certificato è scaduto" },
    duty: "desktop-team",
    concerns: ({ vault }) => vault,
    steps: ({ city, authority }) => [
      type(
        `npm run secrets -- status ${city}`,
        "See whether the city's authority itself is old: then no certificate is issued.",
        "Vedere se è vecchia l'autorità della città: in quel caso non si emettono certificati.",
      ),
      ...onlyIf(
        authority,
        type(
          `npm run secrets -- authority request ${city} --out ${city}.csr`,
          "If it is, make a signing request for the offline root.",
          "Se lo è, preparare la richiesta di firma per la radice offline.",
        ),
        type(
          `npm run secrets -- authority install ${city} ${city}-authority.pem`,
          "Check and install what the root signed.",
          "Controllare e installare ciò che la radice ha firmato.",
        ),
      ),
      say(
        `If only one machine's has expired, its own agent did not ask in time: desktops ask at ${city}/pki/issue/<pool>_<two digits>, gateways at ${city}/pki/issue/gateways. Start the agent and read its log.`,
        `Se è scaduto solo quello di una macchina, il suo agente non l'ha chiesto in tempo: le postazioni lo chiedono a ${city}/pki/issue/<gruppo>_<due cifre>, i gateway a ${city}/pki/issue/gateways. Avviare l'agente e leggerne il log.`,
      ),
    ],
  },
  "wrong-flow": {
    title: { en: "A flow is wrong", it: "Un flusso di rete è sbagliato" },
    duty: "network-team",
    steps: ({ city, gateways }) => [
      type(
        `npm run report -- network ${city}`,
        "See who reaches whom, by which rule, in whose interest.",
        "Vedere chi raggiunge chi, con quale regola e per conto di chi.",
      ),
      say(
        "Correct the flow in the city's file, with its owner's ticket; or take it out.",
        "Correggere il flusso nel file della città, con il ticket del responsabile; oppure toglierlo.",
      ),
      type("npm run validate", "Check the file.", "Controllare il file."),
      ...applied(city, "The rules change, on trial first.", "Le regole cambiano, prima in prova."),
      ...onlyIf(
        gateways,
        type(
          `npm run gateways -- ${city}`,
          "If it was interrupted: both gateways load what they have to carry.",
          "Se è stato interrotto: entrambi i gateway caricano ciò che devono applicare.",
        ),
      ),
      ...onlyIf(
        !gateways,
        type(
          `npm run report -- firewall ${city} --out firewalls`,
          "Hand the rules to whoever keeps the city's firewalls.",
          "Consegnare le regole a chi gestisce i firewall della città.",
        ),
      ),
    ],
  },
  "emergency-begins": {
    title: { en: "An emergency begins", it: "Inizia un'emergenza" },
    duty: "desktop-team",
    concerns: ({ emergency }) => emergency,
    steps: ({ city, surge }) => [
      say(
        "Write active: true at emergency in the city's file.",
        "Scrivere active: true in emergency nel file della città.",
      ),
      type("npm run validate", "Check the file.", "Controllare il file."),
      ...applied(
        city,
        surge ? "The prepared flows open, and the prepared seats are made." : "The prepared flows open.",
        surge
          ? "Si aprono i flussi predisposti e si creano le postazioni predisposte."
          : "Si aprono i flussi predisposti.",
      ),
      ...onlyIf(
        surge,
        type(
          `npm run secrets -- first ${city}`,
          "The new seats get their first secrets.",
          "Le nuove postazioni ricevono i primi segreti.",
        ),
      ),
    ],
  },
  "emergency-ends": {
    title: { en: "An emergency ends", it: "Finisce un'emergenza" },
    duty: "desktop-team",
    concerns: ({ emergency }) => emergency,
    steps: ({ city, surge, computers }) => [
      say(
        "Write active: false at emergency in the city's file.",
        "Scrivere active: false in emergency nel file della città.",
      ),
      ...applied(
        city,
        surge ? "The flows close, and the emergency's seats go; nobody else's does." : "The flows close.",
        surge
          ? "I flussi si chiudono e le postazioni d'emergenza vengono rimosse; nessun'altra."
          : "I flussi si chiudono.",
      ),
      ...onlyIf(
        surge && computers,
        type(
          `npm run computers -- ${city} --disable`,
          "Their computers' accounts are disabled.",
          "Gli account dei loro computer vengono disabilitati.",
        ),
      ),
    ],
  },
  "stolen-machine": {
    title: { en: "A machine is stolen, or in wrong hands", it: "Una macchina è rubata o in mani sbagliate" },
    duty: "security",
    steps: ({ city, seat, account, authority }) => [
      ...isolated(seat),
      ...onlyIf(
        authority,
        type(
          `npm run secrets -- authority revoke ${city} 3a:5c:07`,
          "Revoke its certificates; Vault's audit log has their numbers.",
          "Revocarne i certificati; i numeri sono nel log di audit di Vault.",
        ),
      ),
      ...onlyIf(
        account !== undefined,
        type(
          `npm run secrets -- rotate ${city} ${account ?? ""}`,
          "The account that its pool joins with gets another password.",
          "L'account con cui il suo gruppo entra nel dominio riceve un'altra password.",
        ),
      ),
      say(
        "Write the seat under replace at its pool: it is made anew from the image. A laptop from which somebody connected is a matter of the person's own login: disable that in the directory.",
        "Scrivere la postazione in replace nel suo gruppo: viene rifatta dall'immagine. Se è rubato il portatile da cui ci si collegava, disabilitare l'utente nella directory.",
      ),
      ...applied(city, "The machine is replaced.", "La macchina viene sostituita."),
    ],
  },
  "vault-sealed": {
    title: { en: "Vault is sealed", it: "Vault è sigillato" },
    duty: "desktop-team",
    concerns: ({ vault }) => vault,
    steps: ({ city, pool }) => [
      say(
        "Seats at which people work go on. New machines do not join, and nobody reads a secret.",
        "Le postazioni in uso continuano. Le macchine nuove non entrano nel dominio e nessuno legge segreti.",
      ),
      type(
        "bao status",
        "See whether it is sealed, or only not reached.",
        "Vedere se è sigillato o solo non raggiungibile.",
      ),
      type(
        "bao operator unseal",
        "As many holders of key shares as it asks for type theirs, each at a terminal of his own.",
        "Tanti detentori di quote quante ne chiede digitano la propria, ciascuno dal proprio terminale.",
      ),
      type(`npm run secrets -- status ${city}`, "See whether all is right.", "Vedere se tutto è a posto."),
      type(
        `npm run secrets -- first ${city} --pool ${pool}`,
        "Machines that waited get their first secrets.",
        "Le macchine in attesa ricevono i primi segreti.",
      ),
    ],
  },
} as const satisfies Partial<Record<Incident, WrittenRunbook>>;

/** A machine is taken off the network, and what it did is kept. */
function isolated(seat: string): WrittenStep[] {
  return [
    say(
      `Find the machine in vCenter by the seat's name (here ${seat}) and disconnect its network adapter: edit its settings, and take "Connected" away there, not "Connect at power on". It goes on without the network; do not switch it off and on, which connects it again.`,
      `Cercare la macchina in vCenter con il nome della postazione (qui ${seat}) e scollegarne la scheda di rete: nelle impostazioni togliere "Connesso", non "Connetti all'accensione". Resta accesa senza rete; non spegnerla e riaccenderla, perché si ricollegherebbe.`,
    ),
    say(
      "Take a snapshot with its memory: what it did stays. Then suspend it, and tell the help desk to leave it so: a suspended machine that somebody resumes is still disconnected.",
      "Farne una snapshot con la memoria: ciò che ha fatto resta. Poi sospenderla e avvisare l'help desk di lasciarla così: una macchina sospesa che qualcuno riprende resta scollegata.",
    ),
  ];
}
