package io.replog.benchmarks;

import io.replog.benchmarks.load.Tally;
import io.replog.client.terminal.Table;
import java.util.List;
import java.util.Locale;

/// What one load came to.
///
/// @param load what was done, for people
/// @param connections how many requests were out at most
/// @param tally what was counted
record Measured(String load, int connections, Tally tally) {

  static List<String> table(List<Measured> rows) {
    Table table =
        new Table(
            "load",
            "connections",
            "requests/s",
            "p50 ms",
            "p90 ms",
            "p99 ms",
            "p99.9 ms",
            "max ms",
            "refused",
            "failed");
    for (Measured row : rows) {
      Tally tally = row.tally;
      table.add(
          row.load,
          String.valueOf(row.connections),
          format("%.0f", tally.perSecond()),
          format("%.2f", tally.millisAt(50)),
          format("%.2f", tally.millisAt(90)),
          format("%.2f", tally.millisAt(99)),
          format("%.2f", tally.millisAt(99.9)),
          format("%.2f", tally.maxMillis()),
          String.valueOf(tally.refused()),
          String.valueOf(tally.failed()));
    }
    return table.lines();
  }

  /// One line of JSON.
  String json() {
    return format(
        "{\"load\":\"%s\",\"connections\":%d,\"requests_per_second\":%.1f,\"p50_ms\":%.3f,\"p90_ms\":%.3f,"
            + "\"p99_ms\":%.3f,\"p999_ms\":%.3f,\"max_ms\":%.3f,\"done\":%d,\"refused\":%d,\"failed\":%d}",
        load,
        connections,
        tally.perSecond(),
        tally.millisAt(50),
        tally.millisAt(90),
        tally.millisAt(99),
        tally.millisAt(99.9),
        tally.maxMillis(),
        tally.done(),
        tally.refused(),
        tally.failed());
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
