package io.replog.system.history;

import io.replog.system.history.FinalLog.Line;
import io.replog.system.history.Sight.Kind;
import io.replog.system.history.TailPart.Event;
import io.replog.system.history.Violation.Promise;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What readers were shown, measured by the one order of the end.
final class ReadChecks {

  private final History history;
  private final List<String> order;
  private final Findings findings;

  ReadChecks(History history, List<Line> order, Findings findings) {
    this.history = history;
    this.order = order.stream().map(Line::text).toList();
    this.findings = findings;
  }

  void check() {
    history.sights().forEach(this::checkIsPartOfOrder);
    history.sights().forEach(this::checkIsWhole);
    Map<List<Object>, List<Sight>> comparable =
        history.sights().stream()
            .collect(Collectors.groupingBy(sight -> List.of(sight.node(), sight.asked().kind())));
    comparable.values().forEach(this::checkNeverShrinks);
    history.tailParts().forEach(this::checkIsContiguous);
  }

  private void checkIsPartOfOrder(Sight sight) {
    for (int place = 0; place < sight.texts().size(); place++) {
      long index = sight.asked().firstIndex() + place;
      String shown = sight.texts().get(place);
      if (!shown.equals(textAt(index))) {
        reportForeign(sight, index, shown);
        return;
      }
    }
  }

  private void reportForeign(Sight sight, long index, String shown) {
    Promise promise =
        sight.asked().kind() == Kind.MAJORITY
            ? Promise.MAJORITY_READS_ARE_KEPT
            : Promise.READS_ARE_PREFIXES;
    String kept = textAt(index);
    findings.report(
        promise,
        kept == null ? List.of(shown) : List.of(shown, kept),
        "%s showed '%s' at #%d, where the log of %d messages has %s in the end",
        sight.node(),
        shown,
        index,
        order.size(),
        kept == null ? "nothing" : "'" + kept + "'");
    if (kept != null) {
      findings.report(
          Promise.ONE_TEXT_PER_INDEX,
          List.of(shown, kept),
          "#%d is '%s' and was '%s' in a read of %s",
          index,
          kept,
          shown,
          sight.node());
    }
  }

  private @Nullable String textAt(long index) {
    return index >= 1 && index <= order.size() ? order.get((int) index - 1) : null;
  }

  private void checkIsWhole(Sight sight) {
    if (sight.texts().size() != sight.expectedSize()) {
      findings.show(
          Promise.READS_ARE_PREFIXES,
          List.of(Evidence.of(sight)),
          "%s showed %d messages from #%d on while it said that it shows #%d",
          sight.node(),
          sight.texts().size(),
          sight.asked().firstIndex(),
          sight.shownIndex());
    }
    if (sight.shownIndex() < sight.asked().leastIndex()) {
      findings.show(
          Promise.READS_NEVER_SHRINK,
          List.of(Evidence.of(sight)),
          "%s answered with #%d to a read that asked for #%d",
          sight.node(),
          sight.shownIndex(),
          sight.asked().leastIndex());
    }
  }

  /// Walks through the reads of one kind on one node by their beginning, keeping the longest of
  /// those that had ended.
  private void checkNeverShrinks(List<Sight> sights) {
    PriorityQueue<Sight> running = new PriorityQueue<>(Comparator.comparingLong(Sight::endedNanos));
    Sight longest = null;
    for (Sight sight :
        sights.stream().sorted(Comparator.comparingLong(Sight::invokedNanos)).toList()) {
      while (!running.isEmpty() && running.element().endedNanos() < sight.invokedNanos()) {
        longest = longer(longest, running.remove());
      }
      if (longest != null && sight.shownIndex() < longest.shownIndex()) {
        findings.show(
            sight.asked().kind() == Kind.MAJORITY
                ? Promise.MAJORITY_READS_ARE_KEPT
                : Promise.READS_NEVER_SHRINK,
            List.of(Evidence.of(longest), Evidence.of(sight)),
            "%s showed #%d as the last one after it had shown #%d",
            sight.node(),
            sight.shownIndex(),
            longest.shownIndex());
      }
      running.add(sight);
    }
  }

  private static Sight longer(@Nullable Sight one, Sight other) {
    return one != null && one.shownIndex() >= other.shownIndex() ? one : other;
  }

  private void checkIsContiguous(TailPart part) {
    long expected = part.resumedAfter() + 1;
    for (int place = 0; place < part.events().size(); place++) {
      Event event = part.events().get(place);
      if (event.index() != expected) {
        findings.show(
            Promise.TAILS_ARE_CONTIGUOUS,
            List.of(Evidence.of(part, place)),
            "a tail of %s, resumed after #%d, brought #%d where #%d was due",
            part.node(),
            part.resumedAfter(),
            event.index(),
            expected);
        return;
      }
      if (!event.text().equals(textAt(event.index()))) {
        findings.report(
            Promise.TAILS_ARE_CONTIGUOUS,
            List.of(event.text()),
            "a tail of %s brought '%s' as #%d, which is not what the log has in the end",
            part.node(),
            event.text(),
            event.index());
        return;
      }
      expected++;
    }
  }
}
