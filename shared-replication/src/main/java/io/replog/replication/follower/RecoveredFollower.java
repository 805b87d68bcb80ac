package io.replog.replication.follower;

import io.replog.model.Position;
import io.replog.model.Promise;
import org.jspecify.annotations.Nullable;

/// What a follower found on its disk.
///
/// @param end end of the usable log
/// @param commitIndex commit index as last persisted, a hint
/// @param promise last promise, null when no master has ever claimed this directory
/// @param logId the log of the entries it holds, null when it holds none and has promised none
/// @param corruption what is damaged inside the durable range, in words; null when nothing
public record RecoveredFollower(
    Position end,
    long commitIndex,
    @Nullable Promise promise,
    @Nullable String logId,
    @Nullable String corruption) {}
