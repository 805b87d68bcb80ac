package io.replog.system.power;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replog.log.DurableLog;
import io.replog.log.LogListener;
import io.replog.log.LogOptions;
import io.replog.model.Entry;
import io.replog.model.Position;
import io.replog.model.Promise;
import io.replog.system.kit.DataDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk is read as it is, and a log that is not whole is a loss.
class DiskContentsTest {

  private static final String LOG_ID = "3f0c7a2e-5d7b-4a63-9d1f-0b6f2f7f6c11";
  private static final List<String> TEXTS = List.of("first", "second", "third");

  @TempDir private Path directory;
  private Path disk;
  private final CountDownLatch durable = new CountDownLatch(1);

  @BeforeEach
  void write() throws IOException, InterruptedException {
    disk = directory.resolve("disk");
    try (DurableLog log = open()) {
      log.persistPromise(new Promise(1, "start-1", LOG_ID));
      log.append(LOG_ID, entries());
      assertThat(durable.await(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void readsWholeLog() {
    assertThat(read("copy").texts()).isEqualTo(TEXTS);
  }

  @Test
  void findsDamage() {
    DataDirectory.flipBit(new DataDirectory(disk).active(), "second");

    assertThatThrownBy(() -> read("copy")).isInstanceOf(LostException.class);
  }

  @Test
  void findsHolesThatAnEarlierStartHasLeft() throws IOException {
    DataDirectory.flipBit(new DataDirectory(disk).active(), "second");
    open().close();

    assertThatThrownBy(() -> read("copy"))
        .isInstanceOf(LostException.class)
        .hasMessageContaining("lacks parts");
  }

  private DiskContents read(String copy) {
    return DiskContents.read("follower-1", disk, directory.resolve(copy));
  }

  private DurableLog open() throws IOException {
    return DurableLog.open(LogOptions.of(disk, "replog", "follower-1"), new Waiting());
  }

  private static List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    Position end = Position.START;
    for (String text : TEXTS) {
      Entry entry = Entry.after(end, 1, 1_795_201_380_123L, null, text);
      entries.add(entry);
      end = entry.position();
    }
    return entries;
  }

  private final class Waiting implements LogListener {
    @Override
    public void durable(long index) {
      if (index == TEXTS.size()) {
        durable.countDown();
      }
    }

    @Override
    public void promisePersisted(Promise promise) {}

    @Override
    public void failed(IOException cause) {
      throw new AssertionError(cause);
    }
  }
}
