package io.replog.system.power;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The figures of a run.
public final class Tally {

  private final Map<String, Integer> cutsByKind = new TreeMap<>();
  private final List<Duration> cycles = new ArrayList<>();
  private final List<String> losses = new ArrayList<>();
  private long acknowledged;
  private long tornBytes;
  private int tornStarts;

  /// One cut and everything up to the restart.
  void cut(String kind, Duration cycle) {
    cutsByKind.merge(kind, 1, Integer::sum);
    cycles.add(cycle);
  }

  /// So many messages more were acknowledged.
  void acknowledged(long messages) {
    acknowledged += messages;
  }

  /// A log was opened after a cut and an unfinished write of this length was cut off.
  void torn(long bytes) {
    tornBytes += bytes;
    tornStarts += bytes > 0 ? 1 : 0;
  }

  void lost(String what) {
    losses.add(what);
  }

  public int cuts() {
    return cycles.size();
  }

  public long acknowledged() {
    return acknowledged;
  }

  public List<String> losses() {
    return List.copyOf(losses);
  }

  /// For people, a line each.
  public List<String> report() {
    List<Duration> sorted = cycles.stream().sorted().toList();
    List<String> lines = new ArrayList<>();
    lines.add("cuts           %d (%s)".formatted(cuts(), kinds()));
    lines.add("acknowledged   %,d messages".formatted(acknowledged));
    lines.add("torn           %,d bytes in %d starts".formatted(tornBytes, tornStarts));
    if (!sorted.isEmpty()) {
      lines.add(
          "time per cut   median %.1f s, longest %.1f s"
              .formatted(seconds(sorted.get(sorted.size() / 2)), seconds(sorted.getLast())));
    }
    lines.add("lost           " + (losses.isEmpty() ? "nothing" : losses.size() + ":"));
    losses.forEach(loss -> lines.add("  " + loss));
    return lines;
  }

  private String kinds() {
    return cutsByKind.entrySet().stream()
        .map(kind -> kind.getValue() + " " + kind.getKey())
        .collect(Collectors.joining(", "));
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1e3;
  }
}
