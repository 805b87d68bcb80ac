package io.replog.client.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replog.client.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
      strings = {"MASTER_PORT", "MASTER_PORT: 6061", "1A=2", "A='open", "A=\"x\" y", "=5", "A B=1"})
  void refusesWhatItCannotReadAndNamesTheLine(String line) {
    assertThatThrownBy(() -> parse("OK=1\n" + line))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith(".env line 2: ");
  }

  @Test
  void treatsMissingFileAsEmpty(@TempDir Path folder) throws Exception {
    Path present = Files.writeString(folder.resolve(".env"), "A=1");

    assertThat(DotEnv.read(folder.resolve("none"), Map.of())).isEmpty();
    assertThat(DotEnv.read(present, Map.of())).containsEntry("A", "1");
  }

  private static Map<String, String> parse(String text) {
    return DotEnv.parse(text, ".env", Map.of());
  }
}
