package io.replog.system.load;

import io.replog.system.history.History;
import io.replog.system.history.Sight;
import io.replog.system.kit.NodeClient;
import io.replog.system.kit.Reply;
import java.io.UncheckedIOException;
import java.time.Duration;

/// A client that reads everything from one node, again and again.
public final class Reader implements Runnable {

  private static final Duration BETWEEN_READS = Duration.ofMillis(200);

  private final String name;
  private final NodeClient node;
  private final History history;
  private final Run run;

  public Reader(String name, NodeClient node, History history, Run run) {
    this.name = name;
    this.node = node;
    this.history = history;
    this.run = run;
  }

  @Override
  public void run() {
    while (run.goesOn()) {
      readOnce();
      run.pause(BETWEEN_READS);
    }
  }

  /// A read that breaks off shows nothing, since only whole answers count.
  private void readOnce() {
    Reply reply;
    try {
      reply = node.get("/messages");
    } catch (UncheckedIOException _) {
      return;
    }
    if (reply.status() == 200) {
      history.add(new Sight(name, reply.texts()));
    }
  }
}
