package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static io.replog.system.kit.TestCluster.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.client.cluster.NodeState;
import io.replog.system.disk.FileSystem;
import io.replog.system.disk.LoopDisk;
import io.replog.system.kit.DiskCluster;
import io.replog.system.kit.Problems;
import io.replog.system.kit.Program;
import io.replog.system.kit.RawHttp;
import io.replog.system.kit.Replies;
import io.replog.system.kit.Reply;
import io.replog.system.kit.TestCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A disk without room: what cannot be kept is refused before it is appended, what was appended is
/// kept, and everything goes on by itself once there is room.
class FullDiskTest {

  private static final int UNUSABLE = 78;

  private final DiskCluster disks = new DiskCluster("full-disk", FileSystem.EXT4);
  private final TestCluster cluster = disks.cluster();

  @AfterEach
  void stopCluster() {
    disks.close();
  }

  @Test
  void refusesOnMasterWithoutItsReserveAndResumesByItself() throws IOException {
    requireAdded("a");
    Path filler = fill(disks.masterDisk(), 200L << 20);
    TestCluster.await("full", () -> !cluster.master().health().get("writable").asBoolean());

    Reply refused = cluster.master().add("refused", 1);

    Problems.requireProblem(refused, 507);
    assertThat(cluster.master().texts()).containsExactly("a");
    assertThat(cluster.master().health().get("reason").asString()).isNotBlank();
    Files.delete(filler);
    cluster.awaitWritable();
    requireAdded("b");
    assertThat(cluster.master().texts()).containsExactly("a", "b");
    cluster.awaitTexts(FOLLOWER_1, List.of("a", "b"));
  }

  @Test
  void keepsWhatWasAppendedAndNothingElseWhenTheDiskHasNoRoomAtAll() throws IOException {
    requireAdded("a");
    Path filler = fill(disks.masterDisk(), 0);
    List<CompletableFuture<Reply>> calls = new ArrayList<>();
    for (int number = 0; number < 12; number++) {
      calls.add(cluster.master().addLater(large(number), 1));
    }
    TestCluster.await("full", () -> !cluster.master().health().get("writable").asBoolean());
    assertThat(cluster.master().texts()).startsWith("a");

    Files.delete(filler);

    List<String> added = new ArrayList<>();
    for (int number = 0; number < calls.size(); number++) {
      Reply reply = Replies.now(calls.get(number));
      assertThat(reply.status()).isIn(200, 507);
      if (reply.status() == 200) {
        added.add(large(number));
      }
    }
    cluster.awaitInSync();
    assertThat(cluster.master().texts().subList(1, cluster.master().texts().size()))
        .containsExactlyInAnyOrderElementsOf(added);
    assertThat(cluster.client(FOLLOWER_1).texts()).isEqualTo(cluster.master().texts());
  }

  @Test
  void refusesManyMessagesBeforeTheFirstWithoutItsReserve() throws IOException {
    requireAdded("a");
    Path filler = fill(disks.masterDisk(), 200L << 20);
    TestCluster.await("full", () -> !cluster.master().health().get("writable").asBoolean());

    Reply refused = bulk("{\"data\":\"b\"}\n{\"data\":\"c\"}\n");

    Problems.requireProblem(refused, 507);
    Files.delete(filler);
    cluster.awaitWritable();
    assertThat(cluster.master().texts()).containsExactly("a");
  }

  @Test
  void saysHowManyOfTheMessagesItHadRoomFor() throws IOException {
    try (RawHttp body = RawHttp.connect(cluster.master())) {
      body.send(
          "POST /add?write_concern=2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
              + "Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"
              + chunk("{\"data\":\"a\"}\n"));
      TestCluster.await("the first", () -> cluster.master().texts().contains("a"));
      Path filler = fill(disks.masterDisk(), 200L << 20);
      TestCluster.await("full", () -> !cluster.master().health().get("writable").asBoolean());

      body.send(chunk("{\"data\":\"b\"}\n") + "0\r\n\r\n");

      assertThat(body.readToEnd(TestCluster.LIMIT))
          .startsWith("HTTP/1.1 504")
          .contains("\"reason\":\"FULL\"", "\"count\":1,", "\"line\":2}");
      Files.delete(filler);
    }
    cluster.awaitWritable();
    cluster.awaitInSync();
    assertThat(cluster.master().texts()).containsExactly("a");
    assertThat(cluster.client(FOLLOWER_1).texts()).containsExactly("a");
  }

  @Test
  void standsAsideAsFollowerAndCatchesUpByItself() throws IOException {
    requireAdded("a");
    Path filler = fill(disks.followerDisk(), 200L << 20);
    TestCluster.await("full", () -> isFull(FOLLOWER_1));

    CompletableFuture<Reply> waiting = cluster.master().addLater("b", 2);
    assertThat(cluster.master().add("c", 1).status()).isEqualTo(200);
    assertThat(waiting).isNotDone();

    Files.delete(filler);
    assertThat(Replies.now(waiting).status()).isEqualTo(200);
    cluster.awaitInSync();
    assertThat(cluster.client(FOLLOWER_1).texts()).isEqualTo(cluster.master().texts());
  }

  @Test
  void saysInOneLineThatThereIsNoRoomToStartWith() throws IOException {
    requireAdded("a");
    cluster.nodes().kill(MASTER);
    Path filler = fill(disks.masterDisk(), 0);

    cluster.nodes().startWithoutWaiting(MASTER);
    TestCluster.await("the end", () -> cluster.nodes().state(MASTER) == NodeState.EXITED);

    assertThat(cluster.nodes().exitCode(MASTER)).hasValue(UNUSABLE);
    assertThat(cluster.lines(MASTER).getLast())
        .startsWith("DATA_DIR=")
        .contains("cannot be used", "No space left on device");
    Files.delete(filler);
    cluster.start(MASTER);
    cluster.awaitInSync();
    assertThat(cluster.master().texts()).containsExactly("a");
  }

  private Reply bulk(String lines) {
    return cluster
        .master()
        .send(
            "POST",
            "/add?write_concern=1",
            lines.getBytes(StandardCharsets.UTF_8),
            "Content-Type",
            "application/x-ndjson");
  }

  private static String chunk(String line) {
    return Integer.toHexString(line.length()) + "\r\n" + line + "\r\n";
  }

  private boolean isFull(String follower) {
    return cluster.master().healthOf(follower).get("state").asString().equals("FULL");
  }

  private void requireAdded(String text) {
    assertThat(cluster.master().add(text, 2).status()).isEqualTo(200);
  }

  private static String large(int number) {
    return number + "-".repeat(900_000);
  }

  /// Takes all room but so much.
  private static Path fill(LoopDisk disk, long left) throws IOException {
    long room = Files.getFileStore(disk.mountPoint()).getUnallocatedSpace() - left;
    Path filler = disk.mountPoint().resolve("filler");
    new Program(disk.mountPoint())
        .run(
            Duration.ofMinutes(1),
            List.of("dd", "if=/dev/zero", "of=" + filler, "bs=1M", "count=" + ((room >> 20) + 1)));
    return filler;
  }
}
