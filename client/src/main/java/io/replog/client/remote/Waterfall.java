package io.replog.client.remote;

import io.replog.client.terminal.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// A trace as text: a line for each part of the way, with a bar where its time lies. Times are
/// milliseconds since the call was received.
final class Waterfall {

  private static final int WIDTH = 40;
  private static final double UNKNOWN = Double.NaN;

  private final String heading;
  private final List<Row> rows = new ArrayList<>();

  /// A part of the way; a row without a length is a moment.
  private record Row(String where, String what, double from, double to, String note) {}

  private Waterfall(String heading) {
    this.heading = heading;
  }

  static Waterfall of(JsonNode trace) {
    Waterfall waterfall = new Waterfall(heading(trace));
    double appended = millis(trace.path("appended"));
    double written = millis(trace.path("written"));
    waterfall.add("master", "queue", millis(trace.path("received")), appended, "");
    waterfall.add("master", "write", appended, written, "");
    waterfall.add(
        "master",
        "force",
        Double.isNaN(written) ? appended : written,
        millis(trace.path("durable")),
        "");
    trace.path("followers").forEach(waterfall::addFollower);
    waterfall.addRelease(trace);
    return waterfall;
  }

  private static String heading(JsonNode trace) {
    String context = trace.path("traceparent").asString("");
    return "#%s, write concern %s%s"
        .formatted(
            trace.path("index").asLong(),
            trace.path("write_concern").asInt(),
            context.isEmpty() ? "" : ", traceparent " + Printable.escape(context));
  }

  private void addFollower(JsonNode follower) {
    String node = Printable.escape(follower.path("node").asString("?"));
    long told = follower.path("tries").valueStream().filter(each -> !isProbe(each)).count();
    long untold = follower.path("attempts").asInt() - told;
    if (follower.path("attempts").asInt() == 0) {
      add(node, "not sent", UNKNOWN, UNKNOWN, "");
    }
    if (untold > 0 && told > 0) {
      add(node, untold + " earlier attempts", UNKNOWN, UNKNOWN, "");
    }
    follower.path("tries").forEach(attempt -> addTry(node, attempt));
  }

  private void addTry(String node, JsonNode attempt) {
    double sent = millis(attempt.path("sent"));
    double ended = millis(attempt.path("ended"));
    JsonNode there = attempt.path("there");
    if (there.isObject()) {
      double received = millis(there.path("received"));
      double appended = millis(there.path("appended"));
      double durable = millis(there.path("durable"));
      add(node, "way there", sent, received, "+-" + number(there.path("plus_minus_ms").asDouble()));
      add(node, "held", received, appended, "");
      add(node, "write, force", appended, durable, "");
      add(node, "way back", durable, ended, "");
    } else {
      add(node, isProbe(attempt) ? "probe" : "attempt", sent, ended, noteOf(attempt));
    }
  }

  private static boolean isProbe(JsonNode attempt) {
    return attempt.path("probe").asBoolean(false);
  }

  private static String noteOf(JsonNode attempt) {
    String error = attempt.path("error").asString("");
    JsonNode backOff = attempt.path("back_off_ms");
    String next = backOff.isNumber() ? ", next after " + number(backOff.asDouble()) : "";
    if (attempt.path("ended").isNull()) {
      return "under way";
    }
    return error.isEmpty() ? "" : Printable.escape(error) + next;
  }

  private void addRelease(JsonNode trace) {
    double released = millis(trace.path("released"));
    if (!Double.isNaN(released)) {
      add(
          "master",
          "released",
          released,
          released,
          "%d of %d acknowledged"
              .formatted(trace.path("released_acks").asInt(), trace.path("followers").size() + 1));
    }
  }

  private void add(String where, String what, double from, double to, String note) {
    rows.add(new Row(where, what, from, to, note));
  }

  /// The lines, the heading first.
  List<String> lines() {
    double end = rows.stream().mapToDouble(Row::to).filter(to -> !Double.isNaN(to)).max().orElse(0);
    int where = rows.stream().mapToInt(row -> row.where().length()).max().orElse(0);
    int what = rows.stream().mapToInt(row -> row.what().length()).max().orElse(0);
    List<String> lines = new ArrayList<>(List.of(heading));
    for (Row row : rows) {
      String line =
          ("%-" + where + "s  %-" + what + "s  |%s|  %s  %s")
              .formatted(row.where(), row.what(), bar(row, end), span(row), row.note());
      lines.add(line.stripTrailing());
    }
    return lines;
  }

  private static String bar(Row row, double end) {
    if (Double.isNaN(row.from())) {
      return " ".repeat(WIDTH);
    }
    int from = column(row.from(), end);
    int to = Double.isNaN(row.to()) ? WIDTH - 1 : column(row.to(), end);
    return " ".repeat(from) + "#".repeat(Math.max(1, to - from + 1)) + " ".repeat(WIDTH - 1 - to);
  }

  private static int column(double millis, double end) {
    return end <= 0 ? 0 : Math.clamp(Math.round(millis / end * (WIDTH - 1)), 0, WIDTH - 1);
  }

  private static String span(Row row) {
    if (Double.isNaN(row.from())) {
      return "";
    }
    if (Double.isNaN(row.to()) || row.from() == row.to()) {
      return "at " + number(row.from());
    }
    return number(row.to() - row.from()) + " from " + number(row.from());
  }

  private static String number(double millis) {
    return String.format(Locale.ROOT, "%.1f ms", millis);
  }

  private static double millis(JsonNode moment) {
    return moment.path("ms").isNumber() ? moment.path("ms").asDouble() : UNKNOWN;
  }
}
