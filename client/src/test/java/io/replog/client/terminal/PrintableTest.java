package io.replog.client.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {

  @Test
  void leavesTextsOfAllLanguagesAlone() {
    assertThat(Printable.escape("Grüße, мир, 世界, 👩‍💻 \\n"))
        .isEqualTo("Grüße, мир, 世界, 👩‍💻 \\n");
  }

  @Test
  void showsWhatWouldControlTheTerminal() {
    assertThat(Printable.escape("a\nb\tc\r\u001b[2J\u0007\u0000\u009b"))
        .isEqualTo("a\\nb\\tc\\r\\u001b[2J\\u0007\\u0000\\u009b");
  }

  @Test
  void showsWhatWouldTurnTheLineAround() {
    assertThat(Printable.escape("a\u202eb\u2066c\u2028")).isEqualTo("a\\u202eb\\u2066c\\u2028");
  }

  @Test
  void alignsColumnsOfTable() {
    Table table = new Table("NODE", "PID");
    table.add("master", "-");
    table.add("m", "12345");

    assertThat(table.lines()).containsExactly("NODE    PID", "master  -", "m       12345");
  }
}
