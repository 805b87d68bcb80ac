package io.replog.client.demo;

import io.replog.client.check.MismatchException;
import io.replog.client.cluster.Awaiting;
import io.replog.client.remote.PlainNode.Answer;
import io.replog.client.terminal.Console;
import io.replog.client.terminal.Printable;
import java.time.Duration;
import java.util.Locale;
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
}
