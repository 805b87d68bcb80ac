package io.replog.connectors.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.connectors.ConnectorsApplication;
import io.replog.connectors.testing.Await;
import io.replog.connectors.testing.FakeLog;
import io.replog.connectors.testing.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `kill -9` of the connectors at moments by chance, while sales are added and changed and answers
/// of the log are lost; then both tables are compared row by row.
class KilledConnectorsTest {

  private static final int KILLS = 6;
  private static final int LONGEST_LIFE_MILLIS = 1_500;
  private static final String COLUMNS =
      "version, date, region, product, quantity, cost, amount, tax, total";

  @TempDir private Path folder;
  private final FakeLog log = new FakeLog();
  private final int port = Ports.free();
  private final Calls calls = new Calls(port);
  private final AtomicInteger acknowledged = new AtomicInteger();
  private final AtomicBoolean selling = new AtomicBoolean(true);
  private Process process;

  @AfterEach
  void end() {
    selling.set(false);
    if (process != null) {
      process.destroyForcibly();
    }
    log.close();
  }

  @Test
  void losesAndDoublesNothingWhateverIsKilledWhen() throws Exception {
    long seed = System.nanoTime();
    Random chance = new Random(seed);
    CompletableFuture<Void> seller =
        CompletableFuture.runAsync(() -> sell(new Random(seed)), Thread.ofVirtual()::start);
    for (int kill = 0; kill < KILLS; kill++) {
      start();
      Await.until(() -> acknowledged.get() > 0);
      log.dropAnswers(chance.nextInt(3));
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(chance.nextInt(LONGEST_LIFE_MILLIS)));
      kill();
    }
    start();
    selling.set(false);
    seller.join();
    log.dropAnswers(0);
    calls.awaitDatabases();

    JsonNode done = calls.post("/branches/lviv/sync", "", 200);

    assertThat(done.path("data").path("pending").asLong(-1)).isZero();
    stop();
    List<String> sold = rows("lviv", "select id, " + COLUMNS + " from sales order by id");
    List<String> held =
        rows(
            "head-office",
            "select original_sale_id, " + COLUMNS + " from sales order by original_sale_id");
    assertThat(held).as("seed %d", seed).isEqualTo(sold);
    assertThat(sold).hasSizeGreaterThanOrEqualTo(acknowledged.get()).isNotEmpty();
    assertThat(log.entries()).extracting(FakeLog.Held::key).doesNotHaveDuplicates();
  }

  private void sell(Random chance) {
    int number = 0;
    List<Long> sold = new ArrayList<>();
    while (selling.get()) {
      try {
        String sale =
            "{\"region\":\"West\",\"product\":\"tea %d\",\"quantity\":%d,\"cost\":1.25}"
                .formatted(number++, 1 + chance.nextInt(9));
        Optional<JsonNode> made = calls.sendIfReady("POST", "/branches/lviv/sales", sale, 201);
        if (made.isPresent()) {
          acknowledged.incrementAndGet();
          sold.add(made.get().path("data").path("id").asLong());
        }
        if (!sold.isEmpty() && chance.nextInt(3) == 0) {
          long one = sold.get(chance.nextInt(sold.size()));
          calls.sendIfReady("PUT", "/branches/lviv/sales/" + one, sale, 200);
        }
      } catch (UncheckedIOException killed) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
    }
  }

  private void start() throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    ProcessBuilder builder =
        new ProcessBuilder(
            java.toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            ConnectorsApplication.class.getName());
    builder.directory(folder.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "CONNECTORS_PORT",
                Integer.toString(port),
                "LOG_URL",
                log.url().toString(),
                "BRANCH_1_NAME",
                "lviv",
                "BRANCH_1_INTERVAL",
                "100ms",
                "BRANCH_1_URL",
                "jdbc:h2:" + folder.resolve("lviv"),
                "HEAD_OFFICE_INTERVAL",
                "100ms",
                "HEAD_OFFICE_URL",
                "jdbc:h2:" + folder.resolve("head-office")));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("output.log").toFile()));
    process = builder.start();
    Await.until(this::isReady);
  }

  private boolean isReady() {
    if (!process.isAlive()) {
      throw new AssertionError("it ended: " + output());
    }
    try {
      return calls.page("/readyz").statusCode() == 200;
    } catch (UncheckedIOException _) {
      return false;
    }
  }

  private String output() {
    try {
      return Files.readString(folder.resolve("output.log"));
    } catch (IOException failed) {
      return failed.toString();
    }
  }

  private void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  private void stop() throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(output()).doesNotContain("Exception");
  }

  private List<String> rows(String database, String query) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:h2:" + folder.resolve(database) + ";IFEXISTS=TRUE", "", "");
        ResultSet result = connection.createStatement().executeQuery(query)) {
      while (result.next()) {
        rows.add(row(result));
      }
    }
    return rows;
  }

  private static String row(ResultSet result) throws SQLException {
    StringBuilder row = new StringBuilder();
    for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
      row.append(result.getString(column)).append(' ');
    }
    return row.toString();
  }
}
