import type { Words } from "../words";

/** @see Words */
export const page: Words["page"] = {
  skip: "Vai al contenuto",
  contents: "Indice",
  asOf: "al",
  flowPicture: "Figura dei flussi",
  cut: (first, all) => `Le prime ${first} di ${all}. Per sfogliare, ordinare e filtrare serve JavaScript.`,
  script: {
    filter: "Filtra",
    previous: "Precedenti",
    next: "Successive",
    pages: "Pagine di {}",
    euro: "{} €",
    ofAll: "{} di {}",
    shown: ", da {} a {} visibili",
    sorted: ", in ordine di {}",
    ascending: ", crescente",
    descending: ", decrescente",
  },
};
