package io.replog.client.branches;

import io.replog.client.terminal.Printable;
import io.replog.client.terminal.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What people see of branches and head office: a line each, and why something fails.
final class BranchTable {

  private BranchTable() {}

  static List<String> lines(JsonNode overview) {
    Table table = new Table("BRANCH", "STATE", "SALES", "TO SEND", "REFUSED", "SYNC", "LAST SEEN");
    List<String> reasons = new ArrayList<>();
    overview.path("branches").forEach(branch -> add(table, reasons, branch));
    List<String> lines = new ArrayList<>(table.lines());
    if (overview.path("branches").isEmpty()) {
      lines.clear();
      lines.add("There are no branches: BRANCH_1_URL is not set.");
    }
    JsonNode office = overview.path("head_office");
    if (office.isObject()) {
      lines.add("");
      lines.add(headOffice(office));
      reason("head office", office).ifPresent(reasons::add);
    }
    lines.addAll(reasons);
    return lines;
  }

  private static void add(Table table, List<String> reasons, JsonNode branch) {
    JsonNode work = branch.path("work");
    table.add(
        Printable.escape(branch.path("name").asString("")),
        state(branch),
        number(branch.path("sales")),
        number(branch.path("pending")),
        number(branch.path("refused")),
        work.path("automatic").asBoolean(false)
            ? "every " + seconds(work.path("interval_ms").asLong(0))
            : "by hand",
        seen(branch));
    reason(branch.path("name").asString(""), branch).ifPresent(reasons::add);
  }

  private static String state(JsonNode branch) {
    return branch.path("work").path("state").asString("").toUpperCase(Locale.ROOT);
  }

  private static String number(JsonNode figure) {
    return figure.isIntegralNumber() ? Long.toString(figure.asLong()) : "?";
  }

  private static String seen(JsonNode place) {
    return place.path("last_seen").isString()
        ? place.path("last_seen").asString().replaceAll("\\.\\d+", "")
        : "never";
  }

  private static String seconds(long millis) {
    return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
  }

  private static String headOffice(JsonNode office) {
    return "head office  %s  %s sales, log up to #%s of #%s, %s put aside, last seen %s"
        .formatted(
            state(office),
            number(office.path("sales")),
            number(office.path("applied_index")),
            number(office.path("log_index")),
            number(office.path("dead_letters")),
            seen(office));
  }

  private static Optional<String> reason(String name, JsonNode place) {
    JsonNode reason = place.path("work").path("reason");
    return reason.isString()
        ? Optional.of(Printable.escape(name + ": " + reason.asString()))
        : Optional.empty();
  }
}
