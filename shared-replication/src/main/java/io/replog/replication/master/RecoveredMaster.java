package io.replog.replication.master;

import io.replog.model.Entry;
import io.replog.model.Position;
import io.replog.model.Promise;
import io.replog.replication.Hole;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a master found on its disk.
///
/// @param end end of the usable log: right before the first hole
/// @param commitIndex commit index as last persisted, a hint
/// @param promise last promise, null when this directory has never served in an epoch
/// @param logId the log that is complete here, null when there is none
/// @param unfinishedLogId the log of entries that an interrupted adoption left behind, null when
///   there is none
/// @param damage what was cut off, damaged or missing since the last promise, in words; null when
///   nothing was
/// @param holes what was held durably and cannot be read, in ascending order; the master takes no
///   writes until all of it is filled in
/// @param membership the last entry up to `end` that says who belongs to the cluster, null when
///   there is none
public record RecoveredMaster(
    Position end,
    long commitIndex,
    @Nullable Promise promise,
    @Nullable String logId,
    @Nullable String unfinishedLogId,
    @Nullable String damage,
    List<Hole> holes,
    @Nullable Entry membership) {

  public RecoveredMaster {
    holes = List.copyOf(holes);
  }
}
