package io.replog.master.replicate;

import io.replog.broker.ClusterMessages;
import io.replog.master.replicate.BatchReading.Encoded;
import io.replog.node.call.HttpCaller;
import io.replog.replication.master.MasterEffect.Send;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// One stream of batches for all followers, in one life of the core: what one of them is to be sent
/// at the end of the stream is published, and the others, who come to the same place, wait for
/// their own answer to it.
///
/// The core knows nothing of it and goes on asking for batches for each follower. Whatever is not
/// as it should be, a follower that is behind, an answer that does not come, a broker that is away,
/// goes over HTTP, and who has caught up with the end of the stream takes part again. A follower
/// that has not shown yet that it hears gets the batch over HTTP while the same batch is published:
/// its answer to that shows it.
///
/// Invariants:
/// - publications follow one another in the log, never overlap, and are published in this order;
/// - an answer counts only for a batch that was published after the follower was lost the last
///   time, so no answer is older than what the core knows of it.
public final class Broadcast implements AutoCloseable {

  /// Publications that are remembered. Who is further behind goes over HTTP.
  static final int MAX_KNOWN = 1_024;

  private final String startId;
  private final BatchPublisher publisher;
  private final Predicate<String> cutOff;
  private final Answers answers;
  private final NavigableMap<Long, Publication> byPrevious = new TreeMap<>();
  private final Map<Long, Publication> byNumber = new ConcurrentHashMap<>();
  private final Map<String, Hearer> hearers = new ConcurrentHashMap<>();

  /// Last index published; what lies before may have gone over HTTP.
  private long publishedThrough;

  private long lastNumber;

  /// @param startId the life of the core
  /// @param cutOff whether a follower is to be kept away from, by its name
  public Broadcast(
      String startId, BatchPublisher publisher, Predicate<String> cutOff, JsonMapper json) {
    this.startId = startId;
    this.publisher = publisher;
    this.cutOff = cutOff;
    this.answers = new Answers(json);
    publisher.join(this);
  }

  /// The life of the core that this belongs to.
  public String startId() {
    return startId;
  }

  /// A follower has answered a publication, as it would have over HTTP.
  public void answered(String follower, long number, int status, byte[] body) {
    Publication publication = byNumber.get(number);
    Hearer hearer = hearers.get(follower);
    if (publication != null && hearer != null && !cutOff.test(follower)) {
      hearer.answered(publication);
      publication.answered(follower, answers.read(new HttpCaller.Reply.Answered(status, body)));
    }
  }

  /// The broker is gone, or takes nothing: nobody is to wait for anything that was published.
  public synchronized void interrupted(String why) {
    hearers.values().forEach(hearer -> hearer.isLost(publishedThrough));
    byPrevious.values().forEach(publication -> publication.fail(why));
    byPrevious.clear();
    byNumber.clear();
  }

  /// Which way the batch goes. Publishes it where it is the next of the stream.
  ///
  /// @param read reads it from the own log, all that was asked for; may throw
  synchronized Route route(Send send, Supplier<Encoded> read) {
    Hearer hearer = hearer(send.follower());
    long before = send.previous().index();
    hearer.goesOnBehind(before, publishedThrough);
    if (send.upTo() <= before || cutOff.test(send.follower()) || !publisher.isReady()) {
      hearer.isLost(publishedThrough);
      return new Route.Alone(send.upTo());
    }
    if (before >= publishedThrough) {
      return next(hearer, before, read.get());
    }
    Publication known = containing(before + 1);
    return known != null && hearer.canTake(known)
        ? new Route.Along(known, Math.min(known.lastIndex(), send.upTo()))
        : new Route.Alone(Math.min(send.upTo(), publishedThrough));
  }

  /// What goes to a follower up to `index` is ready.
  void sent(String follower, long index) {
    hearer(follower).sent(index);
  }

  /// A follower has not answered as it should.
  synchronized void isLost(String follower) {
    hearer(follower).isLost(publishedThrough);
  }

  private Route next(Hearer hearer, long before, Encoded batch) {
    if (batch.json().length > ClusterMessages.MAX_BODY_BYTES) {
      return new Route.Read(batch);
    }
    Publication published = publish(before, batch);
    return hearer.canTake(published)
        ? new Route.Along(published, published.lastIndex())
        : new Route.Read(batch);
  }

  private Publication publish(long before, Encoded batch) {
    Publication made =
        new Publication(++lastNumber, before, batch.lastIndex(), batch.json().length);
    publishedThrough = batch.lastIndex();
    byPrevious.put(before, made);
    byNumber.put(made.number(), made);
    if (byPrevious.size() > MAX_KNOWN) {
      byNumber.remove(byPrevious.pollFirstEntry().getValue().number());
    }
    publisher.publish(startId, made.number(), batch.json(), this::ended);
    return made;
  }

  private void ended(@Nullable String failure) {
    if (failure != null) {
      interrupted(failure);
    }
  }

  private @Nullable Publication containing(long index) {
    Map.Entry<Long, Publication> found = byPrevious.lowerEntry(index);
    return found != null && index <= found.getValue().lastIndex() ? found.getValue() : null;
  }

  private Hearer hearer(String follower) {
    return hearers.computeIfAbsent(follower, _ -> new Hearer());
  }

  /// Nobody waits for anything any more.
  @Override
  public void close() {
    publisher.leave(this);
    interrupted("this life of the master is over");
  }
}
