package io.replog.follower.core;

import io.replog.follower.events.FollowerEventListener;
import io.replog.model.Promise;
import io.replog.model.Standing;
import io.replog.node.log.LogEvents;
import io.replog.node.log.NodeLog;
import io.replog.node.loop.CoreLoop;
import io.replog.node.loop.PendingCalls;
import io.replog.node.messages.ReadView;
import io.replog.node.problem.Refusal;
import io.replog.node.settings.NodeSettings;
import io.replog.node.shutdown.FailStop;
import io.replog.node.shutdown.StopsFirst;
import io.replog.replication.follower.FollowerAnswer;
import io.replog.replication.follower.FollowerEffect;
import io.replog.replication.follower.FollowerInput;
import io.replog.replication.follower.FollowerView;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// A follower at work: the thread of its core, and the calls that wait for the core's answers.
@Component
public final class FollowerNode implements ReadView, LogEvents, StopsFirst, SmartLifecycle {

  private static final int MAX_QUEUED_CALLS = 4_096;
  private static final Duration SLACK = Duration.ofSeconds(30);
  private static final Duration STOPPING = Duration.ofSeconds(1);

  private final NodeLog log;
  private final FollowerEventListener events;
  private final PendingCalls<FollowerAnswer> calls = new PendingCalls<>();
  private final CoreLoop<FollowerInput, FollowerEffect, FollowerView> loop;
  private final Duration longestCall;
  private volatile boolean running;

  FollowerNode(
      NodeSettings settings, NodeLog log, FailStop failStop, FollowerEventListener events) {
    this.log = log;
    this.events = events;
    this.longestCall = settings.replicationDelay().plus(SLACK);
    this.loop =
        new CoreLoop<>(
            "core",
            new FollowerMachine(FollowerSetup.core(settings, log, System.nanoTime())),
            new FollowerInput.Tick(),
            this::perform,
            MAX_QUEUED_CALLS,
            failStop,
            System::nanoTime);
    log.listen(this);
    failStop.beforeExit(this::stopFirst);
  }

  /// Puts a call to the core and waits for its answer.
  ///
  /// @param input makes the input from the number of the call
  /// @throws Refusal 503 if the core has too much to do, or does not answer in time
  public FollowerAnswer call(LongFunction<FollowerInput> input) throws InterruptedException {
    PendingCalls.Call<FollowerAnswer> call = calls.open();
    if (!loop.offer(input.apply(call.number()))) {
      calls.forget(call.number());
      throw Refusal.unavailable("too many calls are waiting", "OVERLOADED", 1);
    }
    return await(call);
  }

  /// A picture of this moment.
  public FollowerView view() {
    return loop.view();
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
    loop.put(new FollowerInput.Durable(index));
  }

  @Override
  public void promisePersisted(Promise promise) {
    loop.put(new FollowerInput.PromisePersisted(promise));
  }

  @Override
  public void failed(String error) {
    loop.put(new FollowerInput.LogFailed(error));
  }

  @Override
  public void full(boolean full) {
    loop.put(new FollowerInput.DiskFull(full));
  }

  @Override
  public void start() {
    loop.start();
    running = true;
  }

  /// Refuses what waits and what comes, and returns once that is done.
  @Override
  public void stopFirst() {
    loop.put(new FollowerInput.Stop());
    CompletableFuture<Boolean> done =
        loop.ask(() -> true).completeOnTimeout(false, STOPPING.toMillis(), TimeUnit.MILLISECONDS);
    done.exceptionally(_ -> false).join();
  }

  @Override
  public void stop() {
    running = false;
    loop.close();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return 0;
  }

  private FollowerAnswer await(PendingCalls.Call<FollowerAnswer> call) throws InterruptedException {
    try {
      return call.answer().get(longestCall.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      loop.put(new FollowerInput.Cancel(call.number()));
      throw Refusal.unavailable("the answer takes too long, try again", "TIMED_OUT", 1);
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("the core answers, it does not fail", impossible);
    } finally {
      calls.forget(call.number());
    }
  }

  private void perform(FollowerEffect effect) {
    switch (effect) {
      case FollowerEffect.Write write -> log.append(write.logId(), write.entries());
      case FollowerEffect.PersistPromise persist -> log.persistPromise(persist.promise());
      case FollowerEffect.PersistCommit persist -> log.commit(persist.commitIndex());
      case FollowerEffect.Answer answer -> calls.complete(answer.call(), answer.answer());
      case FollowerEffect.Happened happened -> events.happened(happened.event());
    }
  }
}
