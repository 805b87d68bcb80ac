package io.replog.replication.master;

import io.replog.model.Membership;

/// How a change of the members ended. [Refused] is definite: the log says nothing of it and never
/// will. [Pending] is indefinite.
public sealed interface MemberOutcome {

  /// A majority of the members that there are now holds the entry.
  ///
  /// @param index of the entry that says so; 0 if the settings do
  /// @param already whether nothing had to be changed
  record Changed(long index, Membership membership, boolean already) implements MemberOutcome {}

  /// Appended and in force, but not known to be held by a majority.
  record Pending(long index, String detail) implements MemberOutcome {}

  /// Nothing was changed.
  ///
  /// @param detail one sentence for people: what was wrong and what would be right
  record Refused(MemberRefusal refusal, String detail) implements MemberOutcome {}

  /// Why nothing was changed.
  enum MemberRefusal {
    /// This master does not append at this moment.
    NOT_WRITABLE,
    /// Another change is under way; there is one at a time.
    BUSY,
    /// Name or address belong to another member, or there are too many.
    CONFLICT,
    /// Nobody has that name.
    NOT_A_MEMBER,
    /// It holds what can never become this log, or is damaged.
    UNFIT,
    /// No space is left on the disk of the master.
    FULL,
    /// It lacks entries still; what it has received it keeps.
    NOT_CAUGHT_UP
  }
}
