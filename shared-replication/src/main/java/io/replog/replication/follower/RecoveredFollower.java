package io.replog.replication.follower;

import io.replog.model.Position;
import io.replog.model.Promise;
import io.replog.replication.Hole;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a follower found on its disk.
///
/// @param end end of the usable log: right before the first hole
/// @param commitIndex commit index as last persisted, a hint; may lie in a hole or behind it
/// @param promise last promise, null when no master has ever claimed this directory
/// @param logId the log of the entries it holds, null when it holds none and has promised none
/// @param holes what was held durably and cannot be read, in ascending order
public record RecoveredFollower(
    Position end,
    long commitIndex,
    @Nullable Promise promise,
    @Nullable String logId,
    List<Hole> holes) {

  public RecoveredFollower {
    holes = List.copyOf(holes);
  }
}
