package io.replog.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/// What a master sends to a follower: the entries right behind `previous`, possibly none (a probe).
///
/// JSON: `{"cluster_id":"replog","log_id":"9c…","epoch":3,"start_id":"71…",
/// "previous":{"index":6,"epoch":3,"chain":"00f3a91c55d2e7b4"},
/// "entries":[{"epoch":3,"timestamp_ms":1795201380000,"key":null,"text":"m7"}],"durable_index":7,"commit_index":6}`
///
/// @param clusterId name of the cluster; a follower of another one refuses
/// @param logId identity of the log
/// @param epoch epoch of the sending master
/// @param startId identity of the sending master's process
/// @param previous position of the entry before the batch
/// @param entries the batch, in order, without gap, right behind `previous`
/// @param durableIndex last index durable on the master
/// @param commitIndex last index durable on a majority, as far as the master knows
public record ReplicateRequest(
    @JsonProperty(value = "cluster_id", required = true) String clusterId,
    @JsonProperty(value = "log_id", required = true) String logId,
    @JsonProperty(value = "epoch", required = true) long epoch,
    @JsonProperty(value = "start_id", required = true) String startId,
    @JsonProperty(value = "previous", required = true) Position previous,
    @JsonProperty(value = "entries", required = true) List<WireEntry> entries,
    @JsonProperty("durable_index") long durableIndex,
    @JsonProperty("commit_index") long commitIndex) {

  public ReplicateRequest {
    entries = List.copyOf(entries);
  }
}
