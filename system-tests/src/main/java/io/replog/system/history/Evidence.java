package io.replog.system.history;

import io.replog.system.history.FinalLog.Line;
import java.util.List;
import java.util.stream.Collectors;

/// What was shown, in the words of a report: a line for each read, tail or entry.
final class Evidence {

  /// Of many messages the last ones are told.
  private static final int MOST_TOLD = 5;

  private Evidence() {}

  static String of(Sight sight) {
    List<String> texts = sight.texts();
    List<String> told = texts.subList(Math.max(0, texts.size() - MOST_TOLD), texts.size());
    return "%s ms to %s ms: %s answered a %s read from #%d with %d messages%s, up to #%d"
        .formatted(
            millis(sight.invokedNanos()),
            millis(sight.endedNanos()),
            sight.node(),
            sight.asked().kind(),
            sight.asked().firstIndex(),
            texts.size(),
            told.isEmpty() ? "" : ", the last ones " + told,
            sight.shownIndex());
  }

  /// @param place of the event that is wrong
  static String of(TailPart part, int place) {
    String told =
        part.events().subList(Math.max(0, place + 1 - MOST_TOLD), place + 1).stream()
            .map(event -> "#%d '%s'".formatted(event.index(), event.text()))
            .collect(Collectors.joining(", "));
    return "a tail of %s, resumed after #%d, brought %s"
        .formatted(part.node(), part.resumedAfter(), told);
  }

  static String of(String node, Line record) {
    return "in the end: %s has '%s' at #%d (epoch %d)"
        .formatted(node, record.text(), record.index(), record.epoch());
  }

  /// The record at a place of the log, or that there is none.
  ///
  /// @param place from 0
  static String of(String node, List<Line> records, int place) {
    return place < records.size()
        ? of(node, records.get(place))
        : "in the end: %s has nothing at #%d".formatted(node, place + 1L);
  }

  private static long millis(long nanos) {
    return nanos / 1_000_000;
  }
}
