package io.replog.client.remote;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.replog.model.Chain;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The outcome of a comparison, as `--json` prints it.
///
/// @param equal whether nothing differs as far as the nodes could be read
/// @param complete whether every node could be read to its end
/// @param firstIndex first index that every node keeps, where the comparison begins
/// @param equalUpTo last index that no node contradicts
/// @param chain chain at `equalUpTo`, 16 hexadecimal digits; computed from `firstIndex` on, as if
///   nothing had been before it
/// @param firstDifference null when there is none
record VerifyResult(
    @JsonProperty("equal") boolean equal,
    @JsonProperty("complete") boolean complete,
    @JsonProperty("first_index") long firstIndex,
    @JsonProperty("equal_up_to") long equalUpTo,
    @JsonProperty("chain") String chain,
    @JsonProperty("first_difference") @Nullable FirstDifference firstDifference,
    @JsonProperty("nodes") List<Node> nodes) {

  /// @param index the first index that differs
  /// @param held what each node that has an entry there holds, by its name
  record FirstDifference(
      @JsonProperty("index") long index, @JsonProperty("held") Map<String, HeldEntry> held) {}

  /// @param lastIndex last index that the node shows
  /// @param behind entries fewer than the longest log has
  /// @param disorder a gap, a doubled index or a falling epoch within this node, null for none
  /// @param error why it could not be read to its end, null when it could
  record Node(
      @JsonProperty("node") String node,
      @JsonProperty("url") String url,
      @JsonProperty("log_id") @Nullable String logId,
      @JsonProperty("last_index") long lastIndex,
      @JsonProperty("behind") long behind,
      @JsonProperty("disorder") @Nullable String disorder,
      @JsonProperty("error") @Nullable String error) {}

  static VerifyResult of(LogComparison comparison, List<ComparedNode> nodes, long firstIndex) {
    long furthest = nodes.stream().mapToLong(ComparedNode::lastIndex).max().orElse(0);
    return new VerifyResult(
        !comparison.differs(),
        comparison.isComplete(),
        firstIndex,
        comparison.equalUpTo().index(),
        Chain.toDigits(comparison.equalUpTo().chain()),
        difference(comparison.difference()),
        nodes.stream().map(node -> node(node, furthest)).toList());
  }

  private static @Nullable FirstDifference difference(LogComparison.@Nullable Difference found) {
    if (found == null) {
      return null;
    }
    Map<String, HeldEntry> held = new LinkedHashMap<>();
    found.held().forEach((node, entry) -> held.put(node, HeldEntry.of(entry)));
    return new FirstDifference(found.index(), held);
  }

  private static Node node(ComparedNode node, long furthest) {
    return new Node(
        node.name(),
        node.url(),
        node.logId(),
        node.lastIndex(),
        furthest - node.lastIndex(),
        node.disorder(),
        node.failure());
  }
}
