package io.replog.master.watch;

import io.replog.master.events.EventLines;
import io.replog.master.events.OpenAdds;
import io.replog.master.members.Members;
import io.replog.replication.master.MasterEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What happened between two frames, in bounded memory. An event costs O(1). Filled by the core's
/// thread, then read by another.
final class Span {

  /// Messages and answers of a kind that are told one by one.
  static final int MAX_TOLD = 64;

  static final int MAX_TEXT = 120;

  private final OpenAdds open;
  private final LineSheet sheet = new LineSheet();
  private final EventLines lines;
  private final Newest<Told> appended = new Newest<>(MAX_TOLD);
  private final Newest<Frame.Answer> released = new Newest<>(MAX_TOLD);
  private final Newest<Frame.Answer> unmet = new Newest<>(MAX_TOLD);
  private final Map<String, Frame.Passage> sent = new LinkedHashMap<>();
  private final Map<String, Frame.Passage> acknowledged = new LinkedHashMap<>();
  private long fromIndex;
  private long toIndex;

  private record Told(long index, int requiredNodes, @Nullable String text, long nanos) {}

  Span(OpenAdds open, Members members) {
    this.open = open;
    this.lines = new EventLines(sheet, members, _ -> null);
  }

  void note(MasterEvent event, long nowNanos) {
    lines.happened(event, nowNanos);
    switch (event) {
      case MasterEvent.Appended(var index, var call, var nodes, _, _) -> {
        reach(index, index);
        appended.add(new Told(index, nodes, textOf(call), nowNanos));
      }
      case MasterEvent.AppendedAll(var from, var to, _, var nodes) ->
          appendedAll(from, to, nodes, nowNanos);
      case MasterEvent.Sent(var follower, var from, var to, _) ->
          sent.merge(follower, new Frame.Passage(follower, from, to, null), Span::join);
      case MasterEvent.FollowerAcknowledged(var follower, var from, var to, var nanos) ->
          acknowledged.merge(
              follower,
              new Frame.Passage(follower, from, to, nanos < 0 ? null : millis(nanos)),
              Span::join);
      case MasterEvent.Released(_, var index, var nodes, var acks, var nanos) ->
          released.add(new Frame.Answer(index, nodes, acks, null, millis(nanos)));
      case MasterEvent.GivenUp(_, var index, var nodes, var acks, var reason, var nanos) ->
          unmet.add(new Frame.Answer(index, nodes, acks, reason.name(), millis(nanos)));
      default -> {}
    }
  }

  private void appendedAll(long from, long to, int nodes, long nowNanos) {
    reach(from, to);
    long firstTold = Math.max(from, to - MAX_TOLD + 1);
    appended.pass(firstTold - from);
    for (long index = firstTold; index <= to; index++) {
      appended.add(new Told(index, nodes, null, nowNanos));
    }
  }

  boolean isEmpty() {
    return sheet.isEmpty() && appended.count() == 0 && sent.isEmpty() && acknowledged.isEmpty();
  }

  Frame.Appended appended(long nowNanos) {
    List<Frame.Message> messages =
        appended.kept().stream()
            .map(
                told ->
                    new Frame.Message(
                        told.index(),
                        told.requiredNodes(),
                        told.text(),
                        Math.max(0, millis(nowNanos - told.nanos()))))
            .toList();
    return new Frame.Appended(appended.count(), fromIndex, toIndex, messages);
  }

  List<Frame.Passage> sent() {
    return List.copyOf(sent.values());
  }

  List<Frame.Passage> acknowledged() {
    return List.copyOf(acknowledged.values());
  }

  Frame.Answers released() {
    return new Frame.Answers(released.count(), released.kept());
  }

  Frame.Answers unmet() {
    return new Frame.Answers(unmet.count(), unmet.kept());
  }

  Frame.Lines lines() {
    return sheet.lines();
  }

  private void reach(long from, long to) {
    fromIndex = fromIndex == 0 ? from : fromIndex;
    toIndex = to;
  }

  private @Nullable String textOf(long call) {
    OpenAdds.Received received = open.find(call);
    String text = received == null ? null : received.text();
    return text == null ? null : beginning(text);
  }

  private static String beginning(String text) {
    if (text.length() <= MAX_TEXT) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT;
    return text.substring(0, end) + "…";
  }

  private static Frame.Passage join(Frame.Passage before, Frame.Passage next) {
    return new Frame.Passage(
        next.node(),
        Math.min(before.fromIndex(), next.fromIndex()),
        Math.max(before.toIndex(), next.toIndex()),
        next.afterMillis());
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }
}
