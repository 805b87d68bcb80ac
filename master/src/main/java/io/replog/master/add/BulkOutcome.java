package io.replog.master.add;

import io.replog.node.problem.Refusal;
import io.replog.replication.master.AddOutcome;
import org.jspecify.annotations.Nullable;

/// How a bulk add ended.
///
/// @param count messages that are in the log, from the first line on
/// @param replayed how many of them an earlier add with the same key had appended
/// @param firstIndex lowest index of them, 0 when there are none
/// @param lastIndex highest index of them, 0 when there are none
/// @param held how the wait for the last of them ended; null when there are none
/// @param unmet the first wait that ended without its concern, null when there is none
/// @param stopped what ended it before its last line; null when all was taken
record BulkOutcome(
    long count,
    long replayed,
    long firstIndex,
    long lastIndex,
    @Nullable AddOutcome held,
    AddOutcome.@Nullable Unmet unmet,
    @Nullable Stopped stopped) {

  /// The first line that is not in the log, and why.
  ///
  /// @param reason a word for machines
  record Stopped(long line, String reason, Refusal why) {}
}
