package io.replog.system.chaos;

import io.replog.client.cluster.Awaiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Forces of one node go wrong, by `strace` looking over its shoulder.
final class ForceFault implements Fault {

  private static final Duration END_LIMIT = Duration.ofSeconds(10);

  /// A node that has seen its disk fail is gone by then.
  private static final Duration DEATH_LIMIT = Duration.ofSeconds(8);

  private final ChaosCluster cluster;
  private final String victim;
  private final String words;
  private final String injection;
  private @Nullable Process strace;
  private boolean doomed;

  /// @param injection what `strace` does to each force, such as `error=EIO:when=3+`
  ForceFault(ChaosCluster cluster, String victim, String words, String injection) {
    this.cluster = cluster;
    this.victim = victim;
    this.words = words;
    this.injection = injection;
  }

  @Override
  public String begin() {
    if (!cluster.isRunning(victim)) {
      return words + " (not running)";
    }
    if (injection.startsWith("error")) {
      cluster.doom(victim);
      doomed = true;
    }
    String pid = Long.toString(cluster.nodes().pid(victim));
    try {
      strace =
          new ProcessBuilder(
                  "strace",
                  "-f",
                  "-q",
                  "-p",
                  pid,
                  "-e",
                  "trace=fdatasync,fsync",
                  "-e",
                  "inject=fdatasync,fsync:" + injection)
              .redirectErrorStream(true)
              .redirectOutput(Redirect.DISCARD)
              .start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return words;
  }

  /// Ended gently, `strace` lets go of the node. One that has forced nothing meanwhile lives on;
  /// one that is paused may still find out what has happened.
  @Override
  public void end() {
    letGo();
    if (doomed && !Awaiting.until(() -> !cluster.isRunning(victim), DEATH_LIMIT)) {
      cluster.spare(victim);
    }
  }

  private void letGo() {
    Process running = strace;
    if (running != null) {
      running.destroy();
      if (!Awaiting.until(() -> !running.isAlive(), END_LIMIT)) {
        running.destroyForcibly();
      }
    }
  }
}
