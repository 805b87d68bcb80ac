package io.replog.replication.master;

import org.jspecify.annotations.Nullable;

/// How an add ended. [Refused] is definite: nothing was appended and nothing will be. [Unmet] is
/// indefinite: the message is in the log, or may be.
public sealed interface AddOutcome {

  /// The write concern is met.
  ///
  /// @param acks nodes that hold the entry durably, this one included
  /// @param replayed whether an earlier add with the same key had appended it
  record Met(long index, long epoch, int acks, boolean replayed) implements AddOutcome {}

  /// Appended, but not known to be held by enough nodes.
  record Unmet(
      long index, long epoch, int acks, int requiredNodes, UnmetReason reason, boolean replayed)
      implements AddOutcome {}

  /// Not appended.
  ///
  /// @param detail one sentence for people: what was wrong and what would be right
  /// @param shortage how many nodes are wanting; null unless the reason is `NO_QUORUM`
  record Refused(AddRefusal refusal, String detail, @Nullable Shortage shortage)
      implements AddOutcome {

    public Refused(AddRefusal refusal, String detail) {
      this(refusal, detail, null);
    }
  }

  /// Too few nodes, the master included.
  ///
  /// @param reachable nodes that count at this moment
  /// @param required nodes that must
  record Shortage(int reachable, int required) {}

  /// Why a concern is not met.
  enum UnmetReason {
    /// Its time ran out; the message stays and goes on replicating.
    PENDING,
    /// The node is stopping.
    STOPPING,
    /// The log of this node has failed.
    LOG_FAILED,
    /// Part of the log turned out to be damaged.
    CORRUPT,
    /// Another master has a higher epoch.
    FENCED,
    /// So many nodes do not belong to the cluster any more.
    MEMBER_LEFT
  }

  /// Why nothing was appended.
  enum AddRefusal {
    /// Still asking the followers where they stand.
    STARTING,
    /// There is no log yet: the followers have not all been heard, or one of them holds entries.
    NO_LOG,
    /// No majority is alive and `QUORUM_APPEND` is on, or one is required to begin.
    NO_QUORUM,
    /// Another master has a higher epoch.
    FENCED,
    /// Part of the log is damaged.
    CORRUPT,
    /// Too many adds are waiting to become durable.
    OVERLOADED,
    /// No space left.
    FULL,
    /// The node is stopping.
    STOPPING,
    /// The log of this node has failed.
    LOG_FAILED,
    /// A node left while the call came in, and as many as it asks for are not there any more.
    MEMBER_LEFT,
    /// The key was used for another text.
    KEY_REUSED
  }
}
