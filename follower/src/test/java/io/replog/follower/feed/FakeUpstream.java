package io.replog.follower.feed;

import io.replog.model.Entry;
import io.replog.model.FeedAnswer;
import io.replog.model.FeedRequest;
import io.replog.model.Position;
import io.replog.model.ReplicateRequest;
import io.replog.model.WireEntry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A node that says whatever the test wants.
final class FakeUpstream implements Upstream {

  private final List<Entry> log = new ArrayList<>();
  private final List<FeedRequest> requests = new ArrayList<>();
  private @Nullable String lost;
  private String logId = "log-1";
  private long epoch = 1;
  private long version;
  private long known;
  private long knownAgeMillis;
  private int firstIndex = 1;
  private int portion = Integer.MAX_VALUE;

  /// Appends `count` messages of the present epoch.
  FakeUpstream holding(int count) {
    for (int number = 0; number < count; number++) {
      Position end = log.isEmpty() ? Position.START : log.getLast().position();
      log.add(Entry.after(end, epoch, 1_000, null, "m" + (end.index() + 1)));
    }
    known = Math.max(known, log.size());
    return this;
  }

  /// What the feed may see.
  FakeUpstream showing(long newVersion) {
    version = newVersion;
    return this;
  }

  FakeUpstream knowing(long index, long ageMillis) {
    known = index;
    knownAgeMillis = ageMillis;
    return this;
  }

  FakeUpstream inEpoch(long newEpoch) {
    epoch = newEpoch;
    return this;
  }

  FakeUpstream ofLog(String newLogId) {
    logId = newLogId;
    return this;
  }

  /// Entries in one answer at most.
  FakeUpstream byPortionsOf(int entries) {
    portion = entries;
    return this;
  }

  /// Keeps nothing before `first`.
  FakeUpstream keepingFrom(int first) {
    firstIndex = first;
    return this;
  }

  /// Gives nothing any more, null: it does again.
  FakeUpstream lost(@Nullable String why) {
    lost = why;
    return this;
  }

  /// Replaces the entry at `index` by another one, and what follows.
  FakeUpstream rewriting(int index) {
    int end = log.size();
    log.subList(index - 1, end).clear();
    Position before = log.isEmpty() ? Position.START : log.getLast().position();
    log.add(Entry.after(before, epoch, 1_000, null, "other"));
    return holding(end - index);
  }

  int end() {
    return log.size();
  }

  FeedRequest lastRequest() {
    return requests.getLast();
  }

  List<String> texts(int count) {
    return log.subList(0, count).stream().map(Entry::text).toList();
  }

  /// The entries behind `after` up to `last`, as a master would send them.
  ReplicateRequest batch(int after, int last, long committed) {
    Position previous = after == 0 ? Position.START : log.get(after - 1).position();
    List<WireEntry> entries = log.subList(after, last).stream().map(WireEntry::of).toList();
    return new ReplicateRequest(
        "replog", logId, epoch, "start-" + epoch, previous, entries, last, committed);
  }

  @Override
  public Reply ask(FeedRequest request) {
    requests.add(request);
    if (lost != null) {
      return new Reply.Failed(lost);
    }
    long asked = request.position().index();
    boolean begins = asked == 0 && firstIndex > 1;
    long after = begins ? firstIndex - 1 : asked;
    int last = (int) Math.min(version, after + portion);
    List<WireEntry> entries =
        last <= after
            ? List.of()
            : log.subList((int) after, last).stream().map(WireEntry::of).toList();
    return new Reply.Given(
        new FeedAnswer(
            "follower-1",
            0,
            logId,
            epoch,
            "start-" + epoch,
            version,
            known,
            knownAgeMillis,
            firstIndex,
            begins ? log.get(firstIndex - 2).position() : null,
            entries,
            null,
            6061));
  }
}
