package io.replog.system.history;

import io.replog.system.history.Reading.Way;
import java.util.List;

/// What one node showed to one read.
///
/// @param node which node
/// @param asked what the read had asked for
/// @param invokedNanos when the request was sent, by the clock of the history
/// @param endedNanos when the whole answer was there, by the same clock
/// @param texts everything it showed, in its order
/// @param shownIndex the last index that the node showed, as it said itself
public record Sight(
    Shower node,
    Asked asked,
    long invokedNanos,
    long endedNanos,
    List<String> texts,
    long shownIndex) {

  public Sight {
    texts = List.copyOf(texts);
  }

  Reading reading() {
    return new Reading(node.node(), Way.of(asked.kind()));
  }

  /// How many texts the answer must have for what the node says that it shows.
  int expectedSize() {
    long behindFirst = Math.max(0, shownIndex - asked.firstIndex() + 1);
    return (int) Math.min(behindFirst, asked.limit());
  }

  /// What was asked for.
  ///
  /// @param kind whose view of the log
  /// @param firstIndex where the read begins
  /// @param limit how many messages at most
  /// @param leastIndex what the node must show at least before it answers; 0 when it need not
  public record Asked(Kind kind, long firstIndex, int limit, long leastIndex) {

    /// Everything that the node holds.
    public static final Asked EVERYTHING = new Asked(Kind.LOCAL, 1, Integer.MAX_VALUE, 0);
  }

  /// Whose view of the log.
  public enum Kind {
    /// The node's own.
    LOCAL,
    /// What a majority holds.
    MAJORITY
  }

  /// A node with one disk. A node whose disk was emptied is another one: it may show less.
  ///
  /// @param node name of the node
  /// @param disk how often its disk had been emptied
  public record Shower(String node, int disk) {
    @Override
    public String toString() {
      return disk == 0 ? node : "%s (emptied %d times)".formatted(node, disk);
    }
  }
}
