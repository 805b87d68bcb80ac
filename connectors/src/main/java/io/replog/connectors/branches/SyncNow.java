package io.replog.connectors.branches;

import io.replog.connectors.database.DatabaseOfflineException;
import io.replog.connectors.headoffice.HeadOffice;
import io.replog.connectors.headoffice.OwnHeadOffice;
import io.replog.node.problem.Refusal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One whole way, now: from the branch into the log, and from the log into the head office. That
/// reads what a majority holds, as far as the node knows that it asks, which may be less than was
/// appended a moment ago: so it is asked until it has come to what this branch has appended.
final class SyncNow {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  private static final String BEHIND_THE_LOG = "all is in the log, but ";

  private final OwnHeadOffice headOffice;
  private final Duration limit;

  SyncNow(OwnHeadOffice headOffice) {
    this(headOffice, LIMIT);
  }

  SyncNow(OwnHeadOffice headOffice, Duration limit) {
    this.headOffice = headOffice;
    this.limit = limit;
  }

  /// What of a branch is neither in the log nor in the head office, though all of it was tried.
  ///
  /// @param byLog sales that the log will not take as they are
  /// @param byHeadOffice versions of sales that the head office could not use so far; null where
  ///   this process has none
  record PutAside(long byLog, @Nullable Long byHeadOffice) {

    /// For people.
    String words() {
      if (byLog == 0 && (byHeadOffice == null || byHeadOffice == 0)) {
        return "Synchronised successfully";
      }
      return "Synchronised but for what is put aside: %d sales by the log%s"
          .formatted(
              byLog,
              byHeadOffice == null
                  ? ""
                  : ", %d versions of sales by the head office so far".formatted(byHeadOffice));
    }
  }

  /// Returns when every sale that was there at the call is in the log, and where there is a head
  /// office, in its tables.
  ///
  /// @return what is in neither
  /// @throws Refusal if it did not get to the end
  PutAside run(Branch branch) {
    long deadline = System.nanoTime() + limit.toNanos();
    await(branch.worker().now(), deadline, "");
    try {
      Optional<HeadOffice> office = headOffice.find();
      long lastIndex = branch.lastSentIndex();
      office.ifPresent(own -> awaitHeld(own, lastIndex, deadline));
      return new PutAside(
          branch.refusedNow(), office.map(own -> own.deadLettersOf(branch.name())).orElse(null));
    } catch (DatabaseOfflineException away) {
      throw Refusal.unavailable(BEHIND_THE_LOG + away.getMessage());
    }
  }

  /// The worker of the head office leaves a pause between two passes.
  private void awaitHeld(HeadOffice office, long lastIndex, long deadline) {
    long held;
    do {
      await(office.now(), deadline, BEHIND_THE_LOG);
      held = office.heldIndex();
      if (held < lastIndex && System.nanoTime() - deadline >= 0) {
        throw Refusal.unavailable(
            BEHIND_THE_LOG
                + "the head office has it up to #%d of #%d after %d s: a majority of the nodes holds no more, or LOG_URL leads to one that lags"
                    .formatted(held, lastIndex, limit.toSeconds()));
      }
    } while (held < lastIndex);
  }

  private void await(CompletableFuture<Void> pass, long deadline, String before) {
    try {
      pass.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause();
      throw Refusal.unavailable(before + (cause == null ? failed : cause).getMessage());
    } catch (TimeoutException _) {
      throw Refusal.unavailable(
          before + "it is still under way after %d s, and goes on".formatted(limit.toSeconds()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw Refusal.unavailable("the connectors are stopping");
    }
  }
}
