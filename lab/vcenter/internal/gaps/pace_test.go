package gaps_test

import (
	"testing"
	"time"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"

	"postazioni/lab/vcenter/internal/gaps"
	"postazioni/lab/vcenter/internal/vctest"
)

func TestClonesTakeTheirTimeSideBySide(t *testing.T) {
	v := vctest.Start(t)
	gaps.Pace(time.Second)
	t.Cleanup(func() { simulator.TaskDelay.MethodDelay = nil })
	var tasks []*object.Task
	for _, name := range []string{"first", "second"} {
		task, err := cloneThick(v, name)
		v.OK(err)
		tasks = append(tasks, task)
	}
	infos := func() (found []types.TaskInfo) {
		for _, task := range tasks {
			found = append(found, vctest.Get[mo.Task](v, task.Reference(), "info").Info)
		}
		return found
	}
	for _, info := range infos() {
		if info.State != types.TaskInfoStateRunning {
			t.Fatalf("%s is %s, and not running", info.Key, info.State)
		}
	}
	for _, task := range tasks {
		v.Done(task, nil)
	}
	done := infos()
	if done[1].StartTime.After(*done[0].CompleteTime) {
		t.Error("the second clone began after the first was done")
	}
	for _, info := range done {
		if info.DescriptionId != "VirtualMachine.clone" {
			t.Errorf("it is told as %s", info.DescriptionId)
		}
		if took := info.CompleteTime.Sub(*info.StartTime); took < time.Second {
			t.Errorf("took %s", took)
		}
	}
}
