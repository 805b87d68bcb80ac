package io.replog.connectors.access;

import io.replog.connectors.database.DatabaseOfflineException;
import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import java.util.function.Supplier;

/// Answers out of a database, or says that it is away.
public final class WhileOnline {

  private WhileOnline() {}

  /// @throws Refusal [ProblemType#UNAVAILABLE] if the database is away and nothing was written,
  ///   [ProblemType#INCOMPLETE] if it went away during the commit
  public static <T> T answer(Supplier<T> work) {
    try {
      return work.get();
    } catch (DatabaseOfflineException away) {
      throw refusal(away);
    }
  }

  private static Refusal refusal(DatabaseOfflineException away) {
    String reason = String.valueOf(away.getMessage());
    return away.isDuringCommit()
        ? Refusal.of(
            ProblemType.INCOMPLETE,
            reason + ": whether it was done is unknown, read before you try again")
        : Refusal.unavailable(reason);
  }
}
