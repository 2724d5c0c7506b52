/** Every page's own words, and those of its script: `{}` stands for a number or a name. */
export const page = {
  skip: "Skip to the content",
  contents: "Contents",
  asOf: "as of",
  flowPicture: "Picture of the flows",
  cut: (first: string, all: string) => `The first ${first} of ${all}. Paging, sorting and filtering need JavaScript.`,
  script: {
    filter: "Filter",
    previous: "Previous",
    next: "Next",
    pages: "Pages of {}",
    euro: "€ {}",
    ofAll: "{} of {}",
    shown: ", {} to {} shown",
    sorted: ", sorted by {}",
    ascending: ", ascending",
    descending: ", descending",
  },
};
