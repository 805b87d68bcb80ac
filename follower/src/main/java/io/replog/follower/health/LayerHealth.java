package io.replog.follower.health;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.replog.follower.feed.Layer;
import io.replog.node.messages.LayerView.Staleness;
import io.replog.node.settings.NodeSettings;
import org.jspecify.annotations.Nullable;

/// What a layer node says of its layer at `GET /health`.
///
/// JSON: `{"feed":"every 10 messages","upstream":"http://127.0.0.1:6062",
/// "upstream_node":"follower-1","upstream_error":null,"layer":1,"version":40,"behind":3,
/// "stale_ms":120}`
///
/// @param feed how it is fed
/// @param upstream where it pulls
/// @param upstreamNode name of the node there, null before its first answer
/// @param upstreamError why that gives nothing at present, null when it does
/// @param layer 1 when a core node feeds it, else 1 more than its upstream; null before it knows
/// @param version last index that it shows
/// @param behind entries between its version and the newest commit index it has heard of, null
///   before it has heard of one
/// @param staleMillis how long ago its version was known to be complete, null while that is unknown
@JsonPropertyOrder({
  "feed",
  "upstream",
  "upstream_node",
  "upstream_error",
  "layer",
  "version",
  "behind",
  "stale_ms"
})
record LayerHealth(
    @JsonProperty("feed") String feed,
    @JsonProperty("upstream") String upstream,
    @JsonProperty("upstream_node") @Nullable String upstreamNode,
    @JsonProperty("upstream_error") @Nullable String upstreamError,
    @JsonProperty("layer") @Nullable Integer layer,
    @JsonProperty("version") long version,
    @JsonProperty("behind") @Nullable Long behind,
    @JsonProperty("stale_ms") @Nullable Long staleMillis) {

  static LayerHealth of(NodeSettings settings, Layer layer, long version) {
    Staleness staleness = layer.staleness(version);
    return new LayerHealth(
        settings.feed().words(),
        String.valueOf(settings.upstream()),
        layer.upstream(),
        layer.error(),
        layer.number(),
        version,
        staleness.behind(),
        staleness.staleMillis());
  }
}
