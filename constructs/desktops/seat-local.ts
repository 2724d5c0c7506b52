import { TerraformLocal } from "cdktf";
import type { Construct } from "constructs";

/**
 * Gives an expression over seats a name, for a `for_each` to refer to. Terraform evaluates a `for_each` again for every
 * seat, and in JSON also parses it: written in place, the plan's time grows with the square of the seats (0001). An
 * iterator of cdktf's avoids that, but resolves every name as an expression of its own, twice.
 * @returns the reference: `${local.<name>}`
 */
export function seatLocal(scope: Construct, id: string, expression: string): string {
  return new TerraformLocal(scope, id, expression).asString;
}
