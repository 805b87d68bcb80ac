package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static io.replog.system.kit.TestCluster.FOLLOWER_2;
import static io.replog.system.kit.TestCluster.MASTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.replog.system.kit.Best;
import io.replog.system.kit.Json;
import io.replog.system.kit.Replies;
import io.replog.system.kit.TestCluster;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a person reads who follows the logs.
class LogLinesTest {

  /// Twenty ordinary ones and as many warnings, each kind with a line for what was not written.
  private static final int LINES_OF_A_SECOND = 42;

  private static final String SECRET = "a text for nobody's eyes";

  private @Nullable TestCluster cluster;

  @AfterEach
  void stopCluster() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void tellsWhatHappensInOrderAndHidesTexts() {
    TestCluster running = TestCluster.running("log-lines", settings -> settings.delay(1, "300ms"));
    cluster = running;

    running.master().add(SECRET, 3);
    awaitLine(running, MASTER, "append #1 w=3");
    awaitLine(running, MASTER, "follower-2 acknowledged #1 after \\d+ ms");
    awaitLine(running, MASTER, "follower-1 acknowledged #1 after \\d{3,} ms");
    awaitLine(running, MASTER, "#1 held by 3 of 3, w=3 met after \\d+ ms");
    awaitLine(running, FOLLOWER_1, "appended #1 after \\d{3,} ms");
    awaitLine(running, FOLLOWER_1, "WARN +artificial delay.*300 ms");
    assertThat(Best.any(() -> isMissedByOne(running))).as("a call waits by then").isTrue();
    awaitLine(running, MASTER, "follower-2 SUSPECTED");
    awaitLine(running, MASTER, "follower-2 HEALTHY");

    int before = running.lines(MASTER).size();
    long started = System.nanoTime();
    for (int wave = 0; wave < 10; wave++) {
      Replies.now(Replies.addMany(running.master(), "flood ", 200, 1));
    }
    running.awaitInSync();

    long seconds = 1 + Duration.ofNanos(System.nanoTime() - started).toSeconds();
    assertThat(running.lines(MASTER).size() - before)
        .isLessThan((int) (seconds + 1) * LINES_OF_A_SECOND);
    for (String node : List.of(MASTER, FOLLOWER_1, FOLLOWER_2)) {
      assertThat(running.lines(node)).noneMatch(line -> line.contains(SECRET));
      assertThat(running.lines(node))
          .noneMatch(line -> line.startsWith("\tat ") || line.contains("Exception"));
    }
  }

  /// @return whether the call came before follower-2 was given up
  private static boolean isMissedByOne(TestCluster running) {
    running.nodes().kill(FOLLOWER_2);
    var waiting = running.master().addLater("waits", 3);
    running.awaitStatus(FOLLOWER_2, "UNHEALTHY");
    running.start(FOLLOWER_2);
    running.awaitStatus(FOLLOWER_2, "HEALTHY");
    assertThat(Replies.now(waiting).status()).isEqualTo(200);
    return running.lines(MASTER).stream()
        .anyMatch(line -> line.contains("follower-2 UNHEALTHY, 1 waiting"));
  }

  @Test
  void showsTextsEscapedAndWritesJsonWhereAskedFor() {
    TestCluster running =
        TestCluster.running(
            "log-json",
            settings -> settings.followers(1).set("LOG_FORMAT", "json").set("LOG_MESSAGES", "on"));
    cluster = running;

    running.master().add("first\nsecond\u001b[31m", 2);
    await()
        .atMost(TestCluster.LIMIT)
        .until(() -> running.lines(MASTER).stream().anyMatch(line -> line.contains("append #1")));

    for (String node : List.of(MASTER, FOLLOWER_1)) {
      assertThat(running.lines(node))
          .isNotEmpty()
          .allSatisfy(line -> assertThat(Json.parse(line).isObject()).as(line).isTrue());
    }
    String append =
        running.lines(MASTER).stream().filter(line -> line.contains("append #1")).findFirst().get();
    String message = Json.parse(append).get("message").asString();
    assertThat(message).contains("first", "second").doesNotContain("\n", "\u001b");
  }

  private static void awaitLine(TestCluster cluster, String node, String pattern) {
    await(pattern + " in the log of " + node)
        .atMost(TestCluster.LIMIT)
        .until(
            () ->
                cluster.lines(node).stream().anyMatch(line -> line.matches(".*" + pattern + ".*")));
  }
}
