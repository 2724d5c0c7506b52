import type { TerraformResource } from "cdktf";
import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";

/** Seats that may change between the two resources of a shard. */
export interface SeatMovesProps {
  /** The resource of persistent seats. */
  readonly persistent: TerraformResource;
  /** The resource of the others. */
  readonly replaceable: TerraformResource;
  /** Names of the seats that are persistent now, in whichever resource their machine was. */
  readonly toPersistent: readonly string[];
  /** Names of the seats that are not persistent now. */
  readonly toReplaceable: readonly string[];
}

/** A `moved` block of Terraform's. */
interface Move {
  /** Possible address in the state. */
  readonly from: string;
  /** Address from now on. */
  readonly to: string;
}

/**
 * Adds Terraform's `moved` blocks of a shard to a construct's stack. A seat that becomes persistent, or stops being so,
 * changes its resource; its machine must not be destroyed in one and created in the other. The file does not record the
 * former resource, so each seat has a block for the possible move; it has no effect where the machine is there already.
 * One block for the whole resource does not work: Terraform moves nothing if both resources are in the state.
 */
export function addSeatMoves(scope: IConstruct, props: SeatMovesProps): void {
  const stack = TerraformStack.of(scope);
  const synthesized = stack.toTerraform.bind(stack);
  // Added unresolved: cdktf would resolve thousands of blocks twice, a third of the synthesis, and they contain no
  // token.
  stack.toTerraform = () => {
    const json = synthesized() as { readonly moved?: readonly Move[] };
    const moved = [...(json.moved ?? []), ...movesOf(props)];
    return moved.length === 0 ? json : { ...json, moved };
  };
}

function movesOf(props: SeatMovesProps): Move[] {
  const [persistent, replaceable] = [address(props.persistent), address(props.replaceable)];
  return [
    ...props.toPersistent.map((seat) => move(seat, replaceable, persistent)),
    ...props.toReplaceable.map((seat) => move(seat, persistent, replaceable)),
  ];
}

function move(seat: string, from: string, to: string): Move {
  return { from: `${from}["${seat}"]`, to: `${to}["${seat}"]` };
}

function address({ terraformResourceType, friendlyUniqueId }: TerraformResource): string {
  return `${terraformResourceType}.${friendlyUniqueId}`;
}
