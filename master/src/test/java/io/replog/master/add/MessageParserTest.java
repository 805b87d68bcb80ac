package io.replog.master.add;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import io.replog.replication.master.MasterInput.Message;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageParserTest {

  private static final long SEED = Long.getLong("fuzz.seed", 42);
  private static final int ROUNDS = 50_000;
  private static final List<String> WORDS =
      List.of(
          "{\"data\":\"",
          "\"}",
          "{",
          "}",
          "\"data\"",
          "\"key\"",
          ":",
          ",",
          "\"",
          "\\",
          "\\n",
          "\\u00e9",
          "\\ud83d",
          " ",
          "\t",
          "\r",
          "\u0001",
          "m",
          "é",
          "🜁",
          "5",
          "null",
          "\"k1\"",
          "\"write_concern\":1",
          "x".repeat(40));

  private final MessageParser parser = BulkTargets.parser();

  private Message parse(String line) {
    byte[] bytes = ("<" + line + ">").getBytes(StandardCharsets.UTF_8);
    return parser.parse(bytes, 1, bytes.length - 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "m", "é🜁", "a b,:{}[]"})
  void readsTheUsualFormWithoutTheParser(String text) {
    byte[] line = ("{\"data\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8);

    assertThat(parser.plain(line, 0, line.length)).isEqualTo(new Message(null, text));
    assertThat(parser.strict(line, 0, line.length)).isEqualTo(new Message(null, text));
  }

  @Test
  void readsKeysAndEscapesAndIgnoresWhatItDoesNotKnow() {
    assertThat(parse("{\"key\":\"k1\",\"data\":\"a\\\"b\",\"more\":[{}]}"))
        .isEqualTo(new Message("k1", "a\"b"));
    assertThat(parse("{\"key\":null,\"data\":\"m\"}")).isEqualTo(new Message(null, "m"));
  }

  @Test
  void refusesWhatIsTooLongInEitherForm() {
    String fits = "x".repeat(100);

    assertThat(parse("{\"data\":\"" + fits + "\"}").text()).isEqualTo(fits);
    assertThatThrownBy(() -> parse("{\"data\":\"" + fits + "x\"}"))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.type()).isEqualTo(ProblemType.TOO_LARGE));
    assertThatThrownBy(() -> parse("{\"data\" :\"" + "é".repeat(51) + "\"}"))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.type()).isEqualTo(ProblemType.TOO_LARGE));
  }

  @Test
  void readsTheSameInEitherFormWhateverTheLine() {
    SplittableRandom random = new SplittableRandom(SEED);
    int plain = 0;
    StringBuilder body = new StringBuilder();
    for (int round = 0; round < ROUNDS; round++) {
      StringBuilder line = new StringBuilder(random.nextBoolean() ? "{\"data\":\"" : "");
      for (int n = random.nextInt(8); n > 0; n--) {
        line.append(WORDS.get(random.nextInt(WORDS.size())));
      }
      byte[] bytes =
          line.append(random.nextBoolean() ? "\"}" : "")
              .toString()
              .getBytes(StandardCharsets.UTF_8);
      BulkTargets.line(bytes, 0, bytes.length);
      body.append(line).append(random.nextInt(4) > 0 ? "\n" : "");
      plain += parser.plain(bytes, 0, bytes.length) == null ? 0 : 1;
      if (round % 10 == 0) {
        BulkTargets.bulk(body.toString().getBytes(StandardCharsets.UTF_8));
        body.setLength(0);
      }
    }

    assertThat(plain).isGreaterThan(ROUNDS / 100);
  }
}
