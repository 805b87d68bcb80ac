package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static io.replog.system.kit.TestCluster.FOLLOWER_2;
import static io.replog.system.kit.TestCluster.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.kit.NodeClient;
import io.replog.system.kit.Program;
import io.replog.system.kit.Replog;
import io.replog.system.kit.Reply;
import io.replog.system.kit.TestCluster;
import io.replog.table.Table;
import io.replog.table.Transaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What people did with the epidemic store, on real nodes: files of mixed transactions, and many
/// clients that write all core nodes at once.
class TransactionsTest {

  private static final List<String> NODES = List.of(MASTER, FOLLOWER_1, FOLLOWER_2);
  private static final String[] TEXT = {"Content-Type", "text/plain"};
  private static final int CLIENTS = 45;

  /// Of a writer that is not served at the moment.
  private static final long PAUSE_NANOS = 10_000_000;

  private final TestCluster cluster = TestCluster.running("transactions", settings -> settings);

  @AfterEach
  void stopCluster() {
    cluster.close();
  }

  @Test
  void playsAFileOfMixedTransactions(@TempDir Path home) throws IOException {
    Path file = home.resolve("transactions.txt");
    Files.writeString(
        file,
        """
        # writes, reads, and both
        b, w(12,1), w(49,2), c
        b, r(12), w(49,53), r(69), c
        b0, r(30), c

        b, w(30,"three, zero"), r(30), r(49), c
        b0, r(30), r(12), c
        """);

    Program.Result run = replog(home, "run", file.toString(), "-w", "all");

    assertThat(run.exitCode()).as(run.errors()).isZero();
    assertThat(run.output())
        .isEqualTo(
            """
            b, w(12,1), w(49,2), c
            b, r(12)=1, w(49,53), r(69)=, c
            b0, r(30)=, c
            b, w(30,"three, zero"), r(30)="three, zero", r(49)=53, c
            b0, r(30)="three, zero", r(12)=1, c
            """);
    assertThat(replog(home, "table").output()).isEqualTo("12=1\n30=three, zero\n49=53\n");
    assertThat(replog(home, "table", "49").output()).isEqualTo("53\n");
    assertSameTables();
  }

  private Program.Result replog(Path home, String... arguments) {
    List<String> line = new ArrayList<>(List.of(arguments));
    line.addAll(List.of("--master", cluster.nodes().url(MASTER)));
    return new Program(home)
        .run(TestCluster.LIMIT, Replog.command(home, line.toArray(String[]::new)));
  }

  /// Of the store that this replaces 1 of 45 finished.
  @Test
  void finishesEveryTransactionWhenAllCoreNodesAreWrittenAtOnce() {
    List<Reply> replies =
        atOnce(
            IntStream.range(0, CLIENTS)
                .mapToObj(
                    n ->
                        (Callable<List<Reply>>)
                            () ->
                                IntStream.range(0, 5)
                                    .mapToObj(
                                        i ->
                                            run(
                                                NODES.get(n % 3),
                                                "b, r(k%d), w(k%d,c%d-%d), r(k%d), c"
                                                    .formatted(i, i, n, i, i)))
                                    .toList())
                .toList());

    assertThat(replies).hasSize(5 * CLIENTS).allMatch(reply -> reply.status() == 200);
    assertThat(replies)
        .allSatisfy(reply -> assertThat(value(reply, 1)).isNotNull().isNotEqualTo(value(reply, 0)));
    assertSameTables();
  }

  @Test
  void leaksNothingOfATransactionThatFailed() {
    for (String node : NODES) {
      for (String bad :
          List.of(
              "b, w(leak,1), w(leak,2)",
              "b, w(leak,1), x(2), c",
              "b, w(leak,1), c, w(leak,2), c",
              "b0, w(leak,1), c")) {
        Reply refused = run(node, bad);

        assertThat(refused.status()).as("%s", refused).isEqualTo(400);
        assertThat(refused.json().get("message").asString()).startsWith("at character ");
      }
    }
    assertThat(run(MASTER, "b, w(leak,1), w(leak,2)").json().get("message").asString())
        .contains("the commit is missing");
    assertThat(cluster.master().get("/table/leak").status()).isEqualTo(404);
    assertThat(cluster.master().health().get("last_index").asLong()).isZero();
  }

  @Test
  void readsItsOwnWritesOnEveryNode() {
    long index = run(MASTER, "b, w(own,1), c").index();

    for (String node : NODES) {
      Reply row = cluster.client(node).get("/table/own?wait_ms=60000&min_index=" + index);
      assertThat(row.data().get("value").asString()).isEqualTo("1");
      assertThat(row.index()).isGreaterThanOrEqualTo(index);
      Reply read = run(node, "b0, r(own), c");
      assertThat(read.data().get("transaction").asString()).isEqualTo("b0, r(own)=1, c");
    }
    Reply other = run(FOLLOWER_1, "b1, r(own), c");
    assertThat(other.status()).isEqualTo(400);
    assertThat(other.data().get("layer").asInt()).isZero();
  }

  /// Two accounts that are only ever written together: whoever sees one of a transfer sees both.
  @Test
  void keepsTheSumOfConcurrentTransfersInEveryRead() {
    run(MASTER, "b, w(a,0), w(b,0), c");

    List<Reply> reads = readsWhile(n -> List.of("b, w(a,%d), w(b,-%d), c".formatted(n, n)));

    assertThat(reads).isNotEmpty().allMatch(TransactionsTest::sumsToZero);
    assertThat(reads).anyMatch(reply -> !value(reply, 0).equals("0"));
    assertReadsAreThoseOfTheOneOrder(reads);
  }

  /// Negative control: written one behind the other, the two are seen apart.
  @Test
  void findsTheSumBrokenWhenTransfersAreNotTransactions() {
    run(MASTER, "b, w(a,0), w(b,0), c");

    List<Reply> reads =
        readsWhile(n -> List.of("b, w(a,%d), c".formatted(n), "b, w(b,-%d), c".formatted(n)));

    assertThat(reads).anyMatch(reply -> !sumsToZero(reply));
  }

  @FunctionalInterface
  private interface Transfer {
    List<String> notations(int number);
  }

  /// Reads of both accounts at every node, some through the log and some on the layer, while
  /// transfers go on.
  private List<Reply> readsWhile(Transfer transfer) {
    AtomicBoolean over = new AtomicBoolean();
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Reply>>> readers = new ArrayList<>();
      for (String node : NODES) {
        for (String begin : List.of("b", "b0")) {
          readers.add(clients.submit(() -> readUntil(over, node, begin + ", r(a), r(b), c")));
        }
      }
      List<Future<?>> writers = new ArrayList<>();
      for (int writer = 0; writer < 3; writer++) {
        int first = 1 + writer * 1_000;
        String node = NODES.get(writer);
        writers.add(
            clients.submit(
                () -> IntStream.range(first, first + 60).forEach(n -> all(node, transfer, n))));
      }
      joinAll(writers);
      over.set(true);
      return readers.stream().flatMap(reader -> join(reader).stream()).toList();
    }
  }

  private void all(String node, Transfer transfer, int number) {
    for (String notation : transfer.notations(number)) {
      assertThat(run(node, notation).status()).isEqualTo(200);
    }
  }

  private List<Reply> readUntil(AtomicBoolean over, String node, String notation) {
    List<Reply> replies = new ArrayList<>();
    while (!over.get()) {
      Reply reply = run(node, notation);
      if (reply.status() == 200 && reply.data().at("/reads/0/value").isString()) {
        replies.add(reply);
      }
    }
    return replies;
  }

  private static boolean sumsToZero(Reply reply) {
    return Integer.parseInt(value(reply, 0)) + Integer.parseInt(value(reply, 1)) == 0;
  }

  /// Each read is held against a table that this test makes of the log of the master.
  private void assertReadsAreThoseOfTheOneOrder(List<Reply> reads) {
    JsonNode log = cluster.master().get("/messages?view=full").data();
    List<Reply> inOrder =
        reads.stream().sorted((x, y) -> Long.compare(indexIn(x), indexIn(y))).toList();
    Table table = new Table();
    int next = 0;
    for (JsonNode entry : log) {
      Transaction transaction = Transaction.parse(entry.get("text").asString());
      table.apply(entry.get("index").asLong(), transaction);
      while (next < inOrder.size() && indexIn(inOrder.get(next)) == entry.get("index").asLong()) {
        Reply read = inOrder.get(next++);
        assertThat(List.of(value(read, 0), value(read, 1)))
            .as("%s", read)
            .isEqualTo(table.read(Transaction.parse("b0, r(a), r(b), c")));
      }
    }
    assertThat(next).isEqualTo(inOrder.size());
  }

  private static long indexIn(Reply reply) {
    return reply.data().get("index").asLong();
  }

  @Test
  void hasTheSameTableEverywhereAfterNodesWereKilledInTheMiddle() {
    for (String victim : List.of(FOLLOWER_1, MASTER)) {
      AtomicBoolean over = new AtomicBoolean();
      try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<?>> writers = new ArrayList<>();
        for (int n = 0; n < 8; n++) {
          String writer = victim + "-" + n;
          writers.add(clients.submit(() -> write(over, writer)));
        }
        awaitRows(victim);
        cluster.nodes().kill(victim);
        cluster.start(victim);
        over.set(true);
        joinAll(writers);
      }
      cluster.awaitInSync();
      assertSameTables();
    }
    cluster.nodes().killAll();
    cluster.up();
    assertSameTables();
    assertTableIsThatOfTheLog();
  }

  /// Entries go both ways between nodes: to a follower, and to a master that takes over a
  /// follower's log.
  @Test
  void knowsTransactionsFromMessagesOnNodesThatHaveLostTheirDisks() {
    run(MASTER, "b, w(1,a), w(2,b), c");
    cluster.master().add("b, w(1,never), c", 3);

    for (String victim : List.of(FOLLOWER_1, MASTER)) {
      cluster.nodes().kill(victim);
      cluster.nodes().wipe(victim);
      cluster.nodes().start(victim);
      TestCluster.await("a log", () -> victim.equals(FOLLOWER_1) || isAdopted());
      cluster.awaitInSync();

      assertThat(cluster.client(victim).get("/table/1").data().get("value").asString())
          .isEqualTo("a");
      assertSameTables();
    }
  }

  private boolean isAdopted() {
    String token = cluster.nodes().token();
    return cluster.master().post("/cluster/adopt", "{}", "Cluster-Token", token).status() == 200;
  }

  private void write(AtomicBoolean over, String writer) {
    for (int i = 0; !over.get(); i++) {
      if (!isCommitted("b, w(%s.%d,%d), w(last,%s), c".formatted(writer, i % 50, i, writer))) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private boolean isCommitted(String notation) {
    try {
      return run(MASTER, notation).status() == 200;
    } catch (UncheckedIOException isKilled) {
      return false;
    }
  }

  private void awaitRows(String prefix) {
    TestCluster.await(
        "rows of every writer",
        () ->
            IntStream.range(0, 8)
                .allMatch(
                    n ->
                        cluster.master().get("/table/%s-%d.9".formatted(prefix, n)).status()
                            == 200));
  }

  private void assertTableIsThatOfTheLog() {
    Table table = new Table();
    for (JsonNode entry : cluster.master().get("/messages?view=full").data()) {
      assertThat(entry.get("kind").asString()).isEqualTo("transaction");
      table.apply(entry.get("index").asLong(), Transaction.parse(entry.get("text").asString()));
    }
    JsonNode shown = cluster.master().get("/table?limit=10000").data();
    assertThat(shown.get("bytes").asLong()).isEqualTo(table.bytes());
    assertThat(shown.get("rows").valueStream().map(row -> row.get("value").asString()).toList())
        .isEqualTo(table.page("", 10_000).stream().map(row -> row.value()).toList());
  }

  private void assertSameTables() {
    long index = cluster.master().health().get("last_index").asLong();
    List<String> tables =
        NODES.stream()
            .map(
                node ->
                    cluster
                        .client(node)
                        .get("/table?limit=10000&wait_ms=60000&min_index=" + index)
                        .text())
            .toList();
    assertThat(tables).allMatch(table -> table.contains("\"rows\":[{"));
    assertThat(tables.get(1)).isEqualTo(tables.get(0));
    assertThat(tables.get(2)).isEqualTo(tables.get(0));
  }

  /// Sends it to the node and follows where it leads, as curl -L does.
  private Reply run(String node, String notation) {
    byte[] body = notation.getBytes(StandardCharsets.UTF_8);
    Reply reply = cluster.client(node).send("POST", "/transactions", body, TEXT);
    if (reply.status() != 307) {
      return reply;
    }
    String master = reply.header("Location").replaceFirst("/transactions$", "");
    return new NodeClient(master).send("POST", "/transactions", body, TEXT);
  }

  private static @Nullable String value(Reply reply, int read) {
    JsonNode value = reply.data().at("/reads/%d/value".formatted(read));
    return value.isString() ? value.asString() : null;
  }

  private static List<Reply> atOnce(List<Callable<List<Reply>>> clients) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return clients.stream().map(threads::submit).toList().stream()
          .flatMap(client -> join(client).stream())
          .toList();
    }
  }

  private static void joinAll(List<Future<?>> futures) {
    for (Future<?> future : futures) {
      join(future);
    }
  }

  private static <T> T join(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    } catch (ExecutionException failed) {
      throw new AssertionError(failed.getCause());
    }
  }
}
