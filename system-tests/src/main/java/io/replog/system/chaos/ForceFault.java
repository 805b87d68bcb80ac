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

  private final ChaosCluster cluster;
  private final String victim;
  private final String words;
  private final String injection;
  private @Nullable Process strace;

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

  /// Ended gently, `strace` lets go of the node.
  @Override
  public void end() {
    Process running = strace;
    if (running != null) {
      running.destroy();
      if (!Awaiting.until(() -> !running.isAlive(), END_LIMIT)) {
        running.destroyForcibly();
      }
    }
  }
}
