package io.replog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replog.model.Position;
import io.replog.model.Promise;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which directories are refused, and how the others are kept.
class DirectoryTest {

  @TempDir private Path parent;

  @Test
  void refusesASecondUserInTheSameProcessAndStaysLockedForOthers() throws Exception {
    try (DurableLog log = open(options())) {
      assertThatThrownBy(() -> open(options()))
          .isInstanceOf(LogRefusedException.class)
          .hasMessageContaining("in use");

      assertThat(exitCodeOfOtherProcess()).isEqualTo(OtherProcess.REFUSED);
      assertThat(log.end()).isEqualTo(Position.START);
    }
    assertThat(exitCodeOfOtherProcess()).isEqualTo(OtherProcess.OPENED);
  }

  @Test
  void namesTheProcessThatHoldsTheDirectory() throws Exception {
    open(options()).close();
    Path lock = data().resolve("LOCK");
    Process holder = OtherProcess.start("hold", data());
    try {
      holder.inputReader().readLine();

      assertThatThrownBy(() -> open(options()))
          .isInstanceOf(LogRefusedException.class)
          .hasMessageContaining("process " + holder.pid());
      assertThat(Files.readString(lock)).startsWith(String.valueOf(holder.pid()));
    } finally {
      holder.destroyForcibly().waitFor();
    }
    open(options()).close();
  }

  @Test
  void noticesThatItsDirectoryWasReplaced() throws IOException {
    try (DurableLog log = open(options())) {
      assertThat(log.isInPlace()).isTrue();

      Files.move(data(), parent.resolve("aside"));
      assertThat(log.isInPlace()).isFalse();
      Files.createDirectory(data());
      Files.copy(parent.resolve("aside/LOCK"), data().resolve("LOCK"));
      assertThat(log.isInPlace()).isFalse();

      Files.move(data(), parent.resolve("other"));
      Files.move(parent.resolve("aside"), data());
      assertThat(log.isInPlace()).isTrue();
    }
  }

  @Test
  void opensAgainAfterItHasRefused() throws IOException {
    open(options()).close();

    assertThatThrownBy(() -> open(LogOptions.of(data(), "other", "master")))
        .isInstanceOf(LogRefusedException.class)
        .hasMessageContaining("cluster");
    assertThatThrownBy(() -> open(LogOptions.of(data(), "replog", "follower-1")))
        .isInstanceOf(LogRefusedException.class)
        .hasMessageContaining("follower-1");

    open(options()).close();
  }

  @Test
  void refusesALogWithoutItsMetaFile() throws IOException {
    writeThree();
    Files.delete(data().resolve("meta.json"));

    assertThatThrownBy(() -> open(options()))
        .isInstanceOf(LogRefusedException.class)
        .hasMessageContaining("meta.json is missing");
  }

  @Test
  void refusesANewerFormat() throws IOException {
    writeThree();
    Path meta = data().resolve("meta.json");
    String json = Files.readString(meta).replace("\"format\":1", "\"format\":4");
    Files.writeString(meta, withCrc(json));

    assertThatThrownBy(() -> open(options()))
        .isInstanceOf(LogRefusedException.class)
        .hasMessageContaining("format 4");
  }

  private static String withCrc(String json) {
    String open = json.substring(0, json.indexOf(",\"crc32c\""));
    CRC32C crc = new CRC32C();
    crc.update(open.getBytes(StandardCharsets.UTF_8));
    return open + ",\"crc32c\":\"%08x\"}\n".formatted(crc.getValue());
  }

  @Test
  void refusesASegmentOfAnotherLog() throws IOException {
    writeThree();
    try (DurableLog log = open(options())) {
      log.persistPromise(new Promise(1, "s", Entries.LOG_ID));
    }
    Path segment = data().resolve(SegmentHeader.fileName(1));
    byte[] bytes = Files.readAllBytes(segment);
    byte[] header = new SegmentHeader("replog", "another", Position.START).encode().array();
    System.arraycopy(header, 0, bytes, 0, header.length);
    Files.write(segment, bytes);

    assertThatThrownBy(() -> open(options()))
        .isInstanceOf(LogRefusedException.class)
        .hasMessageContaining("of log another");
  }

  @Test
  void refusesADirectoryThatEverybodyMayWriteTo() throws IOException {
    Files.createDirectory(data());
    Files.setPosixFilePermissions(data(), PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThatThrownBy(() -> open(options()))
        .isInstanceOf(LogRefusedException.class)
        .hasMessageContaining("chmod");
  }

  @Test
  void keepsItsFilesToItself() throws IOException {
    writeThree();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data())))
        .isEqualTo("rwx------");
    try (var files = Files.list(data())) {
      assertThat(files.toList())
          .hasSize(5)
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo("rw-------"));
    }
  }

  @Test
  void replacesAnEmptySegmentOfALogThatNeverBegan() throws IOException {
    open(options()).close();
    Path segment = data().resolve(SegmentHeader.fileName(1));
    try (FileChannel channel =
        FileChannel.open(segment, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(new SegmentHeader("replog", "never begun", Position.START).encode());
    }
    Heard heard = new Heard();

    try (DurableLog log = DurableLog.open(options(), heard)) {
      assertThat(log.recovery().segmentLogId()).isNull();
      log.append(Entries.LOG_ID, Entries.behind(Position.START, 2));
      heard.awaitDurable(2);
    }

    try (DurableLog log = open(options())) {
      assertThat(log.recovery().segmentLogId()).isEqualTo(Entries.LOG_ID);
      assertThat(DurableLogTest.all(log)).hasSize(2);
    }
  }

  @Test
  void saysWhenTheDiskIsFull() throws IOException {
    try (DurableLog log = open(options().withReserveBytes(Long.MAX_VALUE))) {
      assertThat(log.space().full()).isTrue();
    }
    try (DurableLog log = open(options().withReserveBytes(0))) {
      assertThat(log.space().full()).isFalse();
      assertThat(log.space().usableBytes()).isPositive();
    }
  }

  private void writeThree() throws IOException {
    Heard heard = new Heard();
    try (DurableLog log = DurableLog.open(options(), heard)) {
      log.append(Entries.LOG_ID, Entries.behind(Position.START, 3));
      heard.awaitDurable(3);
    }
  }

  private int exitCodeOfOtherProcess() throws Exception {
    Process process = OtherProcess.start("open", data());
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private static DurableLog open(LogOptions options) throws IOException {
    return DurableLog.open(options, new Heard());
  }

  private LogOptions options() {
    return LogOptions.of(data(), "replog", "master");
  }

  private Path data() {
    return parent.resolve("data");
  }
}
