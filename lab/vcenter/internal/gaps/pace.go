package gaps

import (
	"time"

	"github.com/vmware/govmomi/simulator"
)

// cloneTask names the task of a clone as vCenter's description does, and other
// than the simulator's own, which runs within it.
const cloneTask = "clone"

// Pace makes each clone take its time, as a copy of a disk does, with others
// side by side; 0 leaves it at once. The simulator's own delay holds the
// template's lock, so that nobody could read the template meanwhile and its
// clones would wait for one another: the lock is taken after it.
func Pace(clone time.Duration) {
	if clone == 0 {
		return
	}
	simulator.TaskDelay.MethodDelay = map[string]int{"Clone": int(clone.Milliseconds()), "LockHandoff": 0}
}
