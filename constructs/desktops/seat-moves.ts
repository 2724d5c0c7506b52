import type { TerraformResource } from "cdktf";
import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";

/** Seats that may change from one resource to another, and those that may come back. */
export interface SeatMovesProps {
  /** The resource of the seats that stay whatever their image. */
  readonly persistent: TerraformResource;
  /** The resource of the others. */
  readonly replaceable: TerraformResource;
  /** Names of the seats that are persistent now, wherever their machine was. */
  readonly toPersistent: readonly string[];
  /** Names of the seats that are not persistent now. */
  readonly toReplaceable: readonly string[];
}

/** One of Terraform's `moved` blocks. */
interface Move {
  /** Address that a machine may have in the state. */
  readonly from: string;
  /** Address that it has from then on. */
  readonly to: string;
}

/**
 * Adds to the stack of a construct Terraform's `moved` blocks of a shard. A machine is persistent or not by the resource that it is in, and a machine that only
 * changes between the two must not be destroyed in one and made anew in the other. The file does not say where it was, so
 * that each seat has a block for the way that it may have to go; one whose machine is there already says nothing. One
 * block for the whole resource does not do: Terraform moves none of it where the other one is in the state too.
 */
export function addSeatMoves(scope: IConstruct, props: SeatMovesProps): void {
  const stack = TerraformStack.of(scope);
  const synthesized = stack.toTerraform.bind(stack);
  // Thousands of blocks hold nothing that cdktf has to resolve, which it would do to each twice: a third of a synthesis.
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
