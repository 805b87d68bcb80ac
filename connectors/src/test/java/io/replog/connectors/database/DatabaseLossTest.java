package io.replog.connectors.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.replog.connectors.testing.Await;
import io.replog.connectors.testing.DatabaseServer;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A real server that is killed while work with it is under way: whoever waits is told that the
/// database is offline, and not that something unexpected happened.
class DatabaseLossTest {

  private static final String SALE =
      "insert into sales (date, region, product, quantity, cost, amount, tax, total)"
          + " values ('2026-11-22', 'West', 'tea', 1, 1, 1, 1, 1)";

  private DatabaseServer server;
  private Database database;

  @AfterEach
  void close() {
    if (database != null) {
      database.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void saysSoWithinTransaction(Server kind) {
    open(kind);

    assertThat(
            lossOf(
                jdbc -> {
                  sell(jdbc);
                  server.kill();
                  sell(jdbc);
                }))
        .matches(loss -> !loss.isDuringCommit());

    server.start();
    Await.until(this::isBack);
    assertThat(sales()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void saysSoAtCommit(Server kind) {
    open(kind);

    assertThat(
            lossOf(
                jdbc -> {
                  sell(jdbc);
                  server.kill();
                }))
        .matches(DatabaseOfflineException::isDuringCommit);
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void saysSoWithinSavepoint(Server kind) {
    open(kind);

    assertThat(
            lossOf(
                jdbc ->
                    database.inSavepoint(
                        inner -> {
                          sell(inner);
                          server.kill();
                          return sell(inner);
                        })))
        .matches(loss -> !loss.isDuringCommit());
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void saysSoBetweenStatements(Server kind) {
    open(kind);

    assertThatThrownBy(
            () ->
                database.use(
                    jdbc -> {
                      sell(jdbc);
                      server.kill();
                      return sell(jdbc);
                    }))
        .isInstanceOf(DatabaseOfflineException.class)
        .hasMessageStartingWith("branch lviv is offline (");
  }

  /// As after a deadlock, which takes the savepoints with it.
  @ParameterizedTest
  @EnumSource(Server.class)
  void takesRollbackThatFailsForNoLoss(Server kind) {
    open(kind);

    assertThatThrownBy(
            () ->
                database.inTransaction(
                    jdbc ->
                        database.inSavepoint(
                            inner -> {
                              inner.sql("rollback").update();
                              throw new IllegalStateException("of the work");
                            })))
        .isNotInstanceOf(DatabaseOfflineException.class);
    assertThat(sales()).isZero();
  }

  private DatabaseOfflineException lossOf(Consumer<JdbcClient> work) {
    DatabaseOfflineException loss =
        catchThrowableOfType(
            DatabaseOfflineException.class,
            () ->
                database.inTransaction(
                    jdbc -> {
                      work.accept(jdbc);
                      return "done";
                    }));
    assertThat(loss).hasMessageStartingWith("branch lviv is offline (");
    return loss;
  }

  private void open(Server kind) {
    server = kind.starting.get();
    DatabaseSettings settings = new DatabaseSettings(server.newDatabase(), server.user(), "");
    database = new Database("branch lviv", settings, "branch", InstantSource.system());
    assertThat(sales()).isZero();
  }

  private long sales() {
    return database.use(jdbc -> jdbc.sql("select count(*) from sales").query(Long.class).single());
  }

  /// The pool tries again with growing pauses.
  private boolean isBack() {
    try {
      return sales() >= 0;
    } catch (DatabaseOfflineException _) {
      return false;
    }
  }

  private static int sell(JdbcClient jdbc) {
    return jdbc.sql(SALE).update();
  }

  enum Server {
    MARIADB(DatabaseServer::mariadb),
    POSTGRESQL(DatabaseServer::postgresql);

    private final Supplier<DatabaseServer> starting;

    Server(Supplier<DatabaseServer> starting) {
      this.starting = starting;
    }
  }
}
