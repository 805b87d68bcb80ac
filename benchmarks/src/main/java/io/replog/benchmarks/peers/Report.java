package io.replog.benchmarks.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The tables, in Markdown.
///
/// @param turns what was measured
/// @param connections the numbers of connections, in their order
/// @param rate requests a second of the open loop
record Report(Turns turns, List<Integer> connections, int rate) {

  private static final String NOTHING = "–";

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("Requests a second, each waited for, and in brackets median and p99 in ms:");
    lines.add("");
    addThroughput(lines);
    lines.add("");
    lines.add(
        "Against the others (requests a second of this log for each of theirs, of the same"
            + " round):");
    lines.add("");
    addRatios(lines);
    lines.add("");
    lines.add(
        "At a fixed %,d a second over %d connections, from the intended start; the first ten seconds of"
                .formatted(rate, largest())
            + " new nodes at the same number of connections; messages a second where none is waited"
            + " for:");
    lines.add("");
    addOther(lines);
    return lines;
  }

  private int largest() {
    return connections.getLast();
  }

  private void addThroughput(List<String> lines) {
    heading(
        lines,
        Stream.concat(
            Stream.of("system", "an acknowledgement means"),
            connections.stream().map(String::valueOf)));
    for (Contender contender : turns.contenders()) {
      row(
          lines,
          Stream.concat(
              Stream.of(contender.words(), contender.kept()),
              connections.stream().map(count -> throughput(contender, count))));
    }
  }

  private String throughput(Contender contender, int count) {
    return format(
        "%,.0f (%.1f, %.1f)",
        turns.perSecond(contender, count),
        turns.closedMillis(contender, count, 50),
        turns.closedMillis(contender, count, 99));
  }

  private void addRatios(List<String> lines) {
    heading(
        lines,
        Stream.of(
                Stream.of("against"),
                connections.stream().map(String::valueOf),
                Stream.of("streamed"))
            .flatMap(cells -> cells));
    turns.contenders().stream()
        .filter(contender -> contender != Contender.REPLOG)
        .forEach(contender -> row(lines, ratios(contender)));
  }

  private Stream<String> ratios(Contender other) {
    return Stream.of(
            Stream.of(other.words()),
            connections.stream().map(count -> ratio(turns.ratio(Contender.REPLOG, other, count))),
            Stream.of(ratio(turns.streamedRatio(Contender.REPLOG, other))))
        .flatMap(cells -> cells);
  }

  private static String ratio(double ratio) {
    return ratio == 0 ? NOTHING : format("%.2f", ratio);
  }

  private void addOther(List<String> lines) {
    heading(
        lines,
        Stream.of(
            "system",
            "p50 ms at the rate",
            "p99 ms",
            "p99.9 ms",
            "first 10 s: requests/s",
            "p99 ms",
            "streamed/s",
            "failed or refused"));
    for (Contender contender : turns.contenders()) {
      row(
          lines,
          Stream.of(
              contender.words(),
              format("%.1f", turns.openMillis(contender, 50)),
              format("%.1f", turns.openMillis(contender, 99)),
              format("%.1f", turns.openMillis(contender, 99.9)),
              format("%,.0f", turns.firstPerSecond(contender)),
              format("%.1f", turns.firstMillis(contender)),
              turns.isStreamed(contender) ? format("%,.0f", turns.streamed(contender)) : NOTHING,
              String.valueOf(turns.lost(contender))));
    }
  }

  private static void heading(List<String> lines, Stream<String> cells) {
    List<String> names = cells.toList();
    row(lines, names.stream());
    row(lines, names.stream().map(_ -> "---"));
  }

  private static void row(List<String> lines, Stream<String> cells) {
    lines.add(cells.collect(Collectors.joining(" | ", "| ", " |")));
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
