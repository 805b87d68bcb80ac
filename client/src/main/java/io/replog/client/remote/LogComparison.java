package io.replog.client.remote;

import io.replog.model.Entry;
import io.replog.model.Position;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads the logs of several nodes in lockstep, entry by entry, until they differ or end.
///
/// A log that is shorter than another is behind, not different. Memory does not grow with the logs.
final class LogComparison {

  /// The first index at which not all nodes that have an entry there hold the same one.
  ///
  /// @param held what each of them holds, by name of the node
  record Difference(long index, Map<String, Entry> held) {}

  private final List<ComparedNode> nodes;

  /// The last index that at least one node has and none contradicts.
  private Position equalUpTo;

  private @Nullable Difference difference;

  /// @param from first index that all of them keep
  LogComparison(List<ComparedNode> nodes, long from) {
    this.nodes = List.copyOf(nodes);
    this.equalUpTo = new Position(from - 1, 0, 0);
  }

  /// Reads on until the logs end, or until the first index at which they differ.
  void run() {
    List<ComparedNode> reading = advanced(nodes);
    while (!reading.isEmpty() && agree(reading)) {
      equalUpTo = reading.getFirst().end();
      reading = advanced(reading);
    }
  }

  Position equalUpTo() {
    return equalUpTo;
  }

  @Nullable Difference difference() {
    return difference;
  }

  /// Whether something is wrong: an entry, the order within a node, or the log itself.
  boolean differs() {
    return difference != null
        || !isOneLog()
        || nodes.stream().anyMatch(node -> node.disorder() != null);
  }

  /// Whether all nodes that name a log name the same one.
  boolean isOneLog() {
    return nodes.stream().map(ComparedNode::logId).filter(Objects::nonNull).distinct().count() <= 1;
  }

  /// Whether every node could be read to its end.
  boolean isComplete() {
    return nodes.stream().allMatch(node -> node.failure() == null);
  }

  private static List<ComparedNode> advanced(List<ComparedNode> nodes) {
    return nodes.stream().filter(ComparedNode::advance).toList();
  }

  private boolean agree(List<ComparedNode> reading) {
    Position first = reading.getFirst().end();
    if (reading.stream().allMatch(node -> node.end().equals(first))) {
      return true;
    }
    Map<String, Entry> held = new LinkedHashMap<>();
    reading.forEach(node -> held.put(node.name(), node.entry()));
    difference = new Difference(first.index(), held);
    return false;
  }
}
