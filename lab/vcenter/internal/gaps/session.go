package gaps

import (
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

type session struct{ override }

// LoginByToken is refused: the simulator takes any token without looking at
// its signature, which would be a way past the one accepted login.
func (*session) LoginByToken(*simulator.Context, *types.LoginByToken) soap.HasFault {
	return &methods.LoginByTokenBody{Fault_: refused()}
}

// LoginExtensionByCertificate is refused for the same reason: the simulator
// takes any certificate.
func (*session) LoginExtensionByCertificate(*simulator.Context, *types.LoginExtensionByCertificate) soap.HasFault {
	return &methods.LoginExtensionByCertificateBody{Fault_: refused()}
}

func refused() *soap.Fault {
	return simulator.Fault("Login failure", new(types.InvalidLogin))
}
