import { formsOf } from "../forms";
import type { Words } from "../words";
import { alerts } from "./alerts";
import { cityPage } from "./city-page";
import { handbook } from "./handbook";
import { nouns } from "./nouns";
import { page } from "./page";
import { publicPage } from "./public-page";
import { runbooks } from "./runbooks";

/** Italian. */
export const IT: Words = {
  nouns,
  forms: formsOf({
    locale: "it-IT",
    nouns,
    day: { day: "2-digit", month: "2-digit", year: "numeric" },
    withEuro: (amount) => `${amount} €`,
  }),
  page,
  publicPage,
  handbook,
  runbooks,
  cityPage,
  alerts,
};
