package snapshot

import (
	"strings"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/vim25/types"
)

// cards tells each network adapter with the port group or network that it
// is connected to.
func cards(in *index, devices []types.BaseVirtualDevice) []Adapter {
	list := []Adapter{}
	for _, device := range object.VirtualDeviceList(devices).SelectByType((*types.VirtualEthernetCard)(nil)) {
		card := device.(types.BaseVirtualEthernetCard).GetVirtualEthernetCard()
		list = append(list, Adapter{Network: network(in, card.Backing), MacAddress: card.MacAddress})
	}
	return list
}

func network(in *index, backing types.BaseVirtualDeviceBackingInfo) string {
	switch b := backing.(type) {
	case *types.VirtualEthernetCardDistributedVirtualPortBackingInfo:
		return in.names[ref{Type: "DistributedVirtualPortgroup", Value: b.Port.PortgroupKey}]
	case *types.VirtualEthernetCardNetworkBackingInfo:
		return b.DeviceName
	}
	return ""
}

// settings are the machine's advanced ones whose names begin alike.
func settings(prefix string, values []types.BaseOptionValue) map[string]string {
	found := map[string]string{}
	for _, value := range values {
		option := value.GetOptionValue()
		if text, ok := option.Value.(string); ok && strings.HasPrefix(option.Key, prefix) {
			found[option.Key] = text
		}
	}
	return found
}
