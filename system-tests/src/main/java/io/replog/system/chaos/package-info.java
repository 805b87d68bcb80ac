/// The chaos suite: clients that write and read, a nemesis that picks faults by a seed, and after
/// everything has healed the verdict on the whole history. It judges nothing itself; the checker
/// does. Read [io.replog.system.chaos.ChaosCommand] first.
@NullMarked
package io.replog.system.chaos;

import org.jspecify.annotations.NullMarked;
