package io.replog.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a layer node asks its upstream: the entries behind `position`, up to the newest version
/// that its feed may see. The body of `POST /cluster/feed`.
///
/// JSON: `{"cluster_id":"replog","node":"layer-1-1","port":6064,"feed":"every 10 messages",
/// "layer":1,"log_id":"9c…","position":{"index":40,"epoch":3,"chain":"00f3a91c55d2e7b4"},
/// "version":40,"behind":3,"stale_ms":120,"wait_ms":1000,"max_bytes":1048576,"fed":[]}`
///
/// @param clusterId name of the cluster
/// @param node name of the layer node
/// @param port where it listens
/// @param feed how it is fed, never `eager`
/// @param layer its layer, null before it knows
/// @param logId the log of the entries that it holds, null when it holds none
/// @param position end of what it holds durably
/// @param version last index that it shows
/// @param behind see [FedNode]
/// @param staleMillis see [FedNode]
/// @param waitMillis how long the answer may wait for a newer version
/// @param maxBytes how large the entries may become, about; one is always sent
/// @param fed the layer nodes below it, those that it feeds and those that these feed
public record FeedRequest(
    @JsonProperty(value = "cluster_id", required = true) String clusterId,
    @JsonProperty(value = "node", required = true) String node,
    @JsonProperty("port") int port,
    @JsonProperty(value = "feed", required = true) String feed,
    @JsonProperty("layer") @Nullable Integer layer,
    @JsonProperty("log_id") @Nullable String logId,
    @JsonProperty(value = "position", required = true) Position position,
    @JsonProperty("version") long version,
    @JsonProperty("behind") @Nullable Long behind,
    @JsonProperty("stale_ms") @Nullable Long staleMillis,
    @JsonProperty("wait_ms") long waitMillis,
    @JsonProperty("max_bytes") int maxBytes,
    @JsonProperty("fed") @Nullable List<FedNode> fed) {}
