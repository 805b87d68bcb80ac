package io.replog.system.history;

import java.util.List;

/// A promise that was broken.
///
/// @param promise which one
/// @param detail what shows it
/// @param texts the messages that it is about
/// @param evidence the reads, tails and entries that contradict each other, for people
public record Violation(Promise promise, String detail, List<String> texts, List<String> evidence) {

  public Violation {
    texts = List.copyOf(texts);
    evidence = List.copyOf(evidence);
  }

  /// What a log promises to its clients.
  public enum Promise {
    /// Every acknowledged message is in the log, at its index, on as many nodes as acknowledged.
    ACKNOWLEDGED_IS_KEPT("C1"),
    /// An index has one text, wherever and whenever it is shown.
    ONE_TEXT_PER_INDEX("C2"),
    /// A message is in the log once, however often it was sent.
    EXACTLY_ONCE("C3"),
    /// What was acknowledged before another add began stands before it.
    ORDER_OF_REAL_TIME("C4"),
    /// What was definitely refused appears nowhere.
    REFUSED_STAYS_OUT("C5"),
    /// Every read is a gap-free part of the one order, as far as the node says that it shows it.
    READS_ARE_PREFIXES("C6"),
    /// What a node has shown it goes on showing, and it waits for the index that a read asks for.
    READS_NEVER_SHRINK("C7"),
    /// What a majority read has shown never goes away.
    MAJORITY_READS_ARE_KEPT("C8"),
    /// A live tail goes on where it was resumed, without a gap and without a repetition.
    TAILS_ARE_CONTIGUOUS("C9"),
    /// In the end every node holds the same, field by field.
    CONVERGENCE("C10"),
    /// Epochs never fall along the log.
    EPOCHS_RISE("C11"),
    /// Threads, files and memory return to what they were.
    RESOURCES_RETURN("C12"),
    /// A node ends only when it is told to, or when its disk fails.
    NODES_STAY_UP("C13"),
    /// Every node that is read from answers, and none says that it has failed unless its disk has.
    NODES_ANSWER("C14"),
    /// A valid add is refused only by a node that cannot take it just now: 503, or 507 where the
    /// master's disk was full.
    REFUSALS_ARE_DUE("C15");

    private final String id;

    Promise(String id) {
      this.id = id;
    }

    /// Its number in the list of checks.
    public String id() {
      return id;
    }
  }
}
