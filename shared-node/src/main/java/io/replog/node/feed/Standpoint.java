package io.replog.node.feed;

import org.jspecify.annotations.Nullable;

/// Where a node stands between the clients of the master and the lowest layer. Supplied by the
/// node; for any thread.
public interface Standpoint {

  /// 0 for a node of the core, else 1 more than its upstream; null before that is known.
  @Nullable Integer layer();

  /// Who hands entries to this node, for its version log: the name of a node, or `clients`.
  String source();

  /// The newest commit index that this node has heard of, held here or not.
  Known known() throws InterruptedException;

  /// A commit index and the age of the news.
  ///
  /// @param ageMillis how long ago it was the newest there was; null while nothing was heard
  record Known(long index, @Nullable Long ageMillis) {}
}
