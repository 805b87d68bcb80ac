package io.replog.master.watch;

import io.replog.node.events.EventLog;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Takes the lines between two frames: so many ordinary ones, as many warnings, and counts the
/// rest. Not for several threads.
final class LineSheet implements EventLog {

  static final int MAX_LINES = 40;

  private final List<Frame.Line> written = new ArrayList<>();
  private int ordinary;
  private long skipped;

  @Override
  public void happened(String kind, String line) {
    happened(kind, () -> line);
  }

  @Override
  public void happened(String kind, Supplier<String> line) {
    if (ordinary == MAX_LINES) {
      skipped++;
    } else {
      ordinary++;
      written.add(new Frame.Line("INFO", kind, line.get()));
    }
  }

  @Override
  public void warn(String kind, String line) {
    if (written.size() - ordinary == MAX_LINES) {
      skipped++;
    } else {
      written.add(new Frame.Line("WARN", kind, line));
    }
  }

  /// Texts are told with their messages.
  @Override
  public String text(String text) {
    return "";
  }

  boolean isEmpty() {
    return written.isEmpty();
  }

  Frame.Lines lines() {
    return new Frame.Lines(written, skipped);
  }
}
