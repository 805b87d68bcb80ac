package io.replog.replication.follower;

import io.replog.model.Standing;
import org.jspecify.annotations.Nullable;

/// A follower at one moment, for health, metrics and the screen. Immutable.
///
/// @param standing what it says of itself
/// @param commitIndex last index that a majority holds, as far as this node knows and holds it
///   itself
/// @param masterCommitIndex last index that a majority holds as the promised master last said,
///   whether it is held here or not; 0 before the first word
/// @param masterDurableIndex last index that the master has said to hold, 0 before the first word
/// @param masterContactNanos since the last word of the promised master, -1 before the first
/// @param masterStartId the promised master's process, null when unclaimed
/// @param delayedEntries entries waiting for their delay
/// @param heldEntries entries waiting ahead of a gap
public record FollowerView(
    Standing standing,
    long commitIndex,
    long masterCommitIndex,
    long masterDurableIndex,
    long masterContactNanos,
    @Nullable String masterStartId,
    int delayedEntries,
    int heldEntries) {}
