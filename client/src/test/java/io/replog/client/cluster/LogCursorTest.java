package io.replog.client.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogCursorTest {

  @TempDir private Path folder;
  private Path log;
  private LogCursor cursor;

  @BeforeEach
  void open() {
    log = folder.resolve("master.log");
    cursor = new LogCursor(log);
  }

  @Test
  void showsNothingOfFileThatIsNotThere() {
    assertThat(poll()).isEmpty();
  }

  @Test
  void showsLineOnceItIsFinished() throws Exception {
    append("one\ntw");
    List<String> first = poll();
    append("o\n\nthrée\n");

    assertThat(first).containsExactly("one");
    assertThat(poll()).containsExactly("two", "", "thrée");
    assertThat(poll()).isEmpty();
  }

  @Test
  void startsAgainWithNewFile() throws Exception {
    append("old line\n");
    poll();
    Files.move(log, folder.resolve("master.log.1"));
    append("new line, longer than the old one\n");

    assertThat(poll()).containsExactly("new line, longer than the old one");
  }

  @Test
  void startsAgainWhenFileWasEmptied() throws Exception {
    append("a long old line\n");
    poll();
    Files.writeString(log, "new\n");

    assertThat(poll()).containsExactly("new");
  }

  @Test
  void cutsEndlessLineIntoPieces() throws Exception {
    append("x".repeat(200_000));

    assertThat(poll()).hasSize(3).allMatch(piece -> piece.length() == 65_536);
  }

  private List<String> poll() {
    List<String> lines = new ArrayList<>();
    cursor.poll(lines::add);
    return lines;
  }

  private void append(String text) throws Exception {
    Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
