package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static io.replog.system.kit.TestCluster.FOLLOWER_2;
import static io.replog.system.kit.TestCluster.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.chaos.Clocks;
import io.replog.system.kit.Best;
import io.replog.system.kit.Reply;
import io.replog.system.kit.Repository;
import io.replog.system.kit.TestCluster;
import io.replog.system.kit.Tools;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The wall clocks of running nodes jump by hours and by years, back and forth: order, waits,
/// heartbeats and keys know nothing of it.
class ClockJumpTest {

  private static final List<String> NODES = List.of(MASTER, FOLLOWER_1, FOLLOWER_2);

  private static final List<Duration> JUMPS =
      List.of(
          Duration.ofHours(1),
          Duration.ofHours(-1),
          Duration.ofDays(3_650),
          Duration.ofDays(-3_650));

  private final Path directory = Repository.root().resolve("system-tests/target/clusters/clocks");
  private final Clocks clocks = Clocks.under(directory);
  private final TestCluster cluster =
      TestCluster.running(
          "clock-jump",
          settings -> {
            for (String node : NODES) {
              for (Map.Entry<String, String> variable : clocks.variables(node).entrySet()) {
                settings.set(node, variable.getKey(), variable.getValue());
              }
            }
            return settings;
          });

  @BeforeAll
  static void requireTool() {
    Tools.require("faketime", "faketime");
  }

  @AfterEach
  void stopCluster() {
    cluster.close();
  }

  @Test
  void changesNeitherOrderNorWaitsNorKeys() {
    long epoch = cluster.master().health().get("epoch").asLong();
    List<String> expected = new ArrayList<>();
    for (Duration jump : JUMPS) {
      assertThat(Best.any(() -> isUnnoticed(jump, expected)))
          .as("nobody is UNHEALTHY after a jump by %s", jump)
          .isTrue();
    }

    cluster.awaitInSync();
    assertThat(cluster.master().health().get("epoch").asLong()).isEqualTo(epoch);
    NODES.forEach(node -> assertThat(cluster.client(node).texts()).isEqualTo(expected));
  }

  /// Sets the clocks right again where somebody was UNHEALTHY, so that the next attempt is a jump.
  private boolean isUnnoticed(Duration offset, List<String> expected) {
    int linesBefore = cluster.lines(MASTER).size();
    jump(offset);
    expected.add(addAndRepeat("%d: after %s".formatted(expected.size(), offset)));
    boolean unnoticed =
        cluster.lines(MASTER).stream()
            .skip(linesBefore)
            .noneMatch(line -> line.contains("UNHEALTHY"));
    if (!unnoticed) {
      jump(Duration.ZERO);
    }
    return unnoticed;
  }

  private void jump(Duration offset) {
    clocks.jump(MASTER, offset);
    clocks.jump(FOLLOWER_1, offset.negated());
    awaitJump(offset);
  }

  /// The clock of a node shows in what it answers with.
  private void awaitJump(Duration jump) {
    TestCluster.await(
        "the clock jumps by " + jump,
        () -> Math.abs(ahead().minus(jump).toSeconds()) < Duration.ofMinutes(5).toSeconds());
  }

  private Duration ahead() {
    String date = cluster.master().get("/livez").header("Date");
    ZonedDateTime there = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME);
    return Duration.between(Instant.now(), there.toInstant());
  }

  private String addAndRepeat(String text) {
    String key = "key-" + text.hashCode();
    Reply first = cluster.master().add(text, 3, "Idempotency-Key", key);
    Reply again = cluster.master().add(text, 3, "Idempotency-Key", key);
    assertThat(first.status()).isEqualTo(200);
    assertThat(again.index()).isEqualTo(first.index());
    Reply waited =
        cluster.master().get("/messages?min_index=%d&wait_ms=700".formatted(first.index() + 1));
    assertThat(waited.status()).isEqualTo(412);
    assertThat(waited.elapsed()).isBetween(Duration.ofMillis(600), TestCluster.LIMIT);
    return text;
  }
}
