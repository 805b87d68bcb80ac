package io.replog.master.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.replog.model.Membership;
import java.util.List;

/// Who belongs to the cluster.
///
/// JSON:
/// `{"index":7,"cluster_size":3,"members":[{"node":"follower-1","url":"http://…","feed":"eager"}]}`
///
/// @param index the entry that says so, 0 while the settings do
/// @param clusterSize nodes that count for write concerns, the master included
/// @param members everybody beside the master
@JsonPropertyOrder({"index", "cluster_size", "members"})
record MembersAnswer(
    @JsonProperty("index") long index,
    @JsonProperty("cluster_size") int clusterSize,
    @JsonProperty("members") List<OneMember> members) {

  MembersAnswer {
    members = List.copyOf(members);
  }

  /// One of them.
  ///
  /// @param node its name
  /// @param url where it was when it joined
  /// @param feed how entries come to it; `eager` counts
  @JsonPropertyOrder({"node", "url", "feed"})
  record OneMember(
      @JsonProperty("node") String node,
      @JsonProperty("url") String url,
      @JsonProperty("feed") String feed) {}

  static MembersAnswer of(long index, Membership membership) {
    return new MembersAnswer(
        index,
        membership.eager().size() + 1,
        membership.members().stream()
            .map(each -> new OneMember(each.name(), each.url(), each.feed()))
            .toList());
  }
}
