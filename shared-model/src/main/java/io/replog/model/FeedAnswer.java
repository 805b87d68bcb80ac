package io.replog.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an upstream gives to a layer node: the entries behind its position, none of them behind the
/// newest version that its feed may see, and what it takes to say how stale that version is. It
/// travels as the `data` of the envelope of `POST /cluster/feed`.
///
/// JSON: `{"node":"follower-1","layer":0,"log_id":"9c…","epoch":3,"start_id":"71…","version":41,
/// "known_index":43,"known_age_ms":120,"first_index":1,"base":null,
/// "entries":[{"epoch":3,"timestamp_ms":1795201380000,"key":null,"text":"m41"}],
/// "master_url":null,"master_port":6061}`
///
/// @param node name of the upstream
/// @param layer its layer, 0 for a node of the core; null before it knows
/// @param logId the log that it has promised to hold, null while it has promised none
/// @param epoch epoch of the master that it obeys, 0 for none
/// @param startId identity of that master's process, null for none
/// @param version last index of the newest version that this feed may see; may be before the
///   position that was asked from, where the upstream is behind
/// @param knownIndex newest commit index that the upstream has heard of
/// @param knownAgeMillis how long ago that was heard, null while nothing was heard
/// @param firstIndex first index that the upstream keeps
/// @param base the entry before `entries`, where nothing before it is kept and the layer node holds
///   nothing yet; null when the entries follow from its position
/// @param entries in order, without gap; fewer than up to the version where they are many
/// @param masterUrl the master as clients reach it, null where the upstream was not told
/// @param masterPort port of the master, for clients that reach it by the host of this node
public record FeedAnswer(
    @JsonProperty(value = "node", required = true) String node,
    @JsonProperty("layer") @Nullable Integer layer,
    @JsonProperty("log_id") @Nullable String logId,
    @JsonProperty("epoch") long epoch,
    @JsonProperty("start_id") @Nullable String startId,
    @JsonProperty("version") long version,
    @JsonProperty("known_index") long knownIndex,
    @JsonProperty("known_age_ms") @Nullable Long knownAgeMillis,
    @JsonProperty("first_index") long firstIndex,
    @JsonProperty("base") @Nullable Position base,
    @JsonProperty(value = "entries", required = true) List<WireEntry> entries,
    @JsonProperty("master_url") @Nullable String masterUrl,
    @JsonProperty("master_port") int masterPort) {

  public FeedAnswer {
    entries = List.copyOf(entries);
  }
}
