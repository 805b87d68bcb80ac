package io.replog.system.load;

import io.replog.system.history.FailedAnswer;
import io.replog.system.history.History;
import io.replog.system.history.Reading;
import io.replog.system.history.Reading.Way;
import io.replog.system.history.RefusedRead;
import io.replog.system.history.Sight;
import io.replog.system.history.Sight.Asked;
import io.replog.system.history.Sight.Kind;
import io.replog.system.history.Sight.Shower;
import io.replog.system.kit.NodeClient;
import io.replog.system.kit.Reply;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/// A client that reads from one node, again and again. It is told by `fails` whether a fault is at
/// work just now by which the node has to fail.
public final class Reader implements Runnable {

  private static final Duration BETWEEN_READS = Duration.ofMillis(200);

  /// A log above this is read in pages.
  private static final int MOST_AT_ONCE = 5_000;

  private final Supplier<Shower> name;
  private final NodeClient node;
  private final LongFunction<Asked> question;
  private final BooleanSupplier fails;
  private final History history;
  private final Run run;
  private long shown;

  private final Way way;

  private Reader(
      Way way,
      Supplier<Shower> name,
      NodeClient node,
      LongFunction<Asked> question,
      BooleanSupplier fails,
      History history,
      Run run) {
    this.way = way;
    this.name = name;
    this.node = node;
    this.question = question;
    this.fails = fails;
    this.history = history;
    this.run = run;
  }

  /// Reads what the node itself holds: all of it while that is little, its end later.
  public static Reader ofLog(
      Supplier<Shower> name, NodeClient node, BooleanSupplier fails, History history, Run run) {
    return new Reader(
        Way.LOCAL, name, node, shown -> fromEnd(Kind.LOCAL, shown), fails, history, run);
  }

  /// Reads what a majority holds.
  public static Reader ofMajority(
      Supplier<Shower> name, NodeClient node, BooleanSupplier fails, History history, Run run) {
    return new Reader(
        Way.MAJORITY, name, node, shown -> fromEnd(Kind.MAJORITY, shown), fails, history, run);
  }

  /// Reads what somebody has just added, wherever it was added.
  public static Reader ofNewest(
      Supplier<Shower> name, NodeClient node, BooleanSupplier fails, History history, Run run) {
    return new Reader(
        Way.LOCAL, name, node, _ -> newest(history.highestAcknowledged()), fails, history, run);
  }

  private static Asked fromEnd(Kind kind, long shown) {
    long first = Math.max(1, shown - MOST_AT_ONCE);
    return new Asked(kind, first, first == 1 ? Integer.MAX_VALUE : 2 * MOST_AT_ONCE, 0);
  }

  private static Asked newest(long index) {
    return new Asked(Kind.LOCAL, Math.max(1, index), 10, index);
  }

  @Override
  public void run() {
    history.reads(new Reading(name.get().node(), way));
    while (run.goesOn()) {
      readOnce();
      run.pause(BETWEEN_READS);
    }
  }

  /// A read that breaks off shows nothing, since only whole answers count. Nor does one during
  /// which the disk was emptied: it is not known which disk it was read from.
  ///
  /// @return whether it has shown something
  boolean readOnce() {
    Asked asked = question.apply(shown);
    Shower before = name.get();
    boolean failing = fails.getAsBoolean();
    long invoked = System.nanoTime();
    Reply reply;
    try {
      reply = node.get(path(asked));
    } catch (UncheckedIOException _) {
      return false;
    }
    if (reply.status() != 200) {
      noteRefusal(before.node(), asked, reply, failing || fails.getAsBoolean());
      return false;
    }
    if (!before.equals(name.get())) {
      return false;
    }
    shown = reply.index();
    history.add(new Sight(before, asked, invoked, System.nanoTime(), reply.texts(), reply.index()));
    return true;
  }

  private void noteRefusal(String node, Asked asked, Reply reply, boolean expected) {
    history.add(new RefusedRead(new Reading(node, way), reply.status()));
    if (reply.status() == 500) {
      history.add(new FailedAnswer(node, "GET " + path(asked), reply.text(), expected));
    }
  }

  private static String path(Asked asked) {
    StringBuilder path = new StringBuilder("/messages?from=").append(asked.firstIndex());
    if (asked.limit() < Integer.MAX_VALUE) {
      path.append("&limit=").append(asked.limit());
    }
    if (asked.leastIndex() > 0) {
      path.append("&wait_ms=1000&min_index=").append(asked.leastIndex());
    }
    if (asked.kind() == Kind.MAJORITY) {
      path.append("&read_concern=majority");
    }
    return path.toString();
  }
}
