/// Faults that people inject at run time, where `FAULTS=on` allows it. It decides nothing about
/// replication. Read [io.replog.follower.faults.DelayController] first.
@NullMarked
package io.replog.follower.faults;

import org.jspecify.annotations.NullMarked;
