package io.replog.node.messages;

import org.jspecify.annotations.Nullable;

/// How stale a layer node is. Supplied by a node that is one, and by no other; answers at once,
/// from any thread.
public interface LayerView {

  /// What a reader is told who is shown everything up to `version`.
  Staleness staleness(long version);

  /// How old a version is.
  ///
  /// @param version last index that is shown
  /// @param behind entries between it and the newest commit index that was heard of, null while
  ///   none was
  /// @param staleMillis how long ago the version was known to be all there is, null while that is
  ///   unknown
  record Staleness(long version, @Nullable Long behind, @Nullable Long staleMillis) {}
}
