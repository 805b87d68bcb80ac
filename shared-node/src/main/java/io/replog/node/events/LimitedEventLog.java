package io.replog.node.events;

import io.replog.node.problem.Printable;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Counts lines by the second: the first twenty are written, the rest are counted by kind and
/// summed up in one line when the second is over.
final class LimitedEventLog implements EventLog {

  private static final int MAX_LINES = 20;
  private static final long SECOND_NANOS = 1_000_000_000L;

  private final LongSupplier nanoTime;
  private final boolean showTexts;
  private final Gate ordinary;
  private final Gate warnings;

  /// @param info takes an ordinary line, false if there is no room for it
  /// @param warn the same for warnings
  LimitedEventLog(
      Predicate<String> info, Predicate<String> warn, LongSupplier nanoTime, boolean showTexts) {
    this.nanoTime = nanoTime;
    this.showTexts = showTexts;
    this.ordinary = new Gate(info);
    this.warnings = new Gate(warn);
  }

  @Override
  public void happened(String kind, String line) {
    ordinary.pass(kind, () -> line);
  }

  @Override
  public void happened(String kind, Supplier<String> line) {
    ordinary.pass(kind, line);
  }

  @Override
  public void warn(String kind, String line) {
    warnings.pass(kind, () -> line);
  }

  @Override
  public String text(String text) {
    return showTexts
        ? " \"" + Printable.of(text.replace("\\", "\\\\").replace("\"", "\\\"")) + "\""
        : "";
  }

  /// Writes summaries that are due. Called about once a second.
  void tick() {
    ordinary.tick();
    warnings.tick();
  }

  private final class Gate {

    private final Predicate<String> out;
    private final Map<String, Long> suppressed = new TreeMap<>();
    private long secondStarted = nanoTime.getAsLong();
    private int written;

    Gate(Predicate<String> out) {
      this.out = out;
    }

    synchronized void pass(String kind, Supplier<String> line) {
      tick();
      written++;
      if (written > MAX_LINES || !out.test(Printable.onOneLine(line.get()))) {
        suppressed.merge(kind, 1L, Long::sum);
      }
    }

    synchronized void tick() {
      long now = nanoTime.getAsLong();
      if (now - secondStarted < SECOND_NANOS) {
        return;
      }
      secondStarted = now;
      written = 0;
      if (!suppressed.isEmpty() && out.test("and more within a second: " + sum())) {
        suppressed.clear();
      }
    }

    private String sum() {
      return suppressed.entrySet().stream()
          .map(kind -> kind.getValue() + " " + kind.getKey())
          .collect(Collectors.joining(", "));
    }
  }
}
