import { fail } from "../runtime/failure";
import { watchOutput } from "../runtime/output";
import { programOf } from "./program";

watchOutput();
programOf(process.argv[2])
  .then((program) => program.parseAsync())
  .catch(fail);

/** How bootstrap.mjs reports what fails outside the commands. */
export { fail };
