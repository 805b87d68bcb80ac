package io.replog.system.power;

import io.replog.system.disk.CutKind;
import io.replog.system.disk.FileSystem;
import io.replog.system.disk.LoopDisk;
import io.replog.system.disk.LoopDisks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/// One log on one disk, in a process of its own for every cut. Nothing is left out of sight: the
/// chain at the last index that was reported proves everything before it.
final class LogRound implements Round {

  private static final int LONGEST_OPENING_MILLIS = 120;
  private static final int LONGEST_APPENDING_MILLIS = 500;
  private static final int LONGEST_STEP_MICROS = 3_000;

  private final LoopDisks disks;
  private final FileSystem fileSystem;
  private final LoopDisk disk;
  private final Path errors;
  private final LogSettings settings;
  private final Random random;
  private final Tally tally;
  private Reported reported = Reported.NOTHING;

  LogRound(
      LoopDisks disks, FileSystem fileSystem, LogSettings settings, Random random, Tally tally) {
    this.disks = disks;
    this.fileSystem = fileSystem;
    this.disk = disks.create("log", fileSystem);
    this.errors = disks.directory().resolve("errors.log");
    this.settings = settings;
    this.random = random;
    this.tally = tally;
  }

  @Override
  public String cut() {
    long start = System.nanoTime();
    Moment moment = Moment.values()[random.nextInt(Moment.values().length)];
    try (LogChild child = start()) {
      await(moment, child);
      disk.cut(random.nextInt(4) == 0 ? CutKind.JOURNAL_FLUSHED : CutKind.NOTHING_FLUSHED);
      child.kill();
      note(child);
    }
    disk.remount();
    tally.cut(moment.toString(), Duration.ofNanos(System.nanoTime() - start));
    return "%s, power cut %s: %d durable".formatted(fileSystem, moment, reported.end().index());
  }

  @Override
  public void finish() {
    try (LogChild child = start()) {
      child.awaitFound();
      child.kill();
      note(child);
    }
  }

  private LogChild start() {
    return LogChild.start(disk.dataDirectory(), errors, settings, random.nextLong(), reported);
  }

  private void await(Moment moment, LogChild child) {
    child.awaitOpening();
    if (moment == Moment.WHILE_OPENING) {
      Pause.micros(random.nextInt(1_000 * LONGEST_OPENING_MILLIS));
      return;
    }
    child.awaitFound();
    if (moment == Moment.AT_PROMISE) {
      child.awaitPromised();
      return;
    }
    Pause.micros(random.nextInt(1_000 * LONGEST_APPENDING_MILLIS));
    switch (moment) {
      case AT_NEW_SEGMENT -> awaitFile(".log.tmp");
      case AT_RENAME -> awaitFile(random.nextInt(4) == 0 ? "meta.json" : ".log");
      case WHILE_OPENING, WHILE_APPENDING, AT_PROMISE -> {}
    }
  }

  private void awaitFile(String ending) {
    if (!Files.isDirectory(disk.dataDirectory())) {
      return;
    }
    try (DirectoryWatch watch = new DirectoryWatch(disk.dataDirectory())) {
      watch.awaitNew(name -> name.endsWith(ending));
    }
    Pause.micros(random.nextInt(LONGEST_STEP_MICROS));
  }

  /// Judges what the process has found, and takes over what it has reported.
  private void note(LogChild child) {
    Optional<String> lost = child.lost();
    if (lost.isPresent()) {
      throw new LostException(lost.get());
    }
    child.found().ifPresent(found -> tally.torn(found.tornBytes()));
    tally.acknowledged(child.reported().end().index() - reported.end().index());
    reported = child.reported();
  }

  @Override
  public void close() {
    disks.close();
  }

  @Override
  public Path keep() {
    disks.keepImages();
    return disks.directory();
  }
}
