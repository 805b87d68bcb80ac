package io.replog.node.table;

import static io.replog.testnode.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replog.log.SnapshotFile;
import io.replog.model.Entry;
import io.replog.model.EntryKind;
import io.replog.model.Position;
import io.replog.table.Table;
import io.replog.table.TableCodec;
import io.replog.table.Transaction;
import io.replog.testnode.RunningNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The table of one node, read over HTTP, and what a restart makes of it.
class TableTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir private Path directory;

  private RunningNode start(String... properties) {
    return RunningNode.start(directory, Map.of(), properties);
  }

  /// Appends transactions and waits until they are durable.
  private static void transact(RunningNode node, String... notations) throws InterruptedException {
    List<Entry> entries = new ArrayList<>();
    Position end = node.log().shownEnd();
    for (String notation : notations) {
      Entry entry = Entry.after(end, 1, 1_000, EntryKind.TRANSACTION, null, notation);
      entries.add(entry);
      end = entry.position();
    }
    node.log().append(RunningNode.LOG_ID, entries);
    node.log().awaitShown(end.index(), PATIENCE);
  }

  private static String rows(RunningNode node) throws IOException, InterruptedException {
    return node.get("/table?limit=10000").body();
  }

  private Path snapshot() {
    return directory.resolve("node").resolve(TableSnapshots.NAME);
  }

  /// A node does not wait long for it when it stops.
  private void awaitSnapshot() {
    await().until(() -> Files.exists(snapshot()));
  }

  @Test
  void showsWhatTheTransactionsOfTheLogHaveMade() throws Exception {
    try (RunningNode node = start()) {
      node.append("b, w(1,never), c");
      transact(node, "b, w(1,a), w(2,b), c", "b, r(1), w(1,c), c");

      HttpResponse<String> page = node.get("/table");

      assertThat(page.body())
          .contains(
              "\"rows\":[{\"key\":\"1\",\"value\":\"c\",\"index\":3},"
                  + "{\"key\":\"2\",\"value\":\"b\",\"index\":2}],\"next\":null,\"size\":2");
      assertThat(page.headers().firstValue("Log-Index")).hasValue("3");
      assertThat(page.headers().firstValue("Node")).hasValue("master");
      assertThat(node.get("/table/2").body()).contains("\"value\":\"b\"");
      assertThat(node.get("/messages").body())
          .contains("[{\"text\":\"b, w(1,never), c\"},{\"text\":\"b, w(1,a), w(2,b), c\"}");
    }
  }

  @Test
  void refusesABoundThatTheHeapCannotHold() {
    assertThat(NodeTable.fitting(32 << 20, 64 << 20)).isEqualTo(32 << 20);
    assertThat(NodeTable.fitting(80 << 20, 256 << 20)).isEqualTo(80 << 20);
    assertThatThrownBy(() -> NodeTable.fitting(100 << 20, 256 << 20))
        .hasMessage(
            "TABLE_MAX_BYTES=104857600 cannot be used: with a heap of 268435456 bytes it must be at"
                + " most 89478485, or the heap larger (-Xmx in JDK_JAVA_OPTIONS)");
  }

  @Test
  void pagesByKey() throws Exception {
    try (RunningNode node = start()) {
      transact(node, "b, w(1,a), w(2,b), w(3,c), c");

      assertThat(node.get("/table?limit=2").body())
          .contains("\"next\":\"3\"")
          .doesNotContain("\"c\"");
      assertThat(node.get("/table?from=2&limit=1").body())
          .contains("\"rows\":[{\"key\":\"2\"", "\"next\":\"3\"");
      assertThat(node.get("/table?from=zzz").body()).contains("\"rows\":[],\"next\":null");
      assertThat(node.get("/table?limit=0").statusCode()).isEqualTo(400);
      assertThat(node.get("/table?limit=10001").statusCode()).isEqualTo(400);
    }
  }

  @Test
  void saysWhatIsNotThere() throws Exception {
    try (RunningNode node = start()) {
      transact(node, "b, w(1,a), c");

      HttpResponse<String> none = node.get("/table/2");

      assertThat(none.statusCode()).isEqualTo(404);
      assertThat(none.body()).contains("there is no key 2 here", "\"reason\":\"NO_SUCH_KEY\"");
      assertThat(node.get("/table/a%20b").statusCode()).isEqualTo(400);
      assertThat(node.get("/table?min_index=2&wait_ms=10").statusCode()).isEqualTo(412);
      assertThat(node.get("/table/1?min_index=1&wait_ms=10000").statusCode()).isEqualTo(200);
      assertThat(node.get("/table", "Accept", "image/png").statusCode()).isEqualTo(406);
    }
  }

  @Test
  void streamsChangesAndResumesBehindTheLastTransactionSeen() throws Exception {
    try (RunningNode node = start()) {
      transact(node, "b, w(1,a), c");
      try (Events events = new Events(node, "/table")) {
        node.append("a message");
        transact(node, "b, w(1,b), w(2,\"x\\ny\"), c", "b, r(1), c", "b, w(2,z), c");

        assertThat(events.next())
            .isEqualTo(
                "event: updated|data:"
                    + " {\"index\":3,\"key\":\"1\",\"value\":\"b\",\"old_value\":\"a\"}");
        assertThat(events.next())
            .isEqualTo(
                "event: inserted|id: 3|data: {\"index\":3,\"key\":\"2\",\"value\":\"x\\n"
                    + "y\",\"old_value\":null}");
        assertThat(events.next())
            .startsWith("event: updated|id: 5|data: {\"index\":5,\"key\":\"2\"");
      }
      try (Events events = new Events(node, "/table", "Last-Event-ID", "3")) {
        assertThat(events.next()).startsWith("event: updated|id: 5|");
      }
      try (Events events = new Events(node, "/table?from_index=1")) {
        assertThat(events.next()).startsWith("event: inserted|id: 1|");
      }
    }
  }

  @Test
  void saysThatChangesAreForgotten() throws Exception {
    try (RunningNode node = start()) {
      transact(node, "b, w(1,a), c");
      rows(node);
    }
    awaitSnapshot();
    try (RunningNode again = start()) {
      HttpResponse<String> gone =
          again.get("/table", "Accept", "text/event-stream", "Last-Event-ID", "0");

      assertThat(gone.statusCode()).isEqualTo(410);
      assertThat(gone.body()).contains("CHANGES_FORGOTTEN", "\"first_index\":2");
    }
  }

  /// Nobody who replays the log may run out of memory over what nobody needs.
  @Test
  void forgetsChangesThatAreTooLargeToBeKept() throws Exception {
    String writes =
        IntStream.range(0, 40)
            .mapToObj(n -> ", w(%d,%s)".formatted(n, "x".repeat(60_000)))
            .collect(Collectors.joining());
    try (RunningNode node = start()) {
      try (Events events = new Events(node, "/table")) {
        transact(node, "b" + writes + ", c");
        assertThat(events.next()).as("the tail has ended").isEmpty();
      }
      HttpResponse<String> gone =
          node.get("/table", "Accept", "text/event-stream", "Last-Event-ID", "0");
      assertThat(gone.body()).contains("CHANGES_FORGOTTEN", "\"first_index\":2");
      try (Events events = new Events(node, "/table", "Last-Event-ID", "1")) {
        transact(node, "b, w(small,1), c");
        assertThat(events.next()).startsWith("event: inserted|id: 2|");
      }
      assertThat(node.get("/table/7").body()).contains("x".repeat(60_000));
    }
  }

  @Test
  void needsOnlyTheRestOfTheLogAfterARestart() throws Exception {
    String before;
    try (RunningNode node = start()) {
      transact(node, many(1, 300));
      before = rows(node);
    }
    awaitSnapshot();
    try (RunningNode again = start()) {
      assertThat(rows(again)).isEqualTo(before);
      assertThat(
              again.get("/table", "Accept", "text/event-stream", "Last-Event-ID", "0").statusCode())
          .as("the first entries were not read again")
          .isEqualTo(410);
      transact(again, many(301, 320));
      assertThat(again.get("/table/k7").body()).contains("\"value\":\"v317\"");
    }
  }

  /// Whatever is in the place of the snapshot, the table is the same.
  @Test
  void throwsAwayASnapshotThatIsNotAsItWasWritten() throws Exception {
    String before;
    try (RunningNode node = start()) {
      transact(node, many(1, 100));
      before = rows(node);
    }
    awaitSnapshot();
    byte[] good = Files.readAllBytes(snapshot());
    byte[] flipped = good.clone();
    flipped[good.length / 2] ^= 1;
    byte[] cut = Arrays.copyOf(good, good.length - 5);

    for (byte[] bad :
        List.of(flipped, cut, new byte[0], "no snapshot".getBytes(StandardCharsets.UTF_8))) {
      Files.write(snapshot(), bad);
      assertRebuilt(before);
      await().until(() -> Arrays.equals(Files.readAllBytes(snapshot()), good));
    }
    Files.delete(snapshot());
    assertRebuilt(before);
  }

  private void assertRebuilt(String before) throws Exception {
    try (RunningNode again = start()) {
      assertThat(rows(again)).isEqualTo(before);
      try (Events events = new Events(again, "/table", "Last-Event-ID", "0")) {
        assertThat(events.next()).as("from the first entry on").contains("\"index\":1,");
      }
    }
  }

  /// Right in itself, and of another log, or of entries that this log has not.
  @Test
  void throwsAwayASnapshotOfAnotherLogOrOfEntriesThatAreNotThere(@TempDir Path other)
      throws Exception {
    try (RunningNode foreign = RunningNode.start(other, Map.of())) {
      transact(foreign, "b, w(1,foreign), c", "b, w(2,foreign), c", "b, w(3,foreign), c");
      rows(foreign);
    }
    String before;
    try (RunningNode node = start()) {
      transact(node, "b, w(1,own), c", "b, w(2,own), c");
      before = rows(node);
    }
    Path foreign = other.resolve("node").resolve(TableSnapshots.NAME);
    await().until(() -> Files.exists(foreign));
    awaitSnapshot();

    Files.copy(foreign, snapshot(), StandardCopyOption.REPLACE_EXISTING);
    try (RunningNode newer = start()) {
      assertThat(rows(newer)).isEqualTo(before);
      transact(newer, "b, w(3,own), c");
      before = rows(newer);
    }
    await().until(() -> Files.mismatch(snapshot(), foreign) >= 0);
    Files.copy(foreign, snapshot(), StandardCopyOption.REPLACE_EXISTING);
    try (RunningNode same = start()) {
      assertThat(rows(same)).isEqualTo(before).doesNotContain("foreign");
    }
  }

  /// Negative control: a snapshot that nobody holds against the log would be believed.
  @Test
  void believesASnapshotThatTheLogBearsOut() throws Exception {
    try (RunningNode node = start()) {
      transact(node, "b, w(1,own), c");
      rows(node);
    }
    awaitSnapshot();
    var file = SnapshotFile.in(directory.resolve("node"), TableSnapshots.NAME);
    var saved = Objects.requireNonNull(file.load(1 << 20));
    Table forged = new Table();
    forged.apply(1, Transaction.parse("b, w(1,forged), c"));
    file.save(new SnapshotFile.Snapshot(saved.position(), TableCodec.encode(forged)));

    try (RunningNode again = start()) {
      assertThat(rows(again)).contains("forged");
    }
  }

  @Test
  void makesSnapshotsWhileItRuns() throws Exception {
    try (RunningNode node = start("replog.table.snapshot-entries=50")) {
      transact(node, many(1, 60));
      rows(node);

      awaitSnapshot();
    }
  }

  @Test
  void keepsEntriesUntilTheTableNoLongerNeedsThem() throws Exception {
    try (RunningNode node = start("replog.log.segment-bytes=4096")) {
      transact(node, many(1, 300));
      String before = rows(node);

      await()
          .until(
              () -> {
                node.log().release(200);
                return node.log().firstIndex() > 1;
              });

      assertThat(snapshot()).exists();
      assertThat(rows(node)).isEqualTo(before);
    }
    try (RunningNode again = start("replog.log.segment-bytes=4096")) {
      assertThat(again.get("/table/k7").statusCode()).isEqualTo(200);
    }
    Files.delete(snapshot());
    try (RunningNode lost = start("replog.log.segment-bytes=4096")) {
      HttpResponse<String> refused = lost.get("/table");
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body()).contains("\"reason\":\"RELEASED\"", "begins with #");
    }
  }

  /// As on a directory from before there were transactions. There is a snapshot before the first of
  /// them, so that a node which is killed behind it has not lost the table.
  @Test
  void beginsEmptyBehindReleasedEntriesThatWereMessages() throws Exception {
    try (RunningNode node = start("replog.log.segment-bytes=4096")) {
      node.append(IntStream.range(0, 200).mapToObj(n -> "message " + n).toArray(String[]::new));
      await()
          .until(
              () -> {
                node.log().release(150);
                return node.log().firstIndex() > 1;
              });
    }
    Files.delete(snapshot());
    try (RunningNode again = start("replog.log.segment-bytes=4096")) {
      awaitSnapshot();
      transact(again, "b, w(1,a), c");
      assertThat(again.get("/table/1").body()).contains("\"value\":\"a\"");
    }
  }

  /// As a follower with an empty disk does where the others have released entries.
  @Test
  void saysThatItHasNoTableOfEntriesThatItBeganBehind() throws Exception {
    try (RunningNode node = start()) {
      node.log().begin(RunningNode.LOG_ID, new Position(7, 1, 12));
      node.log().awaitShown(7, PATIENCE);
      transact(node, "b, w(1,a), c");

      HttpResponse<String> refused = node.get("/table");

      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body()).contains("\"reason\":\"RELEASED\"", "begins with #8");
      assertThat(snapshot()).doesNotExist();
    }
    try (RunningNode again = start()) {
      assertThat(again.get("/table").statusCode()).isEqualTo(503);
    }
  }

  @Test
  void refusesATransactionThatItCannotRead() throws Exception {
    try (RunningNode node = start()) {
      transact(node, "b, w(1,a), c", "x, of the future");

      HttpResponse<String> refused = node.get("/table");

      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body()).contains("UNKNOWN_TRANSACTION", "#2");
    }
  }

  @Test
  void isMadeAnewWhenTheLogIsOpenedAnew() throws Exception {
    try (RunningNode node = start()) {
      transact(node, many(1, 50));
      String before = rows(node);
      long openings = node.log().openings();

      node.log().reopenFor("the test wants it");
      await().until(() -> node.log().openings() > openings && !node.log().isReopening());

      assertThat(rows(node)).isEqualTo(before);
      transact(node, many(51, 60));
      assertThat(node.get("/table/k7").body()).contains("\"value\":\"v57\"");
    }
  }

  /// `w(k(n%10), v(n))`.
  private static String[] many(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(n -> "b, w(k%d,v%d), c".formatted(n % 10, n))
        .toArray(String[]::new);
  }

  /// A stream of events as a reader gets it.
  private static final class Events implements AutoCloseable {

    private final InputStream body;
    private final BufferedReader lines;

    Events(RunningNode node, String path, String... headers) throws Exception {
      HttpResponse<InputStream> response =
          node.http()
              .send(
                  node.request(path, headers).header("Accept", "text/event-stream").GET().build(),
                  HttpResponse.BodyHandlers.ofInputStream());
      assertThat(response.statusCode()).isEqualTo(200);
      body = response.body();
      lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    /// The lines of the next event, without comments.
    String next() throws IOException {
      List<String> event = new ArrayList<>();
      String line = lines.readLine();
      while (line != null && !(line.isEmpty() && !event.isEmpty())) {
        if (!line.isEmpty() && !line.startsWith(":")) {
          event.add(line);
        }
        line = lines.readLine();
      }
      return String.join("|", event);
    }

    @Override
    public void close() throws IOException {
      body.close();
    }
  }
}
