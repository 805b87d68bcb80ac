/// The words in which faults are injected, the same at a follower and through its master. It
/// decides nothing and injects nothing. Read [io.replog.node.faults.InjectedFaults] first.
@NullMarked
package io.replog.node.faults;

import org.jspecify.annotations.NullMarked;
