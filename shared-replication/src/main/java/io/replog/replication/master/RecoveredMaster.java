package io.replog.replication.master;

import io.replog.model.Position;
import io.replog.model.Promise;
import org.jspecify.annotations.Nullable;

/// What a master found on its disk.
///
/// @param end end of the usable log
/// @param commitIndex commit index as last persisted, a hint
/// @param promise last promise, null when this directory has never served in an epoch
/// @param logId the log that is complete here, null when there is none
/// @param unfinishedLogId the log of entries that an interrupted adoption left behind, null when
///   there is none
/// @param damage what recovery cut beyond doubt or quarantined, in words; null when nothing
/// @param corrupt whether part of the durable range is damaged; the master then takes no writes
///   until it is repaired
/// @param damagedThrough highest index that is known to have been durable here before the damage, 0
///   when nothing of the durable range is damaged; may be less than what was really durable
public record RecoveredMaster(
    Position end,
    long commitIndex,
    @Nullable Promise promise,
    @Nullable String logId,
    @Nullable String unfinishedLogId,
    @Nullable String damage,
    boolean corrupt,
    long damagedThrough) {}
