package io.replog.benchmarks.micro;

import io.replog.log.DurableLog;
import io.replog.log.LogCursor;
import io.replog.log.LogListener;
import io.replog.log.LogOptions;
import io.replog.model.Entry;
import io.replog.model.FsyncMode;
import io.replog.model.Position;
import io.replog.model.Promise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// A group of entries on its way to the disk, chain included, until the log says that it is
/// durable; and read back from there. Without forcing (`NEVER`) what is left is encoding and
/// writing.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class LogBenchmark {

  private static final String LOG_ID = "0f0e0d0c-0b0a-4908-8706-050403020100";
  private static final int READ = 1_000;

  @Param({"ALWAYS", "NEVER"})
  private FsyncMode fsync = FsyncMode.ALWAYS;

  @Param({"1", "32", "256"})
  private int group;

  private Position end = Position.START;
  private @Nullable Path directory;
  private @Nullable DurableLog log;
  private final Semaphore durable = new Semaphore(0);

  @Setup(Level.Trial)
  public void open() throws IOException {
    Path created = Files.createTempDirectory(Path.of("").toAbsolutePath(), "bench-log-");
    directory = created;
    LogOptions options =
        LogOptions.of(created, "bench", "master").withFsync(fsync, Duration.ofSeconds(1));
    DurableLog opened = DurableLog.open(options, new Listener());
    log = opened;
    append(opened, READ);
  }

  @Benchmark
  public long appendUntilDurable() {
    append(opened(), group);
    return end.index();
  }

  @Benchmark
  public @Nullable Entry readFromDisk() {
    Entry last = null;
    try (LogCursor cursor = opened().cursor(1)) {
      for (int number = 0; number < group; number++) {
        last = cursor.next();
      }
    }
    return last;
  }

  private void append(DurableLog to, int count) {
    List<Entry> entries = Samples.entriesBehind(end, count);
    to.append(LOG_ID, entries);
    end = entries.getLast().position();
    while (to.durableIndex() < end.index()) {
      durable.acquireUninterruptibly();
    }
  }

  private DurableLog opened() {
    DurableLog open = log;
    if (open == null) {
      throw new IllegalStateException("not opened");
    }
    return open;
  }

  @TearDown(Level.Trial)
  public void close() throws IOException {
    opened().close();
    if (directory == null) {
      return;
    }
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private final class Listener implements LogListener {
    @Override
    public void durable(long index) {
      durable.release();
    }

    @Override
    public void promisePersisted(Promise promise) {}

    @Override
    public void failed(IOException cause) {
      throw new IllegalStateException(cause);
    }
  }
}
