package gaps

import (
	"sync"
	"time"
)

// ringer wakes everybody who waits, without knowing them.
type ringer struct {
	mu    sync.Mutex
	rung  time.Time
	waken chan struct{}
}

func newRinger() *ringer { return &ringer{waken: make(chan struct{})} }

// next is closed by the ring that follows this call.
func (r *ringer) next() <-chan struct{} {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.waken
}

func (r *ringer) ring() {
	r.mu.Lock()
	defer r.mu.Unlock()
	close(r.waken)
	r.waken, r.rung = make(chan struct{}), time.Now()
}

func (r *ringer) lastRung() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.rung
}
