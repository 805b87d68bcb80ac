package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.model.Entry;
import io.replog.model.Position;
import io.replog.model.ReplicateRequest;
import io.replog.model.WireEntry;
import io.replog.system.kit.Json;
import io.replog.system.kit.Problems;
import io.replog.system.kit.Reply;
import io.replog.system.kit.TestCluster;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// F35: a follower under requests that are doubled, late, from masters of the past, or garbage. Its
/// answers are the refusals of R17, and its log stays as it is (C2, C6). `-Dfuzz.seed=S` repeats a
/// run, `-Dfuzz.seconds=N` makes it as long as you like.
class ReplicateFuzzTest {

  private static final long SEED = Long.getLong("fuzz.seed", 42);
  private static final long SECONDS = Long.getLong("fuzz.seconds", 1);
  private static final int LEAST_ROUNDS = 300;
  private static final int HELD = 40;
  private static final long EPOCH = 3;
  private static final String START = "the-master";
  private static final String LOG = "the-log";
  private static final String CLUSTER = "replog";

  private final TestCluster cluster =
      TestCluster.laidOut("replicate-fuzz", settings -> settings.followers(1));
  private final SplittableRandom random = new SplittableRandom(SEED);
  private final List<Entry> held = new ArrayList<>();

  @BeforeEach
  void fillFollower() {
    cluster.start(FOLLOWER_1);
    Position end = Position.START;
    for (int i = 1; i <= HELD; i++) {
      Entry entry =
          Entry.after(end, EPOCH, 1_795_201_380_000L + i, i % 3 == 0 ? "key-" + i : null, "m" + i);
      held.add(entry);
      end = entry.position();
    }
    assertThat(send(batch(0, HELD)).status()).isEqualTo(200);
  }

  @AfterEach
  void stopCluster() {
    cluster.close();
  }

  @Test
  void keepsItsLogUnderRequestsOutOfTurn() {
    String before = log();

    fuzz(this::sendOutOfTurn, before);

    acceptsWhatComesNext();
  }

  @Test
  void keepsItsLogUnderGarbage() {
    String before = log();

    fuzz(this::sendGarbage, before);
  }

  private void fuzz(Runnable round, String before) {
    long started = System.nanoTime();
    for (int i = 0;
        i < LEAST_ROUNDS || System.nanoTime() - started < SECONDS * 1_000_000_000L;
        i++) {
      try {
        round.run();
        if (i % 50 == 0) {
          assertThat(log()).isEqualTo(before);
        }
      } catch (AssertionError broken) {
        throw new AssertionError("seed %d, round %d".formatted(SEED, i), broken);
      }
    }
    assertThat(log()).isEqualTo(before);
  }

  private void sendOutOfTurn() {
    int from = random.nextInt(HELD);
    int to = from + random.nextInt(HELD - from) + 1;
    ReplicateRequest doubled = batch(from, to);
    switch (random.nextInt(6)) {
      case 0 -> {
        Reply reply = send(doubled);
        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        assertThat(reply.data().at("/position/index").asInt()).isEqualTo(HELD);
      }
      case 1 -> assertRefused(with(doubled, CLUSTER, LOG, EPOCH - 1, START), "STALE_EPOCH");
      case 2 -> assertRefused(with(doubled, CLUSTER, LOG, EPOCH, "a-twin"), "STALE_EPOCH");
      case 3 -> assertRefused(with(doubled, CLUSTER, "other", EPOCH, START), "OTHER_LOG");
      case 4 -> assertRefused(with(doubled, "other", LOG, EPOCH, START), "OTHER_CLUSTER");
      default -> assertRefused(farAhead(), "GAP");
    }
  }

  /// Too far ahead to be waited for.
  private ReplicateRequest farAhead() {
    Position previous =
        new Position(HELD + 2_000 + random.nextInt(1_000), EPOCH, random.nextLong());
    return request(previous, List.of(new WireEntry(EPOCH, 1, null, "early")));
  }

  private void sendGarbage() {
    long epoch = random.nextBoolean() ? EPOCH : EPOCH - 1;
    int from = random.nextInt(HELD);
    String json = Json.write(with(batch(from, HELD), CLUSTER, LOG, epoch, START));
    byte[] garbled = garbled(json.getBytes(StandardCharsets.UTF_8));
    Reply reply = post(garbled);
    assertThat(reply.status()).as("%s", reply).isIn(200, 400, 409, 413);
    if (reply.status() != 200) {
      Problems.requireProblem(reply, reply.status());
    }
  }

  /// Changes that are too short to double a whole entry, which would be one more.
  private byte[] garbled(byte[] json) {
    byte[] bytes = json.clone();
    for (int change = random.nextInt(3) + 1; change > 0; change--) {
      int at = random.nextInt(bytes.length);
      int length = Math.min(random.nextInt(12), bytes.length - at);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) "0123456789{}[]\",:\\nute".charAt(random.nextInt(22));
        case 2 -> bytes = spliced(bytes, at, at + length);
        default -> bytes = spliced(bytes, at + length, at);
      }
    }
    return bytes;
  }

  private static byte[] spliced(byte[] bytes, int end, int start) {
    byte[] result = Arrays.copyOf(bytes, end + bytes.length - start);
    System.arraycopy(bytes, start, result, end, bytes.length - start);
    return result;
  }

  /// The other half of the proof: the follower has not merely stopped listening.
  private void acceptsWhatComesNext() {
    Position end = held.getLast().position();
    Reply reply = send(request(end, List.of(new WireEntry(EPOCH, 1, null, "next"))));

    assertThat(reply.status()).as("%s", reply).isEqualTo(200);
    assertThat(cluster.follower1().texts()).hasSize(HELD + 1).endsWith("next");
  }

  private void assertRefused(ReplicateRequest request, String reason) {
    Reply reply = send(request);
    Problems.requireProblem(reply, 409);
    assertThat(Problems.reason(reply)).isEqualTo(reason);
  }

  private ReplicateRequest batch(int from, int to) {
    Position previous = from == 0 ? Position.START : held.get(from - 1).position();
    return request(previous, held.subList(from, to).stream().map(WireEntry::of).toList());
  }

  private static ReplicateRequest request(Position previous, List<WireEntry> entries) {
    return new ReplicateRequest(CLUSTER, LOG, EPOCH, START, previous, entries, HELD, 1);
  }

  private static ReplicateRequest with(
      ReplicateRequest request, String clusterId, String logId, long epoch, String startId) {
    return new ReplicateRequest(
        clusterId,
        logId,
        epoch,
        startId,
        request.previous(),
        request.entries(),
        request.durableIndex(),
        request.commitIndex());
  }

  private Reply send(ReplicateRequest request) {
    return post(Json.write(request).getBytes(StandardCharsets.UTF_8));
  }

  private Reply post(byte[] body) {
    return cluster
        .follower1()
        .send(
            "POST",
            "/replicate",
            body,
            "Content-Type",
            "application/json",
            "Cluster-Token",
            cluster.nodes().token());
  }

  private String log() {
    return cluster.follower1().get("/messages", "Accept", "application/x-ndjson").text();
  }
}
