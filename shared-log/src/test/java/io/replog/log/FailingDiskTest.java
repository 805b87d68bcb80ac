package io.replog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replog.model.Entry;
import io.replog.model.Position;
import io.replog.model.Promise;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A force that fails, and a disk that fills up.
class FailingDiskTest {

  private static final long SMALL_SEGMENT = 8 << 10;

  private final SimulatedDisk disk = new SimulatedDisk();
  private final Heard heard = new Heard();

  @Test
  void stopsForGoodAtTheFirstForceThatFails() throws IOException {
    List<Entry> entries = Entries.behind(Position.START, 3);
    DurableLog log = open();
    log.append(Entries.LOG_ID, entries.subList(0, 1));
    heard.awaitDurable(1);
    disk.failForceAfter(0);

    appendIfPossible(log, entries.subList(1, 2));
    heard.awaitFailure();

    assertThat(log.durableIndex()).isEqualTo(1);
    assertThat(heard.durableIndex()).isEqualTo(1);
    assertThatThrownBy(() -> log.append(Entries.LOG_ID, entries.subList(2, 3)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> log.persistPromise(new Promise(1, "s", Entries.LOG_ID)))
        .isInstanceOf(IllegalStateException.class);
    log.close();
    assertThat(disk.writesAfterFailure()).isZero();
    assertThat(heard.durableIndex()).isEqualTo(1);
  }

  @Test
  void failsWhoeverWaitsForTheCommitIndex() throws IOException {
    DurableLog log = open();
    disk.failForceAfter(0);

    CompletableFuture<Void> persisted = log.persistCommit(7);

    assertThat(persisted)
        .failsWithin(20, TimeUnit.SECONDS)
        .withThrowableOfType(ExecutionException.class);
    heard.awaitFailure();
    log.close();
  }

  @Test
  void rewritesTheTailBeforeItServesWhatAFailedForceLeft() throws IOException {
    List<Entry> entries = Entries.behind(Position.START, 9);
    leaveByAFailedForce(entries);

    List<Entry> served;
    try (DurableLog again = open()) {
      served = DurableLogTest.all(again);
      assertThat(again.recovery().cleanShutdown()).isFalse();
      assertThat(served).isEqualTo(entries);
      disk.crash(worstCase());
    }

    try (DurableLog again = open()) {
      assertThat(DurableLogTest.all(again)).isEqualTo(served);
    }
  }

  @Test
  void wouldLoseWhatAFailedForceLeftIfItWereNotRewritten() throws IOException {
    List<Entry> entries = Entries.behind(Position.START, 9);
    leaveByAFailedForce(entries);

    disk.open(SimulatedDisk.DIRECTORY.resolve(SegmentHeader.fileName(1))).force(true);
    disk.crash(worstCase());

    try (DurableLog again = open()) {
      assertThat(DurableLogTest.all(again)).hasSizeLessThan(entries.size());
    }
  }

  private void leaveByAFailedForce(List<Entry> entries) throws IOException {
    DurableLog log = open();
    log.append(Entries.LOG_ID, entries.subList(0, 2));
    heard.awaitDurable(2);
    disk.failForceAfter(0);
    log.append(Entries.LOG_ID, entries.subList(2, entries.size()));
    heard.awaitFailure();
    log.close();
    disk.failForceAfter(Integer.MAX_VALUE);
  }

  /// Nothing that was not forced survives.
  private static RandomGenerator worstCase() {
    return () -> 0;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "No space left on device",
        "Disk quota exceeded",
        "Auf dem Gerät ist kein Speicherplatz mehr verfügbar"
      })
  void waitsOnAFullDiskAndGoesOnWhenThereIsRoom(String message) throws IOException {
    disk.setNoSpaceMessage(message);
    List<Entry> entries = Entries.behind(Position.START, 60, i -> "x".repeat(200));
    try (DurableLog log = open()) {
      log.append(Entries.LOG_ID, entries.subList(0, 10));
      heard.awaitDurable(10);
      disk.setFreeBytes(100);

      log.append(Entries.LOG_ID, entries.subList(10, 60));
      heard.awaitFull(true);
      assertThat(log.durableIndex()).isLessThan(60);
      assertThat(log.readBatch(1, 10, 10_000)).hasSize(10);

      disk.setFreeBytes(Long.MAX_VALUE);
      heard.awaitFull(false);
      heard.awaitDurable(60);
    }

    try (DurableLog log = open()) {
      assertThat(DurableLogTest.all(log)).isEqualTo(entries);
    }
  }

  @Test
  void stopsAtAWriteThatFailsWithRoomLeft() throws IOException {
    List<Entry> entries = Entries.behind(Position.START, 11);
    DurableLog log = open();
    log.append(Entries.LOG_ID, entries.subList(0, 10));
    heard.awaitDurable(10);
    disk.setFreeBytes(FullDisk.NEXT_TO_NOTHING_BYTES);
    disk.powerOffAfter(0);

    appendIfPossible(log, entries.subList(10, 11));
    heard.awaitFailure();

    assertThat(log.durableIndex()).isEqualTo(10);
    log.close();
  }

  @Test
  void losesNothingThatWasDurableWhenItClosesOnAFullDisk() throws IOException {
    List<Entry> entries = Entries.behind(Position.START, 60, i -> "x".repeat(200));
    DurableLog log = open();
    log.append(Entries.LOG_ID, entries.subList(0, 10));
    heard.awaitDurable(10);
    disk.setFreeBytes(100);
    log.append(Entries.LOG_ID, entries.subList(10, 60));
    heard.awaitFull(true);
    log.close();
    assertThat(heard.failure()).isNull();
    disk.setFreeBytes(Long.MAX_VALUE);

    try (DurableLog again = open()) {
      List<Entry> found = DurableLogTest.all(again);
      assertThat(again.recovery().corruption()).isEmpty();
      assertThat(found).hasSizeGreaterThanOrEqualTo((int) log.durableIndex());
      assertThat(entries).startsWith(found.toArray(Entry[]::new));
    }
  }

  private static void appendIfPossible(DurableLog log, List<Entry> entries) {
    try {
      log.append(Entries.LOG_ID, entries);
    } catch (IllegalStateException failedAlready) {
      assertThat(failedAlready).hasMessageContaining("failed");
    }
  }

  private DurableLog open() throws IOException {
    LogOptions options =
        LogOptions.of(SimulatedDisk.DIRECTORY, "replog", "master").withSegmentBytes(SMALL_SEGMENT);
    return DurableLog.open(options, heard, disk);
  }
}
