package io.replog.system.kit;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Reads the whole list of a node again and again and notes every answer that shows other texts
/// than were there when it began. A refusal is no lie, and neither is a broken connection.
public final class WholeReads implements AutoCloseable {

  private static final int PERIOD_MILLIS = 20;

  private final NodeClient node;
  private final List<String> expected;
  private final ConcurrentLinkedQueue<String> lies = new ConcurrentLinkedQueue<>();
  private final ScheduledExecutorService reader = Executors.newSingleThreadScheduledExecutor();

  /// @param expected what the node shows, at least, for as long as this reads
  public WholeReads(NodeClient node, List<String> expected) {
    this.node = node;
    this.expected = List.copyOf(expected);
    var _ = reader.scheduleWithFixedDelay(this::read, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  /// What was wrong with answers so far.
  public List<String> lies() {
    return List.copyOf(lies);
  }

  @Override
  public void close() {
    reader.close();
  }

  private void read() {
    try {
      look(node.get("/messages"));
    } catch (UncheckedIOException brokenConnection) {
      // the node is down, or has met damage in the middle of its answer
    }
  }

  private void look(Reply reply) {
    if (reply.status() != 200) {
      if (reply.status() != 503) {
        lies.add(reply.toString());
      }
    } else if (!beginsAsExpected(reply.texts())) {
      lies.add(reply.texts().size() + " of " + expected.size() + ": " + reply.texts());
    }
  }

  private boolean beginsAsExpected(List<String> texts) {
    return texts.size() >= expected.size() && texts.subList(0, expected.size()).equals(expected);
  }
}
