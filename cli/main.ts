import { watchOutput } from "../runtime/output";
import { programOf } from "./program";

watchOutput();
void programOf(process.argv[2]).parseAsync();
