/// Decides, never does: the state machines of a master and of a follower, and the few ports through
/// which they look at the world. There is no thread, clock, file, socket or framework here; time
/// and results arrive as inputs, wishes leave as effects, and equal state and input give equal
/// effects. Read [io.replog.replication.master.MasterCore] next.
@NullMarked
package io.replog.replication;

import org.jspecify.annotations.NullMarked;
