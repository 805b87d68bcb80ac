package io.replog.node.messages;

import org.jspecify.annotations.Nullable;

/// What a reader is told beside the messages. Supplied by the node; answers at once, from any
/// thread.
public interface ReadView {

  /// Epoch of the master that this node obeys or is, 0 for none.
  long epoch();

  /// Identity of the log that this node holds, null for none.
  @Nullable String logId();
}
