package io.replog.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/// A sign of life from the master, and the question where the follower stands. Answered at once
/// with a [Standing], whatever else the follower is doing. It moves nothing but the commit index of
/// a follower that has promised this very master.
///
/// JSON:
/// `{"cluster_id":"replog","log_id":"9c…","epoch":3,"start_id":"71…","durable_index":7,"commit_index":7,
/// "first_index":1}`
///
/// @param clusterId name of the cluster
/// @param logId identity of the log, null while the master has none
/// @param epoch epoch of the master, 0 while it is starting
/// @param startId identity of the master's process
/// @param durableIndex last index durable on the master
/// @param commitIndex last index durable on a majority
/// @param firstIndex first index that the master keeps, and asks others to keep; 0 = unknown
public record HeartbeatRequest(
    @JsonProperty(value = "cluster_id", required = true) String clusterId,
    @JsonProperty("log_id") @Nullable String logId,
    @JsonProperty("epoch") long epoch,
    @JsonProperty(value = "start_id", required = true) String startId,
    @JsonProperty("durable_index") long durableIndex,
    @JsonProperty("commit_index") long commitIndex,
    @JsonProperty("first_index") long firstIndex) {}
