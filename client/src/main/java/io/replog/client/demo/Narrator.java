package io.replog.client.demo;

import io.replog.client.check.MismatchException;
import io.replog.client.cluster.Awaiting;
import io.replog.client.remote.PlainNode.Answer;
import io.replog.client.terminal.Console;
import io.replog.client.terminal.Printable;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/// Tells what happens, and whether it is what was announced.
final class Narrator {

  /// Far above what anything of a scene takes.
  static final Duration LIMIT = Duration.ofSeconds(120);

  private final Console console;

  Narrator(Console console) {
    this.console = console;
  }

  void announce(int number, Scene scene) {
    console.print("");
    console.print(console.green("%d. %s".formatted(number, scene.title())));
    scene.announcement().lines().forEach(line -> console.print("   " + line));
  }

  /// Something that happens now.
  void tell(String sentence) {
    console.print("   " + sentence);
  }

  /// Tells how long an add took, which has to be accepted.
  ///
  /// @return the seconds
  double accepted(String text, int concern, Answer answer) {
    MismatchException.require(
        answer.isSuccess(),
        "add '%s' w=%d is accepted; the answer was %d: %s"
            .formatted(text, concern, answer.status(), Printable.escape(answer.body())));
    tell(
        String.format(
            Locale.ROOT, "add '%s' w=%d returned after %.3f s", text, concern, answer.seconds()));
    return answer.seconds();
  }

  /// Says that it holds.
  ///
  /// @throws MismatchException when it does not
  void check(String claim, boolean holds) {
    MismatchException.require(holds, claim);
    console.print("   " + console.green("ok") + "  " + claim);
  }

  /// Waits until it is so, and says how long that took.
  void await(String claim, BooleanSupplier condition) {
    long begin = System.nanoTime();
    MismatchException.require(Awaiting.until(condition, LIMIT), claim);
    double seconds = (System.nanoTime() - begin) / 1e9;
    check(String.format(Locale.ROOT, "%s (after %.3f s)", claim, seconds), true);
  }

  /// The answer to an add that goes on.
  static Answer join(CompletableFuture<Answer> add) {
    try {
      return add.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException late) {
      throw new MismatchException("not so: a blocked add returns");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new MismatchException("interrupted");
    }
  }

  /// Whether `shown` is all of `whole`.
  ///
  /// @throws MismatchException when it is no prefix: then it can never become the whole
  static boolean isWhole(List<String> shown, List<String> whole) {
    MismatchException.require(
        shown.size() <= whole.size() && shown.equals(whole.subList(0, shown.size())),
        "what a follower shows is a prefix of what the master shows");
    return shown.size() == whole.size();
  }
}
