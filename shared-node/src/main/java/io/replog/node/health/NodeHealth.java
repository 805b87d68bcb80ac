package io.replog.node.health;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.replog.model.FsyncMode;
import org.jspecify.annotations.Nullable;

/// What every node says of itself at `GET /health`. A node puts it, `@JsonUnwrapped`, in front of
/// what only its role has.
///
/// JSON: `{"node":"master","role":"master","log_id":"9c…","epoch":3,"last_index":7,
/// "durable_index":7,"commit_index":7,"writable":true,"reason":null,"fsync":"always",
/// "blocked_writes":0}`
///
/// @param node its name
/// @param role `master` or `follower`
/// @param logId identity of its log, null when none
/// @param epoch epoch it serves in or has promised, 0 for none
/// @param lastIndex last index written here
/// @param durableIndex last index durable here
/// @param commitIndex last index that a majority holds, as far as known here
/// @param writable whether an add would be accepted now
/// @param reason why not, null when writable
/// @param fsync when it forces
/// @param blockedWrites calls that wait for followers
@JsonPropertyOrder({
  "node",
  "role",
  "log_id",
  "epoch",
  "last_index",
  "durable_index",
  "commit_index",
  "writable",
  "reason",
  "fsync",
  "blocked_writes"
})
public record NodeHealth(
    @JsonProperty("node") String node,
    @JsonProperty("role") String role,
    @JsonProperty("log_id") @Nullable String logId,
    @JsonProperty("epoch") long epoch,
    @JsonProperty("last_index") long lastIndex,
    @JsonProperty("durable_index") long durableIndex,
    @JsonProperty("commit_index") long commitIndex,
    @JsonProperty("writable") boolean writable,
    @JsonProperty("reason") @Nullable String reason,
    @JsonProperty("fsync") FsyncMode fsync,
    @JsonProperty("blocked_writes") int blockedWrites) {}
