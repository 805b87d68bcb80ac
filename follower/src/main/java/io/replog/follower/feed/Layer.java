package io.replog.follower.feed;

import io.replog.model.FeedAnswer;
import io.replog.node.feed.Standpoint.Known;
import io.replog.node.messages.LayerView;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What this layer node has heard of its upstream, and so how stale it is. Written by the feeder,
/// read by any thread.
public final class Layer implements LayerView {

  private final LongSupplier nanoTime;
  private final Observations observations = new Observations();
  private volatile Source source = new Source(null, null);
  private volatile News news = new News(0, null, null, null);

  /// Who gives what is taken.
  ///
  /// @param upstream name of the upstream, null before its first answer
  /// @param layer own layer, null before it is known
  private record Source(@Nullable String upstream, @Nullable Integer layer) {}

  /// What was heard.
  ///
  /// @param knownIndex newest commit index heard of
  /// @param knownNanos when that was the newest there was, null while nothing was heard
  /// @param completeNanos when everything committed was last known to be shown here, null for never
  /// @param error what went wrong last, null when nothing does
  private record News(
      long knownIndex,
      @Nullable Long knownNanos,
      @Nullable Long completeNanos,
      @Nullable String error) {}

  Layer(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /// Who is upstream: before what it gives is taken, since who sees that asks from whom it came.
  void fedBy(FeedAnswer answer) {
    Integer above = answer.layer();
    source = new Source(answer.node(), above == null ? source.layer() : Integer.valueOf(above + 1));
  }

  /// What the upstream gave is taken, and this node shows everything up to `version` since.
  void heard(FeedAnswer answer, long version) {
    News before = news;
    news =
        new News(
            Math.max(before.knownIndex(), answer.knownIndex()),
            knownSince(answer, before),
            observations.completeAt(version),
            null);
  }

  /// An upstream that knows less than is known here says nothing about the present.
  private @Nullable Long knownSince(FeedAnswer answer, News before) {
    Long age = answer.knownAgeMillis();
    if (age == null || answer.knownIndex() < before.knownIndex()) {
      return before.knownNanos();
    }
    long nanos = nanoTime.getAsLong() - TimeUnit.MILLISECONDS.toNanos(age);
    observations.note(answer.knownIndex(), nanos);
    Long last = before.knownNanos();
    return last == null || nanos - last > 0 ? Long.valueOf(nanos) : last;
  }

  /// The upstream gives nothing that can be used.
  void failed(String why) {
    News before = news;
    news = new News(before.knownIndex(), before.knownNanos(), before.completeNanos(), why);
  }

  /// Own layer, 1 for one that a core node feeds; null before it is known.
  public @Nullable Integer number() {
    return source.layer();
  }

  /// Name of the upstream, null before its first answer.
  public @Nullable String upstream() {
    return source.upstream();
  }

  /// Why the upstream gives nothing at present, null when it does.
  public @Nullable String error() {
    return news.error();
  }

  /// The newest commit index heard of.
  public Known known() {
    News present = news;
    return new Known(present.knownIndex(), millisSince(present.knownNanos()));
  }

  @Override
  public Staleness staleness(long version) {
    News present = news;
    return new Staleness(
        version,
        present.knownNanos() == null
            ? null
            : Long.valueOf(Math.max(0, present.knownIndex() - version)),
        millisSince(present.completeNanos()));
  }

  private @Nullable Long millisSince(@Nullable Long nanos) {
    return nanos == null
        ? null
        : Long.valueOf(TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - nanos));
  }
}
