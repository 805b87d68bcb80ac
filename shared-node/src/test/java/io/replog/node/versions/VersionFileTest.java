package io.replog.node.versions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class VersionFileTest {

  @TempDir Path directory;
  private VersionFile file;
  private Path present;
  private Path older;

  @BeforeEach
  void open() {
    file = new VersionFile(directory, 1_000, JsonMapper.shared());
    present = directory.resolve("versions.jsonl");
    older = directory.resolve("versions.jsonl.1");
  }

  private static VersionLine line(long version) {
    return new VersionLine("2026-11-22T08:00:00.123Z", version, version - 9, 10, "follower-1", 3);
  }

  @Test
  void writesALineForAVersion() throws IOException {
    file.append(line(40));

    assertThat(present)
        .hasContent(
            "{\"at\":\"2026-11-22T08:00:00.123Z\",\"version\":40,\"first_index\":31,"
                + "\"entries\":10,\"from\":\"follower-1\",\"epoch\":3}\n");
    assertThat(file.last()).hasValue(line(40));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(present)))
        .isEqualTo("rw-------");
  }

  @Test
  void hasNoLastLineAtFirst() throws IOException {
    assertThat(file.last()).isEmpty();
  }

  @Test
  void keepsTwoFilesOfBoundedSize() throws IOException {
    for (int version = 10; version <= 1_000; version += 10) {
      file.append(line(version));
    }

    assertThat(Files.size(present)).isLessThan(1_200);
    assertThat(Files.size(older)).isBetween(1_000L, 1_200L);
    assertThat(file.last()).hasValue(line(1_000));
  }

  @Test
  void findsTheLastLineInTheOlderFileWhenTheNewerIsGone() throws IOException {
    file.append(line(10));
    Files.move(present, older);

    assertThat(file.last()).hasValue(line(10));
  }

  @Test
  void skipsHalfALineAndBeginsANewOneBehindIt() throws IOException {
    file.append(line(10));
    Files.writeString(present, "{\"at\":\"2026", StandardOpenOption.APPEND);

    assertThat(file.last()).hasValue(line(10));
    file.append(line(20));

    assertThat(Files.readAllLines(present)).hasSize(3);
    assertThat(file.last()).hasValue(line(20));
  }
}
