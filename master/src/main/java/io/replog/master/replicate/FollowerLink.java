package io.replog.master.replicate;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.replog.master.members.PerNode;
import io.replog.node.call.HttpCaller;
import io.replog.node.settings.Peer;
import io.replog.replication.master.MasterEffect.Beat;
import io.replog.replication.master.MasterEffect.Pull;
import io.replog.replication.master.MasterEffect.Send;
import io.replog.replication.master.MasterInput;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// Everything that goes to one follower. No method waits; every result is put to the core.
public final class FollowerLink implements PerNode.Part {

  private static final int MAX_ANSWER_BYTES = 64 << 10;
  private static final Outcome.Failed PARTITIONED =
      new Outcome.Failed(FailureKind.UNREACHABLE, "cut off by an injected partition");

  private final HttpCaller sending;
  private final HttpCaller beating;
  private final HttpCaller pulling;
  private final Pipeline pipeline;
  private final Heartbeats heartbeats;
  private final Puller puller;

  /// Whether an injected partition keeps everything from the follower.
  private final BooleanSupplier cutOff;

  /// @param core takes the results, in any order, on any thread; must not block
  public FollowerLink(
      Peer peer, LinkSettings settings, CircuitBreaker breaker, Consumer<MasterInput> core) {
    String name = peer.name();
    this.cutOff = () -> settings.cutOff().test(name);
    this.sending = new HttpCaller(MAX_ANSWER_BYTES, settings.tls());
    this.beating = new HttpCaller(MAX_ANSWER_BYTES, settings.tls());
    FollowerPaths paths = new FollowerPaths(peer, settings.token());
    Answers answers = new Answers(settings.json());
    UnaryOperator<Outcome> distinct = outcome -> settings.identities().distinct(name, outcome);
    FollowerBreaker guarded = new FollowerBreaker(breaker);
    this.pulling = new HttpCaller(settings.maxPullAnswerBytes(), settings.tls());
    this.pipeline =
        new Pipeline(
            name,
            withoutCutOff(
                loads(
                    name,
                    settings,
                    (json, atMost) ->
                        distinct.apply(answers.read(sending.call(paths.replicate(json), atMost))))),
            new TracedTransport(name, guarded, settings.attempts()),
            new SendMetrics(settings.meters(), name),
            core);
    this.heartbeats =
        new Heartbeats(
            name,
            settings.json(),
            (json, atMost) ->
                unlessCutOff(
                        rest ->
                            distinct.apply(answers.read(beating.call(paths.heartbeat(json), rest))))
                    .send(atMost),
            guarded,
            settings.fed(),
            core);
    this.puller = new Puller(name, paths, pulling, answers, settings.json(), core);
  }

  private static Loads loads(String name, LinkSettings settings, Transport http) {
    BatchReader reader = new BatchReader(settings);
    Broadcast broadcast = settings.broadcast();
    return broadcast == null
        ? new HttpLoads(reader, http)
        : new BroadcastLoads(
            name,
            broadcast,
            reader,
            http,
            outcome -> settings.identities().known(name, outcome),
            settings.meters());
  }

  private Loads withoutCutOff(Loads loads) {
    return batch -> {
      Load load = loads.of(batch);
      return new Load(load.lastIndex(), load.bytes(), unlessCutOff(load.way()));
    };
  }

  /// What is under way when the partition begins is lost too.
  private Way unlessCutOff(Way way) {
    return atMost -> {
      Outcome outcome = cutOff.getAsBoolean() ? PARTITIONED : way.send(atMost);
      return cutOff.getAsBoolean() ? PARTITIONED : outcome;
    };
  }

  /// Sends a batch.
  public void send(Send batch) {
    pipeline.send(batch);
  }

  /// Sends a heartbeat beside everything else; what batches needed and nothing needs now is let go.
  public void beat(Beat beat) {
    sending.closeIdle();
    heartbeats.beat(beat);
  }

  /// Asks for entries.
  public void pull(Pull pull) {
    if (cutOff.getAsBoolean()) {
      puller.lose(PARTITIONED.error());
    } else {
      puller.pull(pull);
    }
  }

  /// Answers that no entries came, and why, without asking for any.
  public void decline(String why) {
    puller.decline(why);
  }

  /// Ends everything under way; what was under way reports a failure.
  @Override
  public void close() {
    sending.close();
    beating.close();
    pulling.close();
  }
}
