package io.replog.connectors.branches;

import io.replog.connectors.headoffice.OwnHeadOffice;
import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One whole way, now: from the branch into the log, and from the log into the head office.
final class SyncNow {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final OwnHeadOffice headOffice;

  SyncNow(OwnHeadOffice headOffice) {
    this.headOffice = headOffice;
  }

  /// @throws Refusal if it did not get to the end
  void run(Branch branch) {
    await(branch.worker().now(), "");
    headOffice.find().ifPresent(office -> await(office.now(), "all is in the log, but "));
  }

  private static void await(CompletableFuture<Void> pass, String before) {
    try {
      pass.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause();
      throw refusal(before + (cause == null ? failed : cause).getMessage());
    } catch (TimeoutException _) {
      throw refusal("it is still under way after %d s, and goes on".formatted(LIMIT.toSeconds()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw refusal("the connectors are stopping");
    }
  }

  private static Refusal refusal(String message) {
    return Refusal.of(ProblemType.UNAVAILABLE, message).withHeader("Retry-After", "1");
  }
}
