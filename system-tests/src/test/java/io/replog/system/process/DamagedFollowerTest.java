package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.replog.system.kit.DataDirectory;
import io.replog.system.kit.NodeClient;
import io.replog.system.kit.Reply;
import io.replog.system.kit.TestCluster;
import io.replog.system.kit.WholeReads;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A follower whose disk goes bad, at rest or while it runs, repairs itself from its master, and
/// never shows anything but what was added.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DamagedFollowerTest {

  private static final int MESSAGES = 120;

  private final TestCluster cluster =
      TestCluster.running(
          "damaged-follower",
          settings ->
              settings
                  .followers(1)
                  .set("REPLOG_LOG_SEGMENT_BYTES", "4096")
                  .set("SCRUB_RATE", "100MB")
                  .set("SCRUB_INTERVAL", "100ms"));

  private final DataDirectory directory =
      new DataDirectory(cluster.nodes().dataDirectory(FOLLOWER_1));

  DamagedFollowerTest() {
    IntStream.rangeClosed(1, MESSAGES)
        .mapToObj(number -> cluster.master().addLater("message " + number, 2))
        .toList()
        .forEach(added -> assertThat(added.join().status()).isEqualTo(200));
  }

  @AfterAll
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
            "a bit under a seal, and one in another seal",
            d -> {
              List<Path> sealed = d.withSeals();
              assertThat(sealed).hasSizeGreaterThan(1);
              DataDirectory.flipBitInTheMiddle(sealed.getFirst());
              DataDirectory.flipBitInTheMiddle(d.sealOf(sealed.getLast()));
            }),
        Named.of(
            "lost and doubled segments",
            d -> {
              DataDirectory.delete(d.sealed());
              DataDirectory.copyOver(d.segments().getFirst(), d.active());
            }),
        Named.of(
            "swapped segments and no commit file",
            d -> {
              DataDirectory.swap(d.segments().getFirst(), d.sealed());
              DataDirectory.delete(d.file("commit"));
            }));
  }

  /// Stopped in order: a killed node may not have witnessed its last group, and damage to that very
  /// group is taken for a torn tail.
  @ParameterizedTest
  @MethodSource("damages")
  void healsWhatItFindsAtItsStart(Consumer<DataDirectory> damage) {
    List<String> before = cluster.master().texts();
    cluster.nodes().stop(FOLLOWER_1);
    damage.accept(directory);

    try (WholeReads reads = new WholeReads(cluster.follower1(), before)) {
      cluster.start(FOLLOWER_1);
      cluster.awaitInSync();
      cluster.awaitTexts(FOLLOWER_1, before);
      assertThat(reads.lies()).isEmpty();
    }
    assertThat(records(cluster.follower1())).isEqualTo(records(cluster.master()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void healsWhatTheScrubFindsWhileItRuns(boolean sealed) {
    List<String> before = cluster.master().texts();
    double damages = metric("replog_log_corruption_total");
    long pid = cluster.nodes().pid(FOLLOWER_1);

    try (WholeReads reads = new WholeReads(cluster.follower1(), before)) {
      DataDirectory.flipBitInTheMiddle(sealed ? directory.sealed() : directory.active());
      await()
          .atMost(TestCluster.LIMIT)
          .until(() -> metric("replog_log_corruption_total") > damages);
      cluster.awaitInSync();
      cluster.awaitTexts(FOLLOWER_1, before);
      assertThat(reads.lies()).isEmpty();
    }

    assertThat(cluster.nodes().pid(FOLLOWER_1)).isEqualTo(pid);
    assertThat(records(cluster.follower1())).isEqualTo(records(cluster.master()));
    assertThat(directory.hasQuarantine()).isTrue();
    assertThat(cluster.master().add("after the damage", 2).status()).isEqualTo(200);
  }

  @Test
  void refusesToStartWithoutKnowingWhoseLogItHolds() {
    cluster.nodes().kill(FOLLOWER_1);
    byte[] meta = DataDirectory.read(directory.file("meta.json"));

    DataDirectory.overwrite(directory.file("meta.json"), "{\"format\":");
    assertThat(exitCode()).isEqualTo(78);
    DataDirectory.delete(directory.file("meta.json"));
    assertThat(exitCode()).isEqualTo(78);

    DataDirectory.overwrite(directory.file("meta.json"), new String(meta, StandardCharsets.UTF_8));
    cluster.start(FOLLOWER_1);
    cluster.awaitInSync();
  }

  private int exitCode() {
    cluster.nodes().startWithoutWaiting(FOLLOWER_1);
    await().atMost(TestCluster.LIMIT).until(() -> cluster.nodes().exitCode(FOLLOWER_1).isPresent());
    return cluster.nodes().exitCode(FOLLOWER_1).getAsInt();
  }

  private double metric(String name) {
    return cluster
        .follower1()
        .get("/actuator/prometheus")
        .text()
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
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
