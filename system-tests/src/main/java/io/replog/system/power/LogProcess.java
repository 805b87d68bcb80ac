package io.replog.system.power;

import io.replog.log.DurableLog;
import io.replog.log.LogListener;
import io.replog.log.LogOptions;
import io.replog.log.LogRefusedException;
import io.replog.log.Recovery;
import io.replog.model.Chain;
import io.replog.model.Entry;
import io.replog.model.FsyncMode;
import io.replog.model.Position;
import io.replog.model.Promise;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A process that opens a log, says what it found, and appends without end, with a line for
/// everything that the log reports to be on disk. It ends by being killed, or when its disk is
/// gone.
///
/// Arguments: directory, `FSYNC` mode, size of a segment, seed, index whose chain is asked for.
/// Lines: see [Line].
final class LogProcess implements LogListener {

  private static final String LOG_ID = "3f0c7a2e-5d7b-4a63-9d1f-0b6f2f7f6c11";
  private static final int MAX_OUTSTANDING = 128;
  private static final int MAX_BATCH = 6;
  private static final int MAX_TEXT = 900;
  private static final int BATCHES_PER_PROMISE = 50;
  private static final int BATCHES_PER_COMMIT = 10;
  private static final int LIMIT_SECONDS = 60;
  private static final int FAILED = 74;

  private final Random random;
  private final Semaphore outstanding = new Semaphore(MAX_OUTSTANDING);
  private volatile @Nullable DurableLog log;

  /// Owner: the log writer's thread.
  private long durableIndex;

  private LogProcess(long seed) {
    this.random = new Random(seed);
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    LogOptions options =
        LogOptions.of(Path.of(arguments[0]), "replog", "master")
            .withFsync(FsyncMode.valueOf(arguments[1]), Duration.ofSeconds(1))
            .withSegmentBytes(Long.parseLong(arguments[2]));
    LogProcess process = new LogProcess(Long.parseLong(arguments[3]));
    print(Line.OPENING);
    try (DurableLog log = DurableLog.open(options, process)) {
      process.log = log;
      process.durableIndex = log.durableIndex();
      print(Line.FOUND, found(log, Long.parseLong(arguments[4])));
      process.appendForEver(log);
    } catch (LogRefusedException refused) {
      print(Line.REFUSED, String.valueOf(refused.getMessage()));
    }
  }

  private static String found(DurableLog log, long askedIndex) {
    Recovery recovery = log.recovery();
    Promise promise = recovery.promise();
    Position asked = askedIndex <= log.durableIndex() ? log.positionAt(askedIndex) : Position.START;
    return String.join(
        " ",
        text(log.end()),
        text(asked),
        Long.toString(promise == null ? 0 : promise.epoch()),
        Long.toString(recovery.commitIndex()),
        Long.toString(recovery.tornBytes()),
        Integer.toString(recovery.corruption().size() + recovery.holes().size()));
  }

  private static String text(Position position) {
    return position.index() + ":" + position.epoch() + ":" + Chain.toDigits(position.chain());
  }

  private void appendForEver(DurableLog log) throws InterruptedException {
    Promise held = log.recovery().promise();
    long epoch = held == null ? 0 : held.epoch();
    Position end = log.end();
    for (int batch = 0; true; batch++) {
      if (batch % BATCHES_PER_PROMISE == 0) {
        epoch++;
        log.persistPromise(new Promise(epoch, "start-" + epoch, LOG_ID));
      }
      if (batch % BATCHES_PER_COMMIT == 0) {
        keepCommit(log);
      }
      List<Entry> entries = batchBehind(end, epoch);
      if (!outstanding.tryAcquire(entries.size(), LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nothing became durable within " + LIMIT_SECONDS + " s");
      }
      log.append(LOG_ID, entries);
      end = entries.getLast().position();
    }
  }

  private static void keepCommit(DurableLog log) {
    long index = log.durableIndex();
    var _ = log.persistCommit(index).thenRun(() -> print(Line.COMMITTED, Long.toString(index)));
  }

  private List<Entry> batchBehind(Position end, long epoch) {
    List<Entry> entries = new ArrayList<>();
    Position last = end;
    int count = 1 + random.nextInt(MAX_BATCH);
    for (int i = 0; i < count; i++) {
      String text = Long.toString(random.nextLong()) + "x".repeat(random.nextInt(MAX_TEXT));
      Entry entry = Entry.after(last, epoch, System.currentTimeMillis(), null, text);
      entries.add(entry);
      last = entry.position();
    }
    return entries;
  }

  @Override
  public void durable(long index) {
    DurableLog opened = log;
    if (opened != null) {
      print(Line.DURABLE, text(opened.end()));
    }
    outstanding.release(Math.toIntExact(index - durableIndex));
    durableIndex = index;
  }

  @Override
  public void promisePersisted(Promise promise) {
    print(Line.PROMISED, Long.toString(promise.epoch()));
  }

  @Override
  public void failed(IOException cause) {
    Runtime.getRuntime().halt(FAILED);
  }

  private static void print(Line line, String... values) {
    System.out.println(line + " " + String.join(" ", values));
  }
}
