import { applied } from "./shared-steps";
import { onlyIf, say, type } from "./text";
import type { Incident, WrittenRunbook } from "./runbook";

/** Runbooks for what watching finds before anybody calls. */
export const watchingRunbooks = {
  "secret-not-right": {
    title: { en: "A secret is missing, old or not rotated", it: "Un segreto manca, è vecchio o non è ruotato" },
    duty: "desktop-team",
    concerns: ({ vault }) => vault,
    steps: ({ city }) => [
      type(`npm run secrets -- status ${city}`, "See which, and since when.", "Vedere quale, e da quando."),
      type(
        `npm run secrets -- init ${city}`,
        "What is missing or different is created; nothing that exists is overwritten.",
        "Ciò che manca o è diverso viene creato; nulla di esistente viene sovrascritto.",
      ),
      say(
        "An old one is replaced by its owner: ask the team whose folder it is in.",
        "Uno vecchio viene sostituito dal suo responsabile: chiedere al gruppo nella cui cartella si trova.",
      ),
    ],
  },
  drift: {
    title: { en: "Something was changed past the file", it: "Qualcosa è stato modificato fuori dal file" },
    duty: "desktop-team",
    steps: ({ city }) => [
      type(`npm run drift -- ${city}`, "See what differs, and where.", "Vedere che cosa è diverso, e dove."),
      say(
        "Ask who did it and why. What is to stay is written into the city's file.",
        "Chiedere chi l'ha fatto e perché. Ciò che deve restare si scrive nel file della città.",
      ),
      ...applied(city, "The rest is set back.", "Il resto viene riportato com'era."),
    ],
  },
  "monitoring-silent": {
    title: { en: "Monitoring is silent", it: "Il monitoraggio tace" },
    duty: "monitoring",
    concerns: ({ monitored }) => monitored,
    steps: ({ city, monitored }) => [
      ...onlyIf(
        monitored,
        type(
          `npm run metrics -- ${city}`,
          "See whether vCenter still answers its login, with figures for every pool.",
          "Vedere se vCenter risponde ancora al suo login, con dati per ogni gruppo di postazioni.",
        ),
      ),
      say(
        "Look at the targets page of Prometheus, and whether the nightly jobs for drift and secrets ran.",
        "Guardare la pagina dei target di Prometheus, e se i lavori notturni su differenze e segreti sono stati eseguiti.",
      ),
      ...onlyIf(
        monitored,
        type(
          `npm run report -- monitoring ${city} --out monitoring --force`,
          "If targets of the file are missing, write the configuration again.",
          "Se mancano target del file, riscrivere la configurazione.",
        ),
      ),
    ],
  },
} as const satisfies Partial<Record<Incident, WrittenRunbook>>;
