package io.replog.system.load;

import io.replog.client.cluster.Awaiting;
import io.replog.system.history.History;
import io.replog.system.history.Sight.Shower;
import io.replog.system.kit.NodeClient;
import java.time.Duration;
import java.util.Random;

/// Reads a node once more in each way, when everything has come to rest. What faults have kept from
/// being read all the time has to be readable now, or never was.
public final class LastReads {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private LastReads() {}

  /// Whatever it finds out is in the history when this returns.
  ///
  /// @param lastIndex of the log
  public static void of(Shower shower, NodeClient node, History history, long lastIndex) {
    Run run = new Run();
    Reader log = Reader.ofLog(() -> shower, node, () -> false, history, run);
    Reader majority = Reader.ofMajority(() -> shower, node, () -> false, history, run);
    Listener tail =
        new Listener(shower.node(), node, () -> false, history, new Random(lastIndex), run);
    Awaiting.until(log::readOnce, LIMIT);
    Awaiting.until(majority::readOnce, LIMIT);
    tail.listenUntil(lastIndex, LIMIT);
  }
}
