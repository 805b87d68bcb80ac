package io.replog.follower.core;

import io.replog.follower.events.FollowerEventListener;
import io.replog.model.Position;
import io.replog.model.Promise;
import io.replog.model.ReplicateRequest;
import io.replog.model.Standing;
import io.replog.node.log.CoreLogView;
import io.replog.node.log.LogEvents;
import io.replog.node.log.NodeLog;
import io.replog.node.loop.CoreLoop;
import io.replog.node.loop.PendingCalls;
import io.replog.node.loop.ShortWaits;
import io.replog.node.messages.ReadView;
import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import io.replog.node.settings.NodeSettings;
import io.replog.node.shutdown.FailStop;
import io.replog.node.shutdown.StopsFirst;
import io.replog.replication.follower.FollowerAnswer;
import io.replog.replication.follower.FollowerEffect;
import io.replog.replication.follower.FollowerInput;
import io.replog.replication.follower.FollowerView;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// A follower at work: its core, and the calls that wait for the core's answers.
@Component
public final class FollowerNode implements ReadView, LogEvents, StopsFirst, SmartLifecycle {

  private static final int MAX_QUEUED_CALLS = 4_096;

  /// What queued calls may weigh together; one that is alone may weigh more.
  private static final long MAX_QUEUED_BYTES =
      Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 8);

  private static final long CALL_BYTES = 128;
  private static final Duration STOPPING = Duration.ofSeconds(1);
  private static final Duration CLOSING = Duration.ofSeconds(30);

  private final NodeLog log;
  private final FollowerEventListener events;
  private final PendingCalls<FollowerAnswer> calls = new PendingCalls<>();
  private final NodeSettings settings;
  private final FailStop failStop;
  private final ShortWaits waits;
  private final Duration slack;
  private volatile FollowerInput.DelayChanged delay;
  private volatile CoreLife life;
  private volatile Duration longestCall;
  private volatile boolean running;

  /// @param slack what a call may take beyond the artificial delay, give or take a second
  FollowerNode(
      NodeSettings settings,
      NodeLog log,
      FailStop failStop,
      FollowerEventListener events,
      ShortWaits waits,
      @Value("${replog.follower.answer-slack:30s}") Duration slack) {
    this.log = log;
    this.events = events;
    this.settings = settings;
    this.failStop = failStop;
    this.waits = waits;
    this.slack = slack;
    this.delay = new FollowerInput.DelayChanged(settings.replicationDelay().toNanos());
    this.longestCall = longestCall(delay);
    this.life = newLife();
    log.listen(this);
    failStop.beforeExit(this::stopFirst);
  }

  /// A core that knows nothing but what was found on the disk.
  private CoreLife newLife() {
    FollowerMachine machine =
        new FollowerMachine(
            FollowerSetup.core(
                settings,
                Duration.ofNanos(delay.delayNanos()),
                log,
                new CoreLogView(log, failStop),
                System.nanoTime()));
    CoreLife made = new CoreLife(machine, loop(machine));
    if (delay.jitterNanos() > 0) {
      made.loop().put(delay);
    }
    return made;
  }

  private CoreLoop<FollowerInput, FollowerEffect, FollowerView> loop(FollowerMachine machine) {
    return new CoreLoop<>(
        "core",
        machine,
        new FollowerInput.Tick(),
        this::perform,
        MAX_QUEUED_CALLS,
        MAX_QUEUED_BYTES,
        failStop,
        System::nanoTime);
  }

  /// Puts a call to the core and waits for its answer.
  ///
  /// @param input makes the input from the number of the call
  /// @throws Refusal 503 if the core has too much to do: nothing has happened; 504 if it does not
  ///   answer in time: what was sent may be in the log
  public FollowerAnswer call(LongFunction<FollowerInput> input) throws InterruptedException {
    return await(begin(input));
  }

  /// Puts a call to the core, behind all that were put before, and does not wait. Whoever begins
  /// one has to [#await] its answer.
  ///
  /// @param input makes the input from the number of the call
  /// @throws Refusal 503 if the core has too much to do: nothing has happened
  public PendingCalls.Call<FollowerAnswer> begin(LongFunction<FollowerInput> input) {
    PendingCalls.Call<FollowerAnswer> call = calls.open();
    FollowerInput made = input.apply(call.number());
    if (!loop().offer(made, bytes(made))) {
      calls.forget(call.number());
      throw log.isReopening() ? Refusal.damaged() : overloaded();
    }
    return call;
  }

  /// A picture of this moment.
  public FollowerView view() {
    return loop().view();
  }

  /// A picture that shows everything answered before; the recent one if that takes a second.
  public FollowerView exactView() throws InterruptedException {
    try {
      CoreLife present = life;
      return present
          .loop()
          .ask(() -> present.machine().view(System.nanoTime()))
          .get(CoreLoop.ANSWER_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException notAnswered) {
      return view();
    }
  }

  /// Another artificial delay from now on, also for what waits for it already.
  ///
  /// @param jitterMillis by how much each batch may wait shorter or longer
  /// @param seed of what is drawn
  /// @throws Refusal 503 if the core has too much to do
  public void changeDelay(long delayMillis, long jitterMillis, long seed) {
    FollowerInput.DelayChanged changed =
        new FollowerInput.DelayChanged(
            TimeUnit.MILLISECONDS.toNanos(delayMillis),
            TimeUnit.MILLISECONDS.toNanos(jitterMillis),
            seed);
    if (!loop().offer(changed, CALL_BYTES)) {
      throw overloaded();
    }
    delay = changed;
    longestCall = longestCall(changed);
  }

  private Duration longestCall(FollowerInput.DelayChanged present) {
    return Duration.ofNanos(present.delayNanos() + present.jitterNanos()).plus(slack);
  }

  /// Where this follower stands.
  public Standing standing() {
    return view().standing();
  }

  @Override
  public long epoch() {
    return standing().promisedEpoch();
  }

  @Override
  public @Nullable String logId() {
    return standing().logId();
  }

  @Override
  public void durable(long index) {
    loop().put(new FollowerInput.Durable(index));
  }

  @Override
  public void promisePersisted(Promise promise) {
    loop().put(new FollowerInput.PromisePersisted(promise));
  }

  /// The core has let go of it already.
  @Override
  public void released(Position base) {}

  @Override
  public void failed(String error) {
    loop().put(new FollowerInput.LogFailed(error));
  }

  @Override
  public void doesNotJoin(String what) {
    loop().put(new FollowerInput.DoesNotJoin(what));
  }

  /// The core answers everybody once more; who is left then learns nothing but that.
  @Override
  public void closing(String why) {
    loop().put(new FollowerInput.LogFailed(why));
    loop().close(CLOSING);
    calls.completeAll(_ -> new FollowerAnswer.Unknown(why, standing()));
  }

  @Override
  public synchronized void reopened() {
    life = newLife();
    if (running) {
      loop().start();
    }
  }

  @Override
  public void full(boolean full) {
    loop().put(new FollowerInput.DiskFull(full));
  }

  @Override
  public synchronized void start() {
    loop().start();
    running = true;
  }

  /// Refuses what waits and what comes, and returns once that is done.
  @Override
  public void stopFirst() {
    loop().put(new FollowerInput.Stop());
    CompletableFuture<Boolean> done =
        loop().ask(() -> true).completeOnTimeout(false, STOPPING.toMillis(), TimeUnit.MILLISECONDS);
    done.exceptionally(_ -> false).join();
  }

  @Override
  public synchronized void stop() {
    running = false;
    loop().close();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return 0;
  }

  /// Waits for the answer to a call that has begun.
  ///
  /// @throws Refusal 504 if the core does not answer in time: what was sent may be in the log
  public FollowerAnswer await(PendingCalls.Call<FollowerAnswer> call) throws InterruptedException {
    try {
      if (!waits.await(call.answer(), longestCall)) {
        loop().put(new FollowerInput.Cancel(call.number()));
        throw tooLate();
      }
      return call.answer().get();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("the core answers, it does not fail", impossible);
    } finally {
      calls.forget(call.number());
    }
  }

  private Refusal tooLate() {
    return Refusal.of(
        ProblemType.CONCERN_NOT_MET,
        "the answer takes too long; what was sent may be in the log, or may come into it",
        Map.of("reason", "TIMED_OUT", "standing", standing()));
  }

  private CoreLoop<FollowerInput, FollowerEffect, FollowerView> loop() {
    return life.loop();
  }

  private static Refusal overloaded() {
    return Refusal.unavailable("too many calls are waiting", "OVERLOADED", 1);
  }

  private static long bytes(FollowerInput input) {
    return switch (input) {
      case FollowerInput.Replicate(_, ReplicateRequest request) ->
          request.entries().stream()
              .mapToLong(entry -> CALL_BYTES + 2L * entry.text().length())
              .reduce(CALL_BYTES, Long::sum);
      case FollowerInput.Plain plain -> CALL_BYTES + 2L * plain.text().length();
      default -> CALL_BYTES;
    };
  }

  private void perform(FollowerEffect effect) {
    switch (effect) {
      case FollowerEffect.Write write -> log.append(write.logId(), write.entries());
      case FollowerEffect.PersistPromise persist -> log.persistPromise(persist.promise());
      case FollowerEffect.Begin begin -> log.begin(begin.logId(), begin.base());
      case FollowerEffect.Release release -> log.release(release.index());
      case FollowerEffect.PersistCommit persist -> log.commit(persist.commitIndex());
      case FollowerEffect.Answer answer -> calls.complete(answer.call(), answer.answer());
      case FollowerEffect.Happened happened -> events.happened(happened.event());
    }
  }
}
