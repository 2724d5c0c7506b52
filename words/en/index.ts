import { formsOf } from "../forms";
import { alerts } from "./alerts";
import { cityPage } from "./city-page";
import { handbook } from "./handbook";
import { nouns } from "./nouns";
import { page } from "./page";
import { publicPage } from "./public-page";
import { runbooks } from "./runbooks";

/** English. */
export const EN = {
  nouns,
  forms: formsOf({
    locale: "en-GB",
    nouns,
    day: { day: "numeric", month: "long", year: "numeric" },
    withEuro: (amount) => `€ ${amount}`,
  }),
  page,
  publicPage,
  handbook,
  runbooks,
  cityPage,
  alerts,
};
