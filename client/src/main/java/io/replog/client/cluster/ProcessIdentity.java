package io.replog.client.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which process, for certain: a process id is given out again after its process has ended, so the
/// moment of the start belongs to it. No signal is ever sent to a process whose mark differs.
///
/// @param pid process id
/// @param startMark on Linux boot id and clock ticks since boot, which no change of the wall clock
///   moves; elsewhere the start in milliseconds since 1970
record ProcessIdentity(long pid, String startMark) {

  /// What the operating system says about a process.
  enum Condition {
    RUNNING,
    /// Stopped by a signal, to be continued by another.
    PAUSED,
    /// There is no such process, it is another one, or it has ended and nobody has asked how.
    GONE
  }

  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  /// The identity of a process that has just been started; `unknown` as its mark, which matches
  /// nothing, when it has already ended.
  static ProcessIdentity of(long pid) {
    return new ProcessIdentity(pid, markOf(pid).orElse("unknown"));
  }

  Condition condition() {
    return Files.exists(BOOT_ID) ? conditionOnLinux() : conditionElsewhere();
  }

  boolean isAlive() {
    return condition() != Condition.GONE;
  }

  private Condition conditionOnLinux() {
    LinuxStat stat = LinuxStat.of(pid);
    if (stat == null || !stat.mark().equals(startMark)) {
      return Condition.GONE;
    }
    return switch (stat.state()) {
      case 'Z' -> stat.threads() > 1 ? Condition.RUNNING : Condition.GONE;
      case 'X' -> Condition.GONE;
      case 'T', 't' -> Condition.PAUSED;
      default -> Condition.RUNNING;
    };
  }

  private Condition conditionElsewhere() {
    boolean same = markOf(pid).filter(startMark::equals).isPresent();
    if (!same) {
      return Condition.GONE;
    }
    String state = Shell.output("ps", "-o", "stat=", "-p", Long.toString(pid)).strip();
    return switch (state.isEmpty() ? 'Z' : state.charAt(0)) {
      case 'Z' -> Condition.GONE;
      case 'T' -> Condition.PAUSED;
      default -> Condition.RUNNING;
    };
  }

  private static Optional<String> markOf(long pid) {
    if (Files.exists(BOOT_ID)) {
      return Optional.ofNullable(LinuxStat.of(pid)).map(LinuxStat::mark);
    }
    return ProcessHandle.of(pid)
        .flatMap(handle -> handle.info().startInstant())
        .map(Instant::toEpochMilli)
        .map(String::valueOf);
  }

  /// What `/proc/PID/stat` says.
  ///
  /// @param state of the first thread; it may have ended while others still hold files and ports
  /// @param threads how many there are, the first included
  private record LinuxStat(char state, int threads, String mark) {

    /// Fields are counted behind the name, which may hold blanks and parentheses.
    private static final int THREADS = 17;

    private static final int START_TICKS = 19;

    static @Nullable LinuxStat of(long pid) {
      try {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        String mark = Files.readString(BOOT_ID).strip() + "/" + fields[START_TICKS];
        return new LinuxStat(fields[0].charAt(0), Integer.parseInt(fields[THREADS]), mark);
      } catch (IOException _) {
        return null;
      }
    }
  }
}
