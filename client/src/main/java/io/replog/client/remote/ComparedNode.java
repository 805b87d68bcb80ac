package io.replog.client.remote;

import io.replog.model.Entry;
import io.replog.model.Position;
import org.jspecify.annotations.Nullable;

/// One node of a comparison: where it has been read up to, and the entry that stands there.
///
/// Reading goes one entry further at a time. What a single log can tell is checked here: every
/// index once, without gap, epochs never falling.
final class ComparedNode implements AutoCloseable {

  private final String name;
  private final String url;
  private final RecordStream records;
  private Position end;
  private @Nullable Entry entry;
  private @Nullable String disorder;
  private boolean exhausted;

  /// @param from first index that `records` has; the chain begins there
  ComparedNode(String name, String url, RecordStream records, long from) {
    this.end = new Position(from - 1, 0, 0);
    this.name = name;
    this.url = url;
    this.records = records;
  }

  String name() {
    return name;
  }

  String url() {
    return url;
  }

  /// Goes to the next entry.
  ///
  /// @return whether there is one; false too when the node failed or its log is in disorder
  boolean advance() {
    FullRecord next = records.next();
    exhausted = next == null;
    entry = next == null ? null : place(next);
    if (entry != null) {
      end = entry.position();
    }
    return entry != null;
  }

  /// The entry that [#advance] went to.
  ///
  /// @throws IllegalStateException if there is none
  Entry entry() {
    if (entry == null) {
      throw new IllegalStateException(name + " has no further entry");
    }
    return entry;
  }

  /// End of what was read, with the chain over all of it.
  Position end() {
    return end;
  }

  /// What is wrong with this log by itself, null when nothing is.
  @Nullable String disorder() {
    return disorder;
  }

  /// The last index that the node shows, read or not.
  long lastIndex() {
    return Math.max(end.index(), records.shown());
  }

  /// Why the node could not be read to its end, null when it could.
  @Nullable String failure() {
    if (records.failure() == null && exhausted && end.index() < records.shown()) {
      return "its answer ended at #%d, though it shows #%d".formatted(end.index(), records.shown());
    }
    return records.failure();
  }

  @Nullable String logId() {
    return records.logId();
  }

  @Override
  public void close() {
    records.close();
  }

  private @Nullable Entry place(FullRecord next) {
    long expected = end.index() + 1;
    if (next.index() != expected) {
      String kind = next.index() > expected ? "a gap" : "an index that was there before";
      disorder = "%s: #%d where #%d should stand".formatted(kind, next.index(), expected);
      return null;
    }
    if (next.epoch() < end.epoch()) {
      disorder =
          "an epoch that falls: %d at #%d behind %d".formatted(next.epoch(), expected, end.epoch());
      return null;
    }
    return next.placedBehind(end);
  }
}
