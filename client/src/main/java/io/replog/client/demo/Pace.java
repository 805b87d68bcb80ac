package io.replog.client.demo;

import io.replog.client.cluster.Awaiting;
import io.replog.client.terminal.Console;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How long there is to read before something happens.
@FunctionalInterface
interface Pace {

  void pause();

  /// @param chosen how long, zero for not at all; null for until somebody presses Enter, or where
  ///   nobody can, for some seconds
  static Pace of(@Nullable Duration chosen, Console console) {
    if (chosen == null && console.interactive()) {
      return () -> awaitEnter(console);
    }
    Duration pause = chosen == null ? Duration.ofSeconds(5) : chosen;
    return () -> Awaiting.until(() -> false, pause);
  }

  private static void awaitEnter(Console console) {
    console.out().print(console.faint("   Enter to go on ... "));
    console.out().flush();
    try {
      int read = console.in().read();
      while (read >= 0 && read != '\n') {
        read = console.in().read();
      }
    } catch (IOException _) {
      console.print("");
    }
  }
}
