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
  static RecoveredMaster of(NodeLog log) {
    long index = log.recovery().membershipIndex();
    return of(log.recovery(), index == 0 ? null : log.entryAt(index));
  }

  /// @param membership the last entry that says who belongs to the cluster
  static RecoveredMaster of(Recovery recovery, @Nullable Entry membership) {
    return new RecoveredMaster(
        recovery.end(),
        recovery.commitIndex(),
        recovery.promise(),
        recovery.logId(),
        recovery.logId() == null ? recovery.segmentLogId() : null,
        damage(recovery),
        recovery.holes().stream()
            .map(hole -> new Hole(hole.firstIndex(), hole.lastIndex(), hole.reason()))
            .toList(),
        membership);
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

  private static @Nullable String damage(Recovery recovery) {
    if (!recovery.corruption().isEmpty()) {
      Corruption first = recovery.corruption().getFirst();
      return "%s is damaged from #%d on: %s"
          .formatted(first.file(), first.fromIndex(), first.reason());
    }
    if (!recovery.holes().isEmpty()) {
      return recovery.holes().getFirst().reason();
    }
    if (recovery.tornBytes() > 0) {
      return "an unfinished write of %d bytes was cut off".formatted(recovery.tornBytes());
    }
    return recovery.doubtful() ? "an earlier start has found damage, or cut something off" : null;
  }
}
