package io.replog.system.history;

/// A promise that was broken.
///
/// @param promise which one
/// @param detail what shows it
public record Violation(Promise promise, String detail) {

  /// What a log promises to its clients.
  public enum Promise {
    /// Every acknowledged message is in the log, at its index, on as many nodes as acknowledged.
    ACKNOWLEDGED_IS_KEPT,
    /// An index has one text, wherever and whenever it is shown.
    ONE_TEXT_PER_INDEX,
    /// A message is in the log once, however often it was sent.
    EXACTLY_ONCE,
    /// What was acknowledged before another add began stands before it.
    ORDER_OF_REAL_TIME,
    /// What was definitely refused appears nowhere.
    REFUSED_STAYS_OUT,
    /// Every read is a gap-free prefix of the one order.
    READS_ARE_PREFIXES,
    /// What a node has shown it goes on showing.
    READS_NEVER_SHRINK,
    /// In the end every node holds the same.
    CONVERGENCE,
    /// Epochs never fall along the log.
    EPOCHS_RISE
  }
}
