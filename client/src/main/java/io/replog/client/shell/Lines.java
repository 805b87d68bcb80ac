package io.replog.client.shell;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Where the lines come from.
interface Lines extends AutoCloseable {

  /// The next line without its end, null when there is none any more.
  @Nullable String next(String prompt);

  /// Carries a line out; where somebody types, Ctrl-C interrupts the thread meanwhile.
  default void carryOut(String line, Consumer<String> action) {
    action.accept(line);
  }

  @Override
  void close();
}
