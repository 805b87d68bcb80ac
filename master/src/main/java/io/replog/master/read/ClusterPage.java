package io.replog.master.read;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.replog.model.WriteConcern;
import io.replog.node.messages.FullRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The answer: the messages that count, each with who holds it, and beside them what each node
/// said.
///
/// @param read `first`, `majority` or `all`
/// @param clusterSize N, every node of the cluster, asked or not
/// @param majority how many nodes are one
/// @param answered how many have answered
/// @param messages in the order of the log; where nodes differ, an index is there more than once
/// @param views each node that was asked, the master first
@JsonPropertyOrder({"read", "cluster_size", "majority", "answered", "messages", "views"})
record ClusterPage(
    @JsonProperty("read") String read,
    @JsonProperty("cluster_size") int clusterSize,
    @JsonProperty("majority") int majority,
    @JsonProperty("answered") int answered,
    @JsonProperty("messages") List<Found> messages,
    @JsonProperty("views") List<NodeView> views) {

  ClusterPage {
    messages = List.copyOf(messages);
    views = List.copyOf(views);
  }

  /// A message, and who holds it.
  ///
  /// @param foundOn how many of the nodes that answered hold exactly this
  /// @param nodes which
  @JsonPropertyOrder({"record", "found_on", "nodes"})
  record Found(
      @JsonUnwrapped @JsonProperty("record") FullRecord record,
      @JsonProperty("found_on") int foundOn,
      @JsonProperty("nodes") List<String> nodes) {

    Found {
      nodes = List.copyOf(nodes);
    }
  }

  static ClusterPage of(ClusterQuery.Kind kind, int clusterSize, List<NodeView> views) {
    int majority = WriteConcern.majorityOf(clusterSize);
    int needed = kind == ClusterQuery.Kind.MAJORITY ? majority : 1;
    return new ClusterPage(
        kind.word(),
        clusterSize,
        majority,
        (int) views.stream().filter(NodeView::answered).count(),
        found(views).stream().filter(each -> each.foundOn() >= needed).toList(),
        views);
  }

  private static List<Found> found(List<NodeView> views) {
    Map<FullRecord, List<String>> holders = new LinkedHashMap<>();
    for (NodeView view : views) {
      for (FullRecord message : view.messages()) {
        holders.computeIfAbsent(message, _ -> new ArrayList<>()).add(view.node());
      }
    }
    return holders.entrySet().stream()
        .map(each -> new Found(each.getKey(), each.getValue().size(), each.getValue()))
        .sorted(Comparator.comparingLong((Found each) -> each.record().index()))
        .toList();
  }
}
