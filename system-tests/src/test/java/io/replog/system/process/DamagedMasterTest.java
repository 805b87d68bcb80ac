package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static io.replog.system.kit.TestCluster.FOLLOWER_2;
import static io.replog.system.kit.TestCluster.MASTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.replog.system.kit.DataDirectory;
import io.replog.system.kit.NodeClient;
import io.replog.system.kit.Reply;
import io.replog.system.kit.TestCluster;
import io.replog.system.kit.WholeReads;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A master whose disk goes bad fills in what is missing from its followers, or stays read-only and
/// says what is missing.
class DamagedMasterTest {

  private static final int MESSAGES = 120;

  private final TestCluster cluster =
      TestCluster.running(
          "damaged-master",
          settings ->
              settings
                  .set("REPLOG_LOG_SEGMENT_BYTES", "4096")
                  .set("SCRUB_RATE", "100MB")
                  .set("SCRUB_INTERVAL", "100ms"));

  private final DataDirectory directory = new DataDirectory(cluster.nodes().dataDirectory(MASTER));

  DamagedMasterTest() {
    IntStream.rangeClosed(1, MESSAGES)
        .mapToObj(
            number ->
                cluster.master().addLater("message " + number, 3, "Idempotency-Key", "k" + number))
        .toList()
        .forEach(added -> assertThat(added.join().status()).isEqualTo(200));
  }

  @AfterEach
  void stopCluster() {
    cluster.close();
  }

  static Stream<Named<Consumer<DataDirectory>>> damages() {
    return Stream.of(
        Named.of(
            "bits and sectors",
            d -> {
              DataDirectory.flipBitInTheMiddle(d.segments().getFirst());
              DataDirectory.zeroSector(d.sealed());
              DataDirectory.truncate(d.active());
            }),
        Named.of(
            "lost and swapped segments",
            d -> {
              DataDirectory.swap(d.segments().getFirst(), d.active());
              DataDirectory.delete(d.sealed());
            }));
  }

  /// Stopped in order: a killed node may not have witnessed its last group, and damage to that very
  /// group is taken for a torn tail.
  @ParameterizedTest
  @MethodSource("damages")
  void healsWhatItFindsAtItsStart(Consumer<DataDirectory> damage) {
    List<String> before = cluster.master().texts();
    cluster.nodes().stop(MASTER);
    damage.accept(directory);

    try (WholeReads reads = new WholeReads(cluster.master(), before)) {
      cluster.start(MASTER);
      cluster.awaitInSync();
      cluster.awaitTexts(MASTER, before);
      assertThat(reads.lies()).isEmpty();
    }

    assertHealed();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void healsWhatTheScrubFindsWhileItServes(boolean sealed) {
    List<String> before = cluster.master().texts();
    long pid = cluster.nodes().pid(MASTER);
    cluster.nodes().pause(FOLLOWER_2);
    CompletableFuture<Reply> blocked = cluster.master().addLater("needs all", 3);
    cluster.awaitBlocked(1);

    try (WholeReads reads = new WholeReads(cluster.master(), before)) {
      DataDirectory.flipBitInTheMiddle(sealed ? directory.sealed() : directory.active());
      assertThat(blocked.join().status()).isEqualTo(504);
      assertThat(blocked.join().data().get("reason").asString()).isEqualTo("CORRUPT");
      cluster.nodes().unpause(FOLLOWER_2);
      cluster.awaitInSync();
      assertThat(reads.lies()).isEmpty();
    }

    assertThat(cluster.nodes().pid(MASTER)).isEqualTo(pid);
    assertThat(cluster.master().texts()).contains("needs all");
    assertHealed();
  }

  @Test
  void staysReadOnlyAndSaysSoWhileNobodyHoldsWhatItLacks() {
    cluster.nodes().kill(MASTER);
    cluster.nodes().kill(FOLLOWER_1);
    cluster.nodes().kill(FOLLOWER_2);
    DataDirectory.flipBitInTheMiddle(directory.sealed());
    cluster.start(MASTER);

    Reply add = cluster.master().add("one more", 1);
    Reply all = cluster.master().get("/messages");
    assertThat(add.status()).isEqualTo(503);
    assertThat(add.data().get("reason").asString()).isEqualTo("CORRUPT");
    assertThat(all.status()).isEqualTo(503);
    assertThat(all.header("Retry-After")).isNotEmpty();
    assertThat(all.data().get("reason").asString()).isEqualTo("CORRUPT");
    long readable = all.data().get("limit").asLong();
    assertThat(readable).isPositive();
    assertThat(cluster.master().get("/messages?limit=" + readable).texts()).hasSize((int) readable);
    assertThat(cluster.master().get("/messages?limit=" + (readable + 1)).status()).isEqualTo(503);
    assertThat(cluster.master().get("/messages/" + readable).status()).isEqualTo(200);
    assertThat(cluster.master().get("/messages/" + MESSAGES).status()).isEqualTo(503);
    await()
        .atMost(TestCluster.LIMIT)
        .until(
            () ->
                cluster
                    .master()
                    .health()
                    .get("reason")
                    .asString()
                    .contains("no reachable follower holds it"));
    assertThat(cluster.master().health().get("writable").asBoolean()).isFalse();

    cluster.start(FOLLOWER_1, FOLLOWER_2);
    cluster.awaitInSync();
    assertHealed();
  }

  @Test
  void givesUpWhatIsDamagedOnlyWhenToldTo() {
    cluster.nodes().kill(MASTER);
    cluster.nodes().kill(FOLLOWER_1);
    cluster.nodes().kill(FOLLOWER_2);
    cluster.nodes().wipe(FOLLOWER_1);
    cluster.nodes().wipe(FOLLOWER_2);
    DataDirectory.flipBitInTheMiddle(directory.sealed());

    cluster.nodes().set(MASTER, "ACCEPT_DATA_LOSS", "on");
    cluster.start(MASTER, FOLLOWER_1, FOLLOWER_2);
    cluster.awaitInSync();

    assertThat(cluster.master().texts()).hasSizeLessThan(MESSAGES);
    assertThat(cluster.lines(MASTER)).anyMatch(line -> line.contains("ACCEPT_DATA_LOSS=on"));
    assertThat(directory.hasQuarantine()).isTrue();
    assertThat(cluster.master().add("goes on", 3).status()).isEqualTo(200);
  }

  private void assertHealed() {
    String records = records(cluster.master());
    assertThat(records(cluster.follower1())).isEqualTo(records);
    assertThat(records(cluster.follower2())).isEqualTo(records);
    Reply repeated =
        cluster.master().add("message " + MESSAGES, 3, "Idempotency-Key", "k" + MESSAGES);
    assertThat(repeated.header("Idempotent-Replay")).isEqualTo("true");
    assertThat(cluster.master().add("after the damage", 3).status()).isEqualTo(200);
  }

  private static String records(NodeClient node) {
    AtomicReference<Reply> whole = new AtomicReference<>();
    TestCluster.await(
        "the whole list",
        () -> {
          whole.set(node.get("/messages", "Accept", "application/x-ndjson"));
          return whole.get().status() == 200;
        });
    return whole.get().text();
  }
}
