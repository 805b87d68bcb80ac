package io.replog.client.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello",
        "  two  blanks  ",
        "it's \"quoted\"",
        "a\\nb $HOME !! *",
        "grüße 世界 🎉",
        "listen",
        "LIST",
        "-",
        "@file",
        "w2"
      })
  void takesWhatIsNoWordForATextAsItStands(String typed) {
    assertThat(Line.of(typed)).isEqualTo(new Line.Text(typed));
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", " two blanks", "a  b ", "'quoted'", "\\", "-w 3 text", "add x"})
  void takesEverythingBehindAddAndABlankForTheText(String text) {
    assertThat(Line.of("add " + text)).isEqualTo(new Line.Text(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t  "})
  void meansNothingByBlanks(String typed) {
    assertThat(Line.of(typed)).isEqualTo(new Line.Nothing());
  }

  @Test
  void separatesArgumentsByBlanks() {
    assertThat(Line.of("  fault  follower-1 --delay 1s "))
        .isEqualTo(
            new Line.Command(
                Word.FAULT,
                List.of("follower-1", "--delay", "1s"),
                "fault  follower-1 --delay 1s "));
  }

  @Test
  void knowsFollowersByTheirFormerNames() {
    assertThat(Line.of("list sub1"))
        .isEqualTo(new Line.Command(Word.LIST, List.of("follower-1"), "list sub1"));
    assertThat(Line.of("list sub12"))
        .isEqualTo(new Line.Command(Word.LIST, List.of("follower-12"), "list sub12"));
    assertThat(Line.of("list subs"))
        .isEqualTo(new Line.Command(Word.LIST, List.of("subs"), "list subs"));
  }

  @Test
  void addsNothingWhereNoTextIsGiven() {
    assertThat(Line.of("add")).isEqualTo(new Line.Command(Word.ADD, List.of(), "add"));
    assertThat(Line.of("add ")).isEqualTo(new Line.Command(Word.ADD, List.of(), "add "));
  }
}
