package io.replog.master.cluster;

import io.replog.log.Corruption;
import io.replog.log.LogCursor;
import io.replog.log.Recovery;
import io.replog.model.Entry;
import io.replog.node.log.NodeLog;
import io.replog.replication.Hole;
import io.replog.replication.master.MasterCore;
import io.replog.replication.master.RecoveredMaster;
import org.jspecify.annotations.Nullable;

/// Tells the core what was found on the disk.
final class RecoveredState {

  private RecoveredState() {}

  /// What recovery found, in the core's words.
  ///
  /// @param damagedBefore whether damage was found in this process before, and filled in since
  static RecoveredMaster of(Recovery recovery, boolean damagedBefore) {
    return new RecoveredMaster(
        recovery.end(),
        recovery.commitIndex(),
        recovery.promise(),
        recovery.logId(),
        recovery.logId() == null ? recovery.segmentLogId() : null,
        damage(recovery, damagedBefore),
        recovery.holes().stream()
            .map(hole -> new Hole(hole.firstIndex(), hole.lastIndex(), hole.reason()))
            .toList());
  }

  /// Shows every keyed entry of the log to the core, oldest first; it keeps the last ones. One pass
  /// over the files from the first key on, none without a key; one entry in memory at a time.
  static void remember(NodeLog log, MasterCore core) {
    long firstKeyedIndex = log.recovery().firstKeyedIndex();
    if (firstKeyedIndex == 0) {
      return;
    }
    try (LogCursor cursor = log.cursor(firstKeyedIndex)) {
      for (Entry entry = cursor.next(); entry != null; entry = cursor.next()) {
        if (entry.key() != null) {
          core.remember(entry);
        }
      }
    }
  }

  private static @Nullable String damage(Recovery recovery, boolean damagedBefore) {
    if (!recovery.corruption().isEmpty()) {
      Corruption first = recovery.corruption().getFirst();
      return "%s is damaged from #%d on: %s"
          .formatted(first.file(), first.fromIndex(), first.reason());
    }
    if (damagedBefore) {
      return "part of the log was damaged and has been filled in";
    }
    return recovery.tornBytes() == 0
        ? null
        : "an unfinished write of %d bytes was cut off".formatted(recovery.tornBytes());
  }
}
