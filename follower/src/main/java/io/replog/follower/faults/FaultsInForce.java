package io.replog.follower.faults;

import io.replog.follower.core.FollowerNode;
import io.replog.node.events.EventLog;
import io.replog.node.faults.InjectedFaults;
import io.replog.node.faults.WantedFaults;
import io.replog.node.settings.FaultSettings;
import io.replog.node.settings.NodeSettings;
import io.replog.node.shutdown.StopsFirst;
import jakarta.annotation.PostConstruct;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The faults of this follower, until they are changed or the process ends.
@Component
public final class FaultsInForce implements StopsFirst {

  private static final int HUNDRED = 100;

  private final FollowerNode node;
  private final EventLog events;
  private final InjectedFaults start;

  /// Replaced as a whole by every change.
  private volatile Force force;

  private volatile boolean stopping;

  /// Faults, their draws, and what calls that are never answered wait for: the next change.
  private record Force(
      InjectedFaults faults, SplittableRandom random, CompletableFuture<Void> over) {

    static Force of(InjectedFaults faults) {
      return new Force(faults, new SplittableRandom(faults.seed()), new CompletableFuture<>());
    }
  }

  FaultsInForce(FollowerNode node, NodeSettings settings, EventLog events) {
    this.node = node;
    this.events = events;
    this.start = atStart(settings);
    this.force = Force.of(start);
  }

  private static InjectedFaults atStart(NodeSettings settings) {
    FaultSettings faults = settings.faults();
    return new InjectedFaults(
        settings.replicationDelay().toMillis(),
        faults.jitter().toMillis(),
        faults.errorBeforePercent(),
        faults.errorAfterPercent(),
        0,
        false,
        false,
        faults.seed());
  }

  @PostConstruct
  void begin() {
    if (start.jitterMillis() > 0) {
      node.changeDelay(start.delayMillis(), start.jitterMillis(), start.seed());
    }
    if (start.areMoreThanDelay()) {
      tell(start);
    }
  }

  /// What is in force now, the delay of the settings included.
  public InjectedFaults faults() {
    return force.faults();
  }

  /// What is in force, null when that is a delay at most.
  public @Nullable InjectedFaults injected() {
    return faults().beyondDelay();
  }

  /// From now on these and no others; calls that were held without an answer are let go.
  ///
  /// @throws io.replog.node.problem.Refusal 503 if the core has too much to do: nothing has changed
  synchronized InjectedFaults change(WantedFaults wanted) {
    InjectedFaults next = wanted.over(start);
    InjectedFaults before = faults();
    if (!isSameDelay(before, next)) {
      node.changeDelay(next.delayMillis(), next.jitterMillis(), next.seed());
    }
    Force last = force;
    force = Force.of(next);
    last.over().complete(null);
    tell(next);
    return next;
  }

  private static boolean isSameDelay(InjectedFaults before, InjectedFaults next) {
    return before.delayMillis() == next.delayMillis()
        && before.jitterMillis() == next.jitterMillis()
        && before.seed() == next.seed();
  }

  private void tell(InjectedFaults present) {
    events.warn("faults", "injected faults are now: " + present.inWords());
  }

  /// Whether the dice say so, `percent` times of a hundred. Draws nothing where the answer is
  /// clear.
  boolean draw(int percent) {
    Force present = force;
    if (percent <= 0 || percent >= HUNDRED) {
      return percent > 0;
    }
    synchronized (present) {
      return present.random().nextInt(HUNDRED) < percent;
    }
  }

  /// Returns when other faults are in force, the node stops, or the time is over.
  void awaitEnd(InjectedFaults faults, long atMostMillis) {
    Force present = force;
    try {
      if (!stopping && present.faults().equals(faults)) {
        present.over().get(atMostMillis, TimeUnit.MILLISECONDS);
      }
    } catch (TimeoutException longEnough) {
      return;
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("it is completed, it never fails", impossible);
    }
  }

  /// Lets go of every call that is held without an answer.
  @Override
  public void stopFirst() {
    stopping = true;
    force.over().complete(null);
  }
}
