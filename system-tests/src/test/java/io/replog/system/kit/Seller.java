package io.replog.system.kit;

import io.replog.connectors.testing.DatabaseServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Somebody who sells in a branch, some fifty times a second, straight into its table: new sales,
/// corrections, two sales at once, and some that are taken back before their commit. Where the
/// server is away nothing is sold, and of the sale in the middle nobody knows.
public final class Seller implements AutoCloseable {

  private static final long PAUSE_MILLIS = 20;
  private static final int MOST_SALES = 50_000;

  private final DatabaseServer server;
  private final String url;
  private final Random random;
  private final ScheduledExecutorService selling = Executors.newSingleThreadScheduledExecutor();
  private final List<Long> ids = new ArrayList<>();
  private final List<String> committed = new ArrayList<>();
  private final List<String> takenBack = new ArrayList<>();
  private @Nullable Connection connection;
  private int number;

  /// @param url of the branch's database, in which the connectors make the table
  public Seller(DatabaseServer server, String url, Random random) {
    this.server = server;
    this.url = url;
    this.random = random;
  }

  public DatabaseServer server() {
    return server;
  }

  /// JDBC address of the branch.
  public String url() {
    return url;
  }

  public void begin() {
    selling.scheduleWithFixedDelay(this::trySelling, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  /// Waits until so many more sales are committed than now.
  public void awaitMore(int sales) {
    int goal = committed().size() + sales;
    TestCluster.await(goal + " sales in " + url, () -> committed().size() >= goal);
  }

  /// Products of sales whose commit the server has confirmed; each sale has a product of its own.
  public synchronized List<String> committed() {
    return List.copyOf(committed);
  }

  /// Products of sales that were rolled back.
  public synchronized List<String> takenBack() {
    return List.copyOf(takenBack);
  }

  private synchronized void trySelling() {
    if (number >= MOST_SALES) {
      return;
    }
    try {
      if (connection == null) {
        connection = server.connect(url);
        connection.setAutoCommit(false);
      }
      sell(connection);
    } catch (SQLException _) {
      // The server is away, or the connectors have not made the table yet.
      hangUp();
    }
  }

  private void sell(Connection open) throws SQLException {
    switch (random.nextInt(6)) {
      case 0 -> correct(open);
      case 1 -> {
        String product = add(open);
        open.rollback();
        ids.removeLast();
        takenBack.add(product);
      }
      case 2 -> {
        List<String> two = List.of(add(open), add(open));
        open.commit();
        committed.addAll(two);
      }
      default -> {
        String product = add(open);
        open.commit();
        committed.add(product);
      }
    }
  }

  private String add(Connection open) throws SQLException {
    String product = "tea " + ++number;
    try (PreparedStatement insert =
        open.prepareStatement(
            "insert into sales (date, region, product, quantity, cost, amount, tax, total)"
                + " values (current_date, 'West', ?, ?, 1.25, ?, 0.5, ?)",
            Statement.RETURN_GENERATED_KEYS)) {
      int quantity = random.nextInt(1, 10);
      insert.setString(1, product);
      setQuantity(insert, 2, quantity);
      insert.executeUpdate();
      try (ResultSet keys = insert.getGeneratedKeys()) {
        keys.next();
        ids.add(keys.getLong(1));
      }
      return product;
    }
  }

  private void correct(Connection open) throws SQLException {
    if (ids.isEmpty()) {
      return;
    }
    try (PreparedStatement update =
        open.prepareStatement(
            "update sales set quantity = ?, amount = ?, tax = 0.5, total = ? where id = ?")) {
      setQuantity(update, 1, random.nextInt(0, 10));
      update.setLong(4, ids.get(random.nextInt(ids.size())));
      update.executeUpdate();
    }
    open.commit();
  }

  private static void setQuantity(PreparedStatement statement, int first, int quantity)
      throws SQLException {
    statement.setInt(first, quantity);
    statement.setDouble(first + 1, quantity * 1.25);
    statement.setDouble(first + 2, quantity * 1.25 + 0.5);
  }

  private void hangUp() {
    try (Connection _ = connection) {
      connection = null;
    } catch (SQLException _) {
      // It is broken, which is why it is closed.
      connection = null;
    }
  }

  /// Sells nothing more; the sale in the middle is done.
  @Override
  public void close() {
    selling.shutdown();
    try {
      if (!selling.awaitTermination(TestCluster.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("the seller did not end: " + url);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
    hangUp();
  }
}
