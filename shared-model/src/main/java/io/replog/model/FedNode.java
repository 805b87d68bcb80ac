package io.replog.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/// A layer node as those above it know it: what it last said of itself. Passed on from upstream to
/// upstream until it reaches the master.
///
/// JSON: `{"node":"layer-1-1","url":"http://127.0.0.1:6064","feed":"every 10 messages",
/// "upstream":"follower-1","layer":1,"version":40,"behind":3,"stale_ms":120,"silent_ms":15}`
///
/// @param node its name
/// @param url where its upstream sees it
/// @param feed how it is fed
/// @param upstream name of the node that feeds it
/// @param layer 1 when a core node feeds it, else 1 more than its upstream; null before it knows
/// @param version last index that it shows
/// @param behind entries between its version and the newest commit index it has heard of, null
///   before it has heard of one
/// @param staleMillis how long ago its version was known to be complete, null while that is unknown
/// @param silentMillis since it last said so
public record FedNode(
    @JsonProperty(value = "node", required = true) String node,
    @JsonProperty(value = "url", required = true) String url,
    @JsonProperty(value = "feed", required = true) String feed,
    @JsonProperty(value = "upstream", required = true) String upstream,
    @JsonProperty("layer") @Nullable Integer layer,
    @JsonProperty("version") long version,
    @JsonProperty("behind") @Nullable Long behind,
    @JsonProperty("stale_ms") @Nullable Long staleMillis,
    @JsonProperty("silent_ms") long silentMillis) {

  /// The same, this much later, and it has said nothing more.
  public FedNode later(long millis) {
    return new FedNode(
        node,
        url,
        feed,
        upstream,
        layer,
        version,
        behind,
        staleMillis == null ? null : Long.valueOf(staleMillis + millis),
        silentMillis + millis);
  }
}
