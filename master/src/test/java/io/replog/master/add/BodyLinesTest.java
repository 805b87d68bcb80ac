package io.replog.master.add;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replog.node.problem.Refusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyLinesTest {

  /// Gives `most` bytes at a time.
  private static InputStream inPieces(String body, int most) {
    return new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)) {
      @Override
      public synchronized int read(byte[] into, int offset, int length) {
        return super.read(into, offset, Math.min(length, most));
      }
    };
  }

  private static List<String> all(BodyLines lines) throws IOException {
    List<String> found = new ArrayList<>();
    while (lines.advance()) {
      String text =
          new String(
              lines.buffer(), lines.start(), lines.end() - lines.start(), StandardCharsets.UTF_8);
      found.add(lines.number() + " " + text);
    }
    return found;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 100_000})
  void givesLinesWithTheirNumbersHoweverTheyCome(int pieces) throws IOException {
    BodyLines lines = new BodyLines(inPieces("a\n\n \t\r\nbé\r\nc", pieces), 100);

    assertThat(all(lines)).containsExactly("1 a", "4 bé\r", "5 c");
  }

  @Test
  void givesNothingOfAnEmptyBody() throws IOException {
    assertThat(new BodyLines(inPieces("", 1), 100).advance()).isFalse();
    assertThat(new BodyLines(inPieces("\n\n", 1), 100).advance()).isFalse();
  }

  @Test
  void growsForALongLineUpToItsLimit() throws IOException {
    String longest = "x".repeat(300_000);

    assertThat(all(new BodyLines(inPieces("a\n" + longest + "\nb\n", 8_192), 300_000)))
        .containsExactly("1 a", "2 " + longest, "3 b");
    assertThatThrownBy(() -> all(new BodyLines(inPieces(longest, 8_192), 299_999)))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("299999");
  }

  @Test
  void stopsToReadALineThatIsTooLongSoon() {
    long[] given = {0};
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            given[0]++;
            return 'x';
          }

          @Override
          public int read(byte[] into, int offset, int length) {
            given[0] += length;
            java.util.Arrays.fill(into, offset, offset + length, (byte) 'x');
            return length;
          }
        };

    assertThatThrownBy(() -> new BodyLines(endless, 1_000_000).advance())
        .isInstanceOf(Refusal.class);
    assertThat(given[0]).isLessThan(3_000_000);
  }

  @Test
  void knowsWhetherTheNextLineIsHere() throws IOException {
    BodyLines lines = new BodyLines(inPieces("a\nb\nc", 4), 100);

    assertThat(lines.advance()).isTrue();
    assertThat(lines.isNextHere()).isTrue();
    assertThat(lines.advance()).isTrue();
    assertThat(lines.isNextHere()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void givesWhatWasPutTogetherWhateverTheLengths(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> texts =
        IntStream.range(0, 200)
            .mapToObj(n -> "y".repeat(1 + random.nextInt(random.nextInt(20) == 0 ? 90_000 : 300)))
            .toList();
    BodyLines lines =
        new BodyLines(inPieces(String.join("\n", texts), 1 + random.nextInt(20_000)), 90_000);

    List<String> found = all(lines);

    assertThat(found)
        .isEqualTo(IntStream.range(0, 200).mapToObj(n -> (n + 1) + " " + texts.get(n)).toList());
  }
}
