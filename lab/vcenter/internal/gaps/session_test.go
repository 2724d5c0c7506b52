package gaps_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/xml"
	"math/big"
	"testing"

	"github.com/vmware/govmomi/vim25"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"

	"postazioni/lab/vcenter/internal/vctest"
)

// stranger is a client without a session, that shows any certificate.
func stranger(v *vctest.VCenter) *vim25.Client {
	v.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	v.OK(err)
	template := &x509.Certificate{SerialNumber: big.NewInt(1)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	v.OK(err)
	client := soap.NewClient(v.URL(), true)
	client.SetCertificate(tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key})
	c, err := vim25.NewClient(v.Ctx, client)
	v.OK(err)
	return c
}

func TestCertificateIsNoLogin(t *testing.T) {
	v := vctest.Start(t)
	c := stranger(v)
	req := &types.LoginExtensionByCertificate{This: *c.ServiceContent.SessionManager, ExtensionKey: "any"}
	if _, err := methods.LoginExtensionByCertificate(v.Ctx, c, req); err == nil {
		t.Fatal("a certificate was enough")
	}
}

func TestTokenIsNoLogin(t *testing.T) {
	v := vctest.Start(t)
	c := stranger(v)
	type token struct {
		XMLName xml.Name `xml:"Security"`
		Subject string   `xml:"Assertion>Subject>NameID"`
	}
	ctx := c.WithHeader(v.Ctx, soap.Header{Security: token{Subject: vctest.User}})
	_, err := methods.LoginByToken(ctx, c, &types.LoginByToken{This: *c.ServiceContent.SessionManager})
	if err == nil || !soap.IsSoapFault(err) {
		t.Fatalf("a token gave %v", err)
	}
}

func TestOnlyTheOneLoginIsTaken(t *testing.T) {
	v := vctest.Start(t)
	c := stranger(v)
	for _, login := range []types.Login{{UserName: vctest.User, Password: "wrong"}, {UserName: "other", Password: vctest.Password}} {
		login.This = *c.ServiceContent.SessionManager
		if _, err := methods.Login(v.Ctx, c, &login); err == nil {
			t.Errorf("%s was let in", login.UserName)
		}
	}
}
