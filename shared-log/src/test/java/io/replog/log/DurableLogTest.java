package io.replog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replog.model.Entry;
import io.replog.model.FsyncMode;
import io.replog.model.Position;
import io.replog.model.Promise;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DurableLogTest {

  private static final long SMALL_SEGMENT = 4 << 10;

  @TempDir private Path parent;
  private final Heard heard = new Heard();

  @Test
  void keepsEverythingAcrossCloseAndOpen() throws IOException {
    List<Entry> entries = Entries.behind(Position.START, 500);
    try (DurableLog log = open()) {
      log.append(Entries.LOG_ID, entries);
      heard.awaitDurable(500);
    }

    try (DurableLog log = open()) {
      assertThat(all(log)).isEqualTo(entries);
      assertThat(log.end()).isEqualTo(entries.getLast().position());
      assertThat(log.recovery().segmentLogId()).isEqualTo(Entries.LOG_ID);
      assertThat(log.recovery().cleanShutdown()).isTrue();
      assertThat(log.recovery().corruption()).isEmpty();
    }
  }

  @Test
  void beginsAnewWithAnIncarnationThatStays() throws IOException {
    String incarnation;
    try (DurableLog log = open()) {
      incarnation = log.recovery().incarnation();
      assertThat(log.end()).isEqualTo(Position.START);
      assertThat(log.recovery().logId()).isNull();
      assertThat(log.recovery().segmentLogId()).isNull();
    }

    try (DurableLog log = open()) {
      assertThat(log.recovery().incarnation()).isEqualTo(incarnation);
    }
  }

  @Test
  void answersTheSameByEveryWayOfReading() throws IOException {
    List<Entry> entries = Entries.behind(Position.START, 700);
    try (DurableLog log = open()) {
      log.append(Entries.LOG_ID, entries);
      heard.awaitDurable(700);
      assertSameByEveryWay(log, entries);
    }

    try (DurableLog log = open()) {
      assertSameByEveryWay(log, entries);
    }
  }

  private static void assertSameByEveryWay(DurableLog log, List<Entry> entries) {
    for (Entry entry : entries) {
      assertThat(log.read(entry.index())).isEqualTo(entry);
      assertThat(log.positionAt(entry.index())).isEqualTo(entry.position());
    }
    for (int from = 1; from <= entries.size(); from += 37) {
      List<Entry> expected = entries.subList(from - 1, Math.min(entries.size(), from + 9));
      assertThat(log.readBatch(from, 10, 1 << 20)).isEqualTo(expected);
      try (LogCursor cursor = log.cursor(from)) {
        assertThat(cursor.next()).isEqualTo(expected.getFirst());
      }
    }
    assertThat(log.readBatch(entries.size() + 1, 10, 100)).isEmpty();
    assertThat(log.positionAt(0)).isEqualTo(Position.START);
    assertThatThrownBy(() -> log.read(entries.size() + 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void givesAtLeastOneEntryHoweverSmallTheBatch() throws IOException {
    try (DurableLog log = open()) {
      log.append(Entries.LOG_ID, Entries.behind(Position.START, 3));
      heard.awaitDurable(3);

      assertThat(log.readBatch(2, 10, 1)).hasSize(1);
      assertThat(log.readBatch(1, 2, 1000)).hasSize(2);
    }
  }

  @Test
  void keepsEveryKindOfText() throws IOException {
    String large = "x".repeat(3 << 20);
    List<String> texts =
        List.of("", "\0\n", "naïve 🜁 \uFFFF", "\uFFF1\u00FF\u00F1", large, "after");
    List<Entry> entries = Entries.behind(Position.START, texts.size(), i -> texts.get(i - 1));
    try (DurableLog log = open()) {
      log.append(Entries.LOG_ID, entries);
      heard.awaitDurable(texts.size());
    }

    try (DurableLog log = open()) {
      assertThat(all(log)).isEqualTo(entries);
      assertThat(log.readBatch(1, 100, 10_000_000)).isEqualTo(entries);
    }
  }

  @Test
  void refusesWhatDoesNotContinueTheLog() throws IOException {
    List<Entry> entries = Entries.behind(Position.START, 3);
    try (DurableLog log = open()) {
      log.append(Entries.LOG_ID, entries.subList(0, 1));

      assertThatThrownBy(() -> log.append(Entries.LOG_ID, entries.subList(2, 3)))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> log.append(Entries.LOG_ID, entries.subList(0, 1)))
          .isInstanceOf(IllegalStateException.class);
      Entry older = Entry.after(entries.getFirst().position(), 0, 1_000, null, "of epoch 0");
      assertThatThrownBy(() -> log.append(Entries.LOG_ID, List.of(older)))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> log.append("another log", entries.subList(1, 2)))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> log.persistPromise(new Promise(2, "s", "another log")))
          .isInstanceOf(IllegalStateException.class);

      log.append(Entries.LOG_ID, entries.subList(1, 3));
      heard.awaitDurable(3);
    }
  }

  @Test
  void refusesAnEntryLargerThanAllowed() throws IOException {
    LogOptions options = options().withMaxRecordBytes(100);
    try (DurableLog log = DurableLog.open(options, heard)) {
      List<Entry> large = Entries.behind(Position.START, 1, i -> "ä".repeat(51));

      assertThatThrownBy(() -> log.append(Entries.LOG_ID, large))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void keepsPromisesAndCommitIndex() throws Exception {
    Promise promise = new Promise(3, "start \"1\"\\\n", Entries.LOG_ID);
    try (DurableLog log = open()) {
      log.append(Entries.LOG_ID, Entries.behind(Position.START, 9));
      log.persistPromise(new Promise(2, "start 0", Entries.LOG_ID));
      log.persistPromise(promise);
      heard.awaitPromises(2);
      log.persistCommit(5).get(20, TimeUnit.SECONDS);
      log.persistCommit(4).get(20, TimeUnit.SECONDS);
      assertThat(log.persistedCommitIndex()).isEqualTo(5);
    }

    try (DurableLog log = open()) {
      assertThat(log.recovery().promise()).isEqualTo(promise);
      assertThat(log.recovery().logId()).isEqualTo(Entries.LOG_ID);
      assertThat(log.recovery().commitIndex()).isEqualTo(5);
    }
  }

  @Test
  void knowsWherePendingEntriesStand() throws IOException {
    List<Entry> entries = Entries.behind(Position.START, 2);
    try (DurableLog log = open()) {
      log.append(Entries.LOG_ID, entries);

      assertThat(log.positionAt(2)).isEqualTo(entries.get(1).position());
    }
  }

  @ParameterizedTest
  @EnumSource(FsyncMode.class)
  void keepsEverythingWhenClosedWhateverTheMode(FsyncMode mode) throws IOException {
    LogOptions options = options().withFsync(mode, Duration.ofMillis(5));
    List<Entry> entries = Entries.behind(Position.START, 300);
    try (DurableLog log = DurableLog.open(options, heard)) {
      for (Entry entry : entries) {
        log.append(Entries.LOG_ID, List.of(entry));
      }
      heard.awaitDurable(300);
    }

    try (DurableLog log = DurableLog.open(options, heard)) {
      assertThat(all(log)).isEqualTo(entries);
      assertThat(log.recovery().corruption()).isEmpty();
    }
  }

  @Test
  void writesWhatWasAppendedBeforeItCloses() throws IOException {
    List<Entry> entries = Entries.behind(Position.START, 3000);
    try (DurableLog log = open()) {
      for (Entry entry : entries) {
        log.append(Entries.LOG_ID, List.of(entry));
      }
    }

    assertThat(heard.durableIndex()).isEqualTo(3000);
  }

  @Test
  void refusesEverythingOnceClosed() throws IOException {
    DurableLog log = open();
    log.close();

    assertThatThrownBy(() -> log.append(Entries.LOG_ID, Entries.behind(Position.START, 1)))
        .isInstanceOf(IllegalStateException.class);
  }

  private DurableLog open() throws IOException {
    return DurableLog.open(options(), heard);
  }

  private LogOptions options() {
    return LogOptions.of(parent.resolve("data"), "replog", "master")
        .withSegmentBytes(SMALL_SEGMENT);
  }

  static List<Entry> all(DurableLog log) {
    List<Entry> entries = new ArrayList<>();
    try (LogCursor cursor = log.cursor(1)) {
      for (Entry entry = cursor.next(); entry != null; entry = cursor.next()) {
        entries.add(entry);
      }
    }
    return entries;
  }
}
