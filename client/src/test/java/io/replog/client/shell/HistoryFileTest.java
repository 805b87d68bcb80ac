package io.replog.client.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {

  @TempDir private Path folder;

  @Test
  void liesInTheStateDirectoryForItsOwnerAlone() throws Exception {
    Path file = HistoryFile.prepare(Map.of("XDG_STATE_HOME", folder.toString())).orElseThrow();

    assertThat(file).isEqualTo(folder.resolve("replog/history")).isEmptyFile();
    assertThat(permissions(file)).isEqualTo("rw-------");
  }

  @Test
  void liesBelowHomeWhereNoStateDirectoryIsNamed() {
    Map<String, String> environment =
        Map.of("HOME", folder.toString(), "XDG_STATE_HOME", "relative");

    assertThat(HistoryFile.prepare(environment))
        .hasValue(folder.resolve(".local/state/replog/history"));
  }

  @Test
  void keepsWhatIsThereAndClosesItToOthers() throws Exception {
    Path file = Files.createDirectories(folder.resolve("replog")).resolve("history");
    Files.writeString(file, "1:list\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    HistoryFile.prepare(Map.of("XDG_STATE_HOME", folder.toString()));

    assertThat(file).hasContent("1:list\n");
    assertThat(permissions(file)).isEqualTo("rw-------");
  }

  @Test
  void isNotThereWhereItCannotBe() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThat(HistoryFile.prepare(Map.of("XDG_STATE_HOME", file.toString()))).isEmpty();
  }

  private static String permissions(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
