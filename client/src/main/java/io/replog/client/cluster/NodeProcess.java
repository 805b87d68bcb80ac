package io.replog.client.cluster;

import io.replog.client.Failure;
import io.replog.client.cluster.ProcessIdentity.Condition;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The process of one node: starts it, signals to it, and says what became of it. What it knows is
/// in the node's record on disk, so that another run of the program can take over.
final class NodeProcess {

  /// A log above this size is put aside at the next start.
  static final long MAX_LOG_BYTES = 10L * 1024 * 1024;

  /// What writes to a disk that is busy ends when the disk is done.
  private static final Duration SIGNAL_LIMIT = Duration.ofSeconds(60);

  private final NodeSpec spec;
  private final ClusterFiles files;
  private final List<String> prefix;

  /// The process as this very program started it; null when another one did. Gives the exit code.
  private volatile @Nullable Process child;

  /// A process that will have a session of its own.
  NodeProcess(NodeSpec spec, ClusterFiles files) {
    this(spec, files, Detachment.prefix());
  }

  /// @param prefix what to put in front of the command line
  NodeProcess(NodeSpec spec, ClusterFiles files, List<String> prefix) {
    this.spec = spec;
    this.files = files;
    this.prefix = prefix;
  }

  NodeSpec spec() {
    return spec;
  }

  NodeState state() {
    NodeRecord record = record();
    if (record == null) {
      return NodeState.STOPPED;
    }
    return switch (record.identity().condition()) {
      case RUNNING -> NodeState.RUNNING;
      case PAUSED -> NodeState.PAUSED;
      case GONE -> record.stopped() ? NodeState.STOPPED : NodeState.EXITED;
    };
  }

  /// Starts the process, its output appended to its log. It must not run.
  ///
  /// @param changes variables to set, or with a null value to remove, in the inherited environment
  void spawn(List<String> command, Map<String, @Nullable String> changes) {
    List<String> line = new ArrayList<>(prefix);
    line.addAll(command);
    try {
      Process started = builder(line, changes).start();
      child = started;
      record(started);
    } catch (IOException failed) {
      throw Failure.refused(spec.name() + " cannot be started: " + failed.getMessage());
    }
  }

  /// Writes down how to find it again; a process that nobody could find is not left behind.
  private void record(Process started) throws IOException {
    boolean recorded = false;
    try {
      NodeRecord.of(ProcessIdentity.of(started.pid())).write(files.process(spec.name()));
      recorded = true;
    } finally {
      if (!recorded) {
        started.destroyForcibly();
      }
    }
  }

  private ProcessBuilder builder(List<String> line, Map<String, @Nullable String> changes) {
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.directory(files.directory().toFile());
    builder.redirectInput(Redirect.from(new File("/dev/null")));
    builder.redirectErrorStream(true);
    builder.redirectOutput(Redirect.appendTo(logForStart().toFile()));
    Map<String, String> environment = builder.environment();
    changes.forEach(
        (name, value) -> {
          if (value == null) {
            environment.remove(name);
          } else {
            environment.put(name, value);
          }
        });
    return builder;
  }

  private Path logForStart() {
    Path log = files.log(spec.name());
    try {
      Files.createDirectories(log.getParent());
      if (Files.exists(log) && Files.size(log) > MAX_LOG_BYTES) {
        Files.move(log, files.olderLog(spec.name()), StandardCopyOption.REPLACE_EXISTING);
      }
      return log;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// SIGKILL. Returns once the process is gone; nothing happens when there is none.
  void kill() {
    living().ifPresent(identity -> signalUntil("KILL", identity, Condition.GONE));
  }

  /// SIGKILL, to be followed by [#awaitEnd].
  void sendKill() {
    living().ifPresent(identity -> Shell.signal("KILL", identity.pid()));
  }

  /// SIGTERM, to be followed by [#awaitEnd]. A paused process is continued, or it could not end.
  void terminate() {
    living()
        .ifPresent(
            identity -> {
              NodeRecord.of(identity).asStopped().write(files.process(spec.name()));
              Shell.signal("TERM", identity.pid());
              Shell.signal("CONT", identity.pid());
            });
  }

  void pause() {
    signalUntil("STOP", requireLiving(), Condition.PAUSED);
  }

  void unpause() {
    signalUntil("CONT", requireLiving(), Condition.RUNNING);
  }

  boolean awaitEnd(Duration limit) {
    return Awaiting.until(() -> !state().isAlive(), limit);
  }

  /// How the process that this program started has ended; empty while it runs and when another
  /// program started it.
  OptionalInt exitCode() {
    Process process = child;
    if (process == null || state().isAlive()) {
      return OptionalInt.empty();
    }
    return Awaiting.until(() -> !process.isAlive(), SIGNAL_LIMIT)
        ? OptionalInt.of(process.exitValue())
        : OptionalInt.empty();
  }

  /// Process id of the living process.
  Optional<Long> pid() {
    return living().map(ProcessIdentity::pid);
  }

  void forget() {
    Disk.delete(files.process(spec.name()));
  }

  private void signalUntil(String signal, ProcessIdentity identity, Condition wanted) {
    Shell.signal(signal, identity.pid());
    if (!Awaiting.until(() -> identity.condition() == wanted, SIGNAL_LIMIT)) {
      throw Failure.refused(
          "%s (process %d) did not react to SIG%s".formatted(spec.name(), identity.pid(), signal));
    }
  }

  private ProcessIdentity requireLiving() {
    return living().orElseThrow(() -> Failure.refused(spec.name() + " is not running"));
  }

  private Optional<ProcessIdentity> living() {
    return Optional.ofNullable(record()).map(NodeRecord::identity).filter(ProcessIdentity::isAlive);
  }

  private @Nullable NodeRecord record() {
    return NodeRecord.read(files.process(spec.name()));
  }
}
