import { Construct } from "constructs";
import { entry } from "../constructs/entry";
import type { ProjectTags } from "../constructs/desktops";
import { DistributedSwitch, ExistingSwitch, NetworkSegment } from "../constructs/network";
import type { PrivateVlan, SegmentSwitch } from "../constructs/network";
import type { Segment } from "../environments/model/network";
import { CityStack } from "./city-stack";
import type { CityStackProps } from "./city-stack";
import { declareSupport } from "./support-permissions";

/** Props of the network's stack. */
export interface NetworkStackProps extends CityStackProps {
  /** The project's tags. */
  readonly tags: ProjectTags;
}

/** `<city>-network`: the distributed switch, unless it exists, and a port group for every segment that is not external. */
export class NetworkStack extends CityStack {
  private readonly segments: ReadonlyMap<string, NetworkSegment>;

  public constructor(scope: Construct, props: NetworkStackProps) {
    super(scope, "network", props);
    this.useVsphere();
    const own = this.city.network.segments.filter(({ external }) => !external);
    const tags = props.tags.project;
    const segmentSwitch = this.segmentSwitch(props, own);
    const segments = new Construct(this, "segments");
    this.segments = new Map(
      own.map((segment) => [
        segment.name,
        new NetworkSegment(segments, segment.name, {
          name: segment.name,
          description: description(segment),
          switch: segmentSwitch,
          vlan: segment.vlan,
          tags,
          privateVlan: privateVlan(segment),
          aggregationGroup: this.city.network.switch.lacp?.group,
        }),
      ]),
    );
    declareSupport(this, props.plan.support.network, ({ name }) => [
      [name, { type: "DistributedVirtualPortgroup", id: this.networkId(name) }],
    ]);
  }

  /** Managed object id of a segment's port group. */
  public networkId(name: string): string {
    return entry(this.segments, name, this).networkId;
  }

  private segmentSwitch({ plan, tags }: NetworkStackProps, segments: readonly Segment[]): SegmentSwitch {
    const { name, existing } = this.city.network.switch;
    const datacenterId = this.datacenter();
    const privateVlans = segments.flatMap((segment) => privateVlan(segment) ?? []);
    if (existing) return new ExistingSwitch(this, "switch", { name, datacenterId, privateVlans });
    return new DistributedSwitch(this, "switch", {
      ...plan.switch,
      ...{ datacenterId, privateVlans, tags: tags.project },
    });
  }
}

function privateVlan({ vlan, privateVlan }: Segment): PrivateVlan | undefined {
  return privateVlan && { primary: vlan, ...privateVlan };
}

function description({ subnet, subnet6, privateVlan }: Segment): string {
  return [subnet, subnet6, privateVlan?.type].filter((part) => part !== undefined).join(", ");
}
