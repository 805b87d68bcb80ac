package io.replog.node.messages;

/// What a read may show.
enum ReadConcern {
  /// What this node holds durably.
  LOCAL,
  /// What a majority holds; once shown, it is shown for ever.
  MAJORITY
}
