/// Faults of the followers, set and seen through the master. The followers inject them; what the
/// master does itself is to keep away from one that is partitioned. Read
/// [io.replog.master.faults.FaultsController] first.
@NullMarked
package io.replog.master.faults;

import org.jspecify.annotations.NullMarked;
