package io.replog.node.versions;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/// One line of the version log. The ranges of the lines follow each other without gap.
///
/// JSON: `{"at":"2026-11-22T08:00:00.123Z","version":40,"first_index":31,"entries":10,
/// "from":"follower-1","epoch":3}`
///
/// @param at wall clock of this node when it knew, ISO 8601
/// @param version last index that a majority holds, and this node holds too
/// @param firstIndex first index behind the line before
/// @param entries how many those are
/// @param from the node that handed them over, or `clients`; `unknown` where a layer node was
///   stopped between taking them and writing this
/// @param epoch epoch of the master
@JsonPropertyOrder({"at", "version", "first_index", "entries", "from", "epoch"})
record VersionLine(
    @JsonProperty(value = "at", required = true) String at,
    @JsonProperty(value = "version", required = true) long version,
    @JsonProperty("first_index") long firstIndex,
    @JsonProperty("entries") long entries,
    @JsonProperty(value = "from", required = true) String from,
    @JsonProperty("epoch") long epoch) {}
