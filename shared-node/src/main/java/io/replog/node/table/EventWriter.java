package io.replog.node.table;

import io.replog.table.Applied;
import io.replog.table.Change;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;

/// Writes what a transaction has changed as server-sent events. Only the last of them has the id:
/// whoever resumes behind an id has seen all of its transaction.
final class EventWriter {

  private final JsonMapper json;

  EventWriter(JsonMapper json) {
    this.json = json;
  }

  /// @param applied with at least one change
  RecentChanges.Events events(Applied applied) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int left = applied.changes().size();
    for (Change change : applied.changes()) {
      left--;
      write(out, applied.index(), change, left == 0);
    }
    return new RecentChanges.Events(applied.index(), out.toByteArray());
  }

  private void write(ByteArrayOutputStream out, long index, Change change, boolean isLast) {
    String head = change.oldValue() == null ? "event: inserted\n" : "event: updated\n";
    String id = isLast ? "id: " + index + "\n" : "";
    out.writeBytes((head + id + "data: ").getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(
        json.writeValueAsBytes(
            new ChangeEvent(index, change.key(), change.value(), change.oldValue())));
    out.writeBytes("\n\n".getBytes(StandardCharsets.US_ASCII));
  }
}
