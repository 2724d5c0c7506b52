package inventory

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const good = `{
  "datacenter": "Prova",
  "clusters": [{"name": "a", "hosts": ["h1", "h2"], "datastores": ["ds"], "coresPerHost": 64, "memoryGibPerHost": 512}],
  "physicalAdapters": ["vmnic2"],
  "templates": [{"name": "t", "guestId": "windows11_64Guest", "diskGib": 80, "firmware": "efi", "cluster": "a", "datastore": "ds"}],
  "machines": [{"name": "m", "folder": "Smart Working 2020", "cluster": "a", "datastore": "ds", "cpus": 2, "memoryMib": 8192,
                "guestId": "windows9_64Guest", "firmware": "bios", "disksGib": [60, 20]}],
  "libraries": [{"name": "golden", "items": [{"name": "i", "template": "t"}]}],
  "storagePolicies": ["vdi-mirrored", "vdi-single"],
  "principals": [{"name": "PROVA\\helpdesk", "group": true}],
  "switches": [{"name": "dvs", "mtu": 9000, "privateVlans": [{"primary": 110, "secondary": 111, "type": "isolated"}]}]
}`

func TestGoodInventoryIsRead(t *testing.T) {
	inv, err := Parse([]byte(good))
	if err != nil {
		t.Fatal(err)
	}
	if inv.Clusters[0].Hosts[1] != "h2" || inv.Templates[0].GuestID != "windows11_64Guest" || !inv.Principals[0].Group {
		t.Fatalf("read as %+v", inv)
	}
}

func TestViolationIsNamed(t *testing.T) {
	cases := []struct{ name, old, new, want string }{
		{"unknown field", `"datacenter"`, `"datacentre": "x", "datacenter"`, "datacentre: unknown field"},
		{"unknown field inside", `"coresPerHost"`, `"cores": 1, "coresPerHost"`, "clusters[0].cores: unknown field"},
		{"no datacenter", `"Prova"`, `""`, "datacenter: missing"},
		{"host twice", `"h2"`, `"h1"`, `hosts[1]: "h1" stands twice`},
		{"empty host", `"h2"`, `""`, "hosts[1]: the name is empty"},
		{"no cores", `64`, `0`, "clusters[name=a].coresPerHost: 0 is not above 0"},
		{"no memory", `512`, `-1`, "clusters[name=a].memoryGibPerHost: -1 is not above 0"},
		{"no hosts", `["h1", "h2"]`, `[]`, "clusters[name=a].hosts: at least one is needed"},
		{"no datastores", `["ds"]`, `[]`, "clusters[name=a].datastores: at least one is needed"},
		{"unknown guest", `windows11_64Guest`, `windows95`, `templates[name=t].guestId: vCenter knows no "windows95"`},
		{"unknown firmware", `"efi"`, `"uefi"`, `templates[name=t].firmware: "uefi" is neither`},
		{"unknown cluster", `"cluster": "a"`, `"cluster": "z"`, `templates[name=t].cluster: no cluster "z"`},
		{"foreign datastore", `"datastore": "ds"`, `"datastore": "other"`, `cluster "a" has no "other"`},
		{"machine twice", `[{"name": "m",`, `[{"name": "m", "folder": "/Smart Working 2020/"}, {"name": "m",`, `machines[1]: "Smart Working 2020/m" stands twice`},
		{"machine of no name", `"m"`, `""`, "machines[name=].name: missing"},
		{"machine without processors", `"cpus": 2`, `"cpus": 0`, "machines[name=m].cpus: 0 is not above 0"},
		{"machine without memory", `8192`, `0`, "machines[name=m].memoryMib: 0 is not above 0"},
		{"machine of an unknown guest", `windows9_64Guest`, `windows95`, `machines[name=m].guestId: vCenter knows no "windows95"`},
		{"machine of unknown firmware", `"bios"`, `"BIOS"`, `machines[name=m].firmware: "BIOS" is neither`},
		{"machine without disks", `[60, 20]`, `[]`, "machines[name=m].disksGib: at least one is needed"},
		{"machine with an empty disk", `[60, 20]`, `[60, 0]`, "machines[name=m].disksGib[1]: 0 is not above 0"},
		{"machine nowhere", `2020", "cluster": "a"`, `2020", "cluster": "z"`, `machines[name=m].cluster: no cluster "z"`},
		{"storage policy twice", `"vdi-single"`, `"vdi-mirrored"`, `storagePolicies[1]: "vdi-mirrored" stands twice`},
		{"library item of no template", `"template": "t"`, `"template": "z"`, `libraries[name=golden].items[0].template: no template "z"`},
		{"library item twice", `[{"name": "i",`, `[{"name": "i", "template": "t"}, {"name": "i",`, `libraries[name=golden].items[1]: "i" stands twice`},
		{"small MTU", `9000`, `576`, "switches[name=dvs].mtu: 576 is not from 1280 to 9000"},
		{"unknown private VLAN", `"isolated"`, `"lonely"`, `switches[name=dvs].privateVlans[0].type: "lonely" is none of`},
		{"no adapter", `["vmnic2"]`, `[]`, "switches[name=dvs]: no physicalAdapters to join it with"},
		{"no disk", `80`, `0`, "templates[name=t].diskGib: 0 is not above 0"},
		{"wrong kind", `64`, `"many"`, "cannot unmarshal string"},
		{"no JSON", `{`, `{{`, "invalid character"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := Parse([]byte(strings.Replace(good, c.old, c.new, 1)))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("want %q, got %v", c.want, err)
			}
		})
	}
}

func TestAllViolationsAreToldAtOnce(t *testing.T) {
	_, err := Parse([]byte(`{"clusters": [{"name": ""}], "a": 1, "b": {"c": 2}}`))
	for _, want := range []string{"a: unknown", "b: unknown", "datacenter: missing", "hosts: at least", "coresPerHost: 0"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is missing in: %v", want, err)
		}
	}
}

func TestOnlyOneValueIsTaken(t *testing.T) {
	if _, err := Parse([]byte(good + good)); err == nil || !strings.Contains(err.Error(), "more than one") {
		t.Fatalf("got %v", err)
	}
}

func TestFileIsLoaded(t *testing.T) {
	path := filepath.Join(t.TempDir(), "inventory.json")
	if err := os.WriteFile(path, []byte(good), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(path); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(path + ".none"); err == nil {
		t.Fatal("a missing file was loaded")
	}
}
