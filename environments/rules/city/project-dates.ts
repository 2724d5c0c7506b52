import type { CityRule } from "../rule";

/** A project that ends before it begins is a typing error, which the public report would publish. */
export const projectDates: CityRule = {
  id: "project-dates",
  explanation: "a project ends on its first day or later",
  repair: "correct one of the two days",
  *check({ project }) {
    const { starts, ends } = project ?? {};
    if (starts === undefined || ends === undefined || ends >= starts) return;
    yield { path: ["project", "ends"], message: `the project ends on ${ends}, before it starts on ${starts}` };
  },
};
