package io.replog.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replog.benchmarks.load.Answer;
import io.replog.benchmarks.load.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final long MILLISECOND = 1_000_000;

  @TempDir private Path folder;
  private final Turns turns = new Turns();

  @BeforeEach
  void measureThreeRounds() {
    for (int round = 1; round <= 3; round++) {
      turns.add(turn(Contender.ETCD, 40 * round, OptionalDouble.empty()));
      turns.add(turn(Contender.REPLOG, 100 * round, OptionalDouble.of(5_000)));
    }
  }

  private static Turn turn(Contender contender, int requests, OptionalDouble streamed) {
    Tally tally = tally(requests);
    return new Turn(contender, tally, Map.of(1, tally, 32, tally), tally, streamed);
  }

  /// So many requests of 2 ms, and one refused after 30 ms.
  private static Tally tally(int requests) {
    Tally tally = new Tally(SECOND);
    for (int number = 0; number < requests; number++) {
      tally.count(Answer.DONE, number * MILLISECOND, (number + 2) * MILLISECOND);
    }
    tally.count(Answer.REFUSED, 0, 30 * MILLISECOND);
    return tally;
  }

  @Test
  void takesMedianOfRounds() {
    assertThat(turns.perSecond(Contender.REPLOG, 32)).isEqualTo(200);
    assertThat(turns.closedMillis(Contender.REPLOG, 32, 50)).isBetween(1.9, 2.1);
    assertThat(turns.isStreamed(Contender.ETCD)).isFalse();
  }

  @Test
  void setsThisLogAgainstEachOther() {
    List<String> lines = new Report(turns, List.of(1, 32), 1_000).lines();

    assertThat(lines)
        .contains("| etcd | 2.50 | 2.50 | – |")
        .anySatisfy(line -> assertThat(line).contains("this log").endsWith("| 5,000 | 12 |"));
  }

  @Test
  void setsStreamsAgainstThoseOfTheSameRound() {
    for (int round = 1; round <= 3; round++) {
      turns.add(turn(Contender.KAFKA, 10, OptionalDouble.of(10_000 * round)));
    }

    assertThat(turns.streamedRatio(Contender.REPLOG, Contender.KAFKA)).isEqualTo(0.25);
    assertThat(turns.streamedRatio(Contender.REPLOG, Contender.ETCD)).isZero();
  }

  @Test
  void drawsBarsInProportion() {
    List<String> lines = new Plot(turns, List.of(1, 32)).lines();

    assertThat(lines).anySatisfy(line -> assertThat(line).contains("width=\"510\"", "#2563a8"));
    assertThat(lines).anySatisfy(line -> assertThat(line).contains("width=\"204\"", "#9aa5b1"));
    assertThat(lines.getLast()).isEqualTo("</svg>");
  }

  @Test
  void replacesWhatStandsBetweenMarkers() throws Exception {
    Path page = folder.resolve("page.md");
    Files.write(page, List.of("before", "<!-- a -->", "old", "<!-- end of a -->", "behind"));

    new MarkedPage(page, "a").replace(List.of("new", "newer"));

    assertThat(page)
        .hasContent(
            """
            before
            <!-- a -->
            new
            newer
            <!-- end of a -->
            behind
            """);
  }

  @Test
  void leavesPageWithoutMarkersAlone() throws Exception {
    Path page = folder.resolve("page.md");
    Files.write(page, List.of("<!-- end of a -->", "<!-- a -->"));

    assertThatThrownBy(() -> new MarkedPage(page, "a").replace(List.of("new")))
        .isInstanceOf(IOException.class);
    assertThat(page).content().doesNotContain("new");
  }
}
