package gaps_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/property"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/types"

	"postazioni/lab/vcenter/internal/vctest"
)

// Ten goroutines of one session wait on its default collector at a time: what
// provider 2.15.0 does at Terraform's default parallelism.
func TestManyWaitersOfOneSessionAllSeeTheirTaskEnd(t *testing.T) {
	v := vctest.Start(t)
	vm := v.Clone("seat", "vdi-a", "vsan-a")
	ctx, cancel := context.WithTimeout(v.Ctx, time.Minute)
	defer cancel()
	var wg sync.WaitGroup
	for worker := range 10 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for round := range 10 {
				note := fmt.Sprintf("%d.%d", worker, round)
				task, err := vm.Reconfigure(ctx, types.VirtualMachineConfigSpec{Annotation: note})
				if err == nil {
					err = task.WaitEx(ctx)
				}
				if err != nil {
					t.Errorf("%s: %v", note, err)
					return
				}
			}
		}()
	}
	wg.Wait()
}

func TestEveryWaiterGetsWhatItHasNotSeen(t *testing.T) {
	v := vctest.Start(t)
	vm := v.Clone("seat", "vdi-a", "vsan-a")
	collector := property.DefaultCollector(v.Client.Client)
	filter := new(property.WaitFilter).Add(vm.Reference(), "VirtualMachine", []string{"config.annotation"})
	_, err := collector.CreateFilter(v.Ctx, filter.CreateFilter)
	v.OK(err)
	first := updates(v, "", nil)
	if len(first.FilterSet) != 1 {
		t.Fatalf("the first call got %+v", first)
	}
	if now := updates(v, first.Version, types.NewInt32(0)); now != nil {
		t.Fatalf("nothing has changed, and yet: %+v", now)
	}
	v.Done(vm.Reconfigure(v.Ctx, types.VirtualMachineConfigSpec{Annotation: "new"}))
	for range 2 {
		if set := updates(v, first.Version, types.NewInt32(5)); set == nil || set.FilterSet[0].ObjectSet[0].ChangeSet[0].Val != "new" {
			t.Fatalf("got %+v", set)
		}
	}
}

func updates(v *vctest.VCenter, version string, seconds *int32) *types.UpdateSet {
	v.Helper()
	res, err := methods.WaitForUpdatesEx(v.Ctx, v.Client.Client, &types.WaitForUpdatesEx{
		This: v.Client.ServiceContent.PropertyCollector, Version: version, Options: &types.WaitOptions{MaxWaitSeconds: seconds},
	})
	v.OK(err)
	return res.Returnval
}

func TestWaitEndsWhenItIsCanceled(t *testing.T) {
	v := vctest.Start(t)
	vm := v.Clone("seat", "vdi-a", "vsan-a")
	ctx, cancel := context.WithCancel(v.Ctx)
	ended := make(chan error, 1)
	go func() {
		ended <- property.Wait(ctx, property.DefaultCollector(v.Client.Client), vm.Reference(), []string{"name"}, func([]types.PropertyChange) bool {
			cancel()
			return false
		})
	}()
	select {
	case <-ended:
	case <-time.After(time.Minute):
		t.Fatal("still waiting")
	}
}

func TestWaiterLearnsThatItsObjectIsGone(t *testing.T) {
	v := vctest.Start(t)
	vm := v.Clone("seat", "vdi-a", "vsan-a")
	filter := new(property.WaitFilter).Add(vm.Reference(), "VirtualMachine", []string{"name"})
	_, err := property.DefaultCollector(v.Client.Client).CreateFilter(v.Ctx, filter.CreateFilter)
	v.OK(err)
	before := updates(v, "", nil).Version
	v.Done(object.NewVirtualMachine(v.Login().Client, vm.Reference()).Destroy(v.Ctx))
	set := updates(v, before, types.NewInt32(5))
	if set == nil || set.FilterSet[0].ObjectSet[0].Kind != types.ObjectUpdateKindLeave {
		t.Fatalf("got %+v", set)
	}
}
