package gaps

import (
	"time"

	"github.com/vmware/govmomi/simulator"
)

// cloneTask is the name of the task that cloneVm runs as.
const cloneTask = "CloneVm"

// Pace makes each clone take its time, as a copy of a disk does, with others
// side by side; 0 leaves it at once. The simulator's own delay holds the
// template's lock, so that nobody could read the template meanwhile and its
// clones would wait for one another: the lock is taken after it.
func Pace(clone time.Duration) {
	if clone == 0 {
		return
	}
	simulator.TaskDelay.MethodDelay = map[string]int{cloneTask: int(clone.Milliseconds()), "LockHandoff": 0}
}
