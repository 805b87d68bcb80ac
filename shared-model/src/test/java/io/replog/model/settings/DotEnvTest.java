package io.replog.model.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DotEnvTest {

  @Test
  void readsAssignmentsAndSkipsCommentsAndBlankLines() {
    String text =
        """
        \uFEFF# ports
        MASTER_PORT=6061

          export FOLLOWER_1_PORT = 6062\s
        FOLLOWER_2_PORT=6063 # the last one
        EMPTY=
        """;

    Map<String, String> values = parse(text);

    assertThat(values)
        .containsExactly(
            Map.entry("MASTER_PORT", "6061"),
            Map.entry("FOLLOWER_1_PORT", "6062"),
            Map.entry("FOLLOWER_2_PORT", "6063"),
            Map.entry("EMPTY", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "V=a b  c | a b  c",
        "V=a#b | a#b",
        "V=#b | ``",
        "V='a # $b \\n' # c | a # $b \\n",
        "V=\"a # b\" # c | a # b",
        "V=\"say \\\"hi\\\"\" | say \"hi\"",
        "V=a=b | a=b",
        "V=$KNOWN/x | here/x",
        "V=\"${KNOWN}\" | here",
        "V=${UNKNOWN:-other} | other",
        "V=${KNOWN:-other} | here",
        "V=$$5 | $5",
        "V=\"\\$KNOWN\" | $KNOWN",
        "V=\"6061\" # port | 6061",
      })
  void readsValuesAsComposeDoes(String line, String value) {
    Map<String, String> values = DotEnv.parse(line, ".env", Map.of("KNOWN", "here"));

    assertThat(values).containsEntry("V", value);
  }

  @Test
  void readsWindowsLineEndsAndEscapesInDoubleQuotes() {
    Map<String, String> values = parse("A=1\r\nB=\"x\\ny\"\r\n");

    assertThat(values).containsExactly(Map.entry("A", "1"), Map.entry("B", "x\ny"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MASTER_PORT",
        "MASTER_PORT: 6061",
        "1A=2",
        "A='open",
        "A=\"x\" y",
        "=5",
        "A B=1",
        "A=5$",
        "A=${B:?must be set}",
        "A=\"${B\"",
      })
  void refusesWhatItCannotReadAndNamesTheLine(String line) {
    assertThatThrownBy(() -> parse("OK=1\n" + line))
        .isInstanceOf(BadLineException.class)
        .hasMessageStartingWith(".env line 2: ");
  }

  /// Forty lines would come to a terabyte.
  @Test
  void refusesLinesThatDoubleEachOther() {
    String text = "P=1234567890\n" + "P=$P$P\n".repeat(40);

    assertThatThrownBy(() -> DotEnv.parse(text, ".env", Map.of()))
        .isInstanceOf(BadLineException.class)
        .hasMessageContainingAll("line 14", "more than 65536 characters");
  }

  @Test
  void keepsWhatALineHoldsOutOfTheMessage() {
    assertThatThrownBy(() -> parse("TOKEN='secret"))
        .isInstanceOf(BadLineException.class)
        .hasMessageNotContaining("secret");
  }

  private static Map<String, String> parse(String text) {
    return DotEnv.parse(text, ".env", Map.of());
  }
}
