package io.replog.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.model.Entry;
import io.replog.model.Position;
import io.replog.model.Promise;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many threads on one log.
class ConcurrencyTest {

  @TempDir private Path parent;
  private final Heard heard = new Heard();

  @Test
  void forcesOnceForAllThatGatheredDuringTheForceBefore() throws Exception {
    GatedListener gate = new GatedListener();
    List<Entry> entries = Entries.behind(Position.START, 101);
    try (DurableLog log = DurableLog.open(options(), gate)) {
      log.append(Entries.LOG_ID, entries.subList(0, 1));
      gate.awaitFirstForce();
      for (Entry entry : entries.subList(1, 101)) {
        log.append(Entries.LOG_ID, List.of(entry));
      }
      gate.open();
      gate.heard.awaitDurable(101);

      assertThat(gate.heard.groups.subList(0, 2)).containsExactly(1, 100);
    }
  }

  @Test
  void readsAGapFreePrefixWhileItIsWritten() throws Exception {
    int count = 4000;
    List<Entry> entries = Entries.behind(Position.START, count);
    try (DurableLog log = DurableLog.open(options(), heard);
        ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Entry>>> tails = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        tails.add(readers.submit(tail(log, count)));
      }
      for (int i = 0; i < count; i += 20) {
        log.append(Entries.LOG_ID, entries.subList(i, i + 20));
        heard.awaitDurable(Math.max(0, i - 200));
      }

      for (Future<List<Entry>> tail : tails) {
        assertThat(tail.get()).isEqualTo(entries);
      }
    }
  }

  private Callable<List<Entry>> tail(DurableLog log, int count) {
    return () -> {
      List<Entry> seen = new ArrayList<>();
      try (LogCursor cursor = log.cursor(1)) {
        while (seen.size() < count) {
          heard.awaitDurable(seen.size() + 1);
          for (Entry entry = cursor.next(); entry != null; entry = cursor.next()) {
            seen.add(entry);
          }
        }
      }
      return seen;
    };
  }

  @Test
  void losesOnlyTheReaderThatIsInterrupted() throws Exception {
    List<Entry> entries = Entries.behind(Position.START, 2000);
    try (DurableLog log = DurableLog.open(options(), heard);
        LogCursor other = log.cursor(1)) {
      log.append(Entries.LOG_ID, entries.subList(0, 1000));
      heard.awaitDurable(1000);
      assertThat(other.next()).isEqualTo(entries.getFirst());

      assertThat(failureOfInterruptedReader(log))
          .hasCauseInstanceOf(ClosedByInterruptException.class);

      log.append(Entries.LOG_ID, entries.subList(1000, 2000));
      heard.awaitDurable(2000);
      assertThat(DurableLogTest.all(log)).isEqualTo(entries);
      assertThat(other.next()).isEqualTo(entries.get(1));
    }
  }

  private static Throwable failureOfInterruptedReader(DurableLog log) throws Exception {
    try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
      Callable<Throwable> read =
          () -> {
            Thread.currentThread().interrupt();
            try {
              DurableLogTest.all(log);
              return new AssertionError("the interrupted reader went on");
            } catch (UncheckedIOException broken) {
              return broken;
            }
          };
      return executor.submit(read).get();
    }
  }

  private LogOptions options() {
    return LogOptions.of(parent.resolve("data"), "replog", "master").withSegmentBytes(64 << 10);
  }

  /// Holds the log writer after its first force until it is opened.
  private static final class GatedListener implements LogListener {
    final Heard heard = new Heard();
    private final CountDownLatch firstForce = new CountDownLatch(1);
    private final CountDownLatch gate = new CountDownLatch(1);

    void awaitFirstForce() throws InterruptedException {
      firstForce.await();
    }

    void open() {
      gate.countDown();
    }

    @Override
    public void durable(long index) {
      heard.durable(index);
    }

    @Override
    public void promisePersisted(Promise promise) {
      heard.promisePersisted(promise);
    }

    @Override
    public void failed(IOException cause) {
      heard.failed(cause);
    }

    @Override
    public void forced(int entries, long bytes, long nanos) {
      heard.forced(entries, bytes, nanos);
      firstForce.countDown();
      try {
        gate.await();
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException(interrupted);
      }
    }
  }
}
