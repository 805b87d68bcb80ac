package io.replog.replication.simulation;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What happened, in order. Keeps the last [#KEPT] lines for a failure message; may hand every line
/// to a listener, and may compute a hash over all of them to compare two runs.
final class Trace {

  static final int KEPT = 60;

  private record Line(long atNanos, String where, String verb, @Nullable Object what) {
    @Override
    public String toString() {
      return "%12.6f %-10s %s%s"
          .formatted(atNanos / 1e9, where, verb, what == null ? "" : " " + what);
    }
  }

  private final SimulatedClock clock;
  private final long startNanos;
  private final ArrayDeque<Line> last = new ArrayDeque<>(KEPT);
  private final @Nullable Consumer<String> listener;

  /// @param listener gets every line, or null
  Trace(SimulatedClock clock, @Nullable Consumer<String> listener) {
    this.clock = clock;
    this.startNanos = clock.nowNanos();
    this.listener = listener;
  }

  void add(String where, String verb, @Nullable Object what) {
    Line line = new Line(clock.nowNanos() - startNanos, where, verb, what);
    if (last.size() == KEPT) {
      last.removeFirst();
    }
    last.addLast(line);
    if (listener != null) {
      listener.accept(line.toString());
    }
  }

  /// The last lines, oldest first.
  String tail() {
    StringBuilder text = new StringBuilder();
    last.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }
}
