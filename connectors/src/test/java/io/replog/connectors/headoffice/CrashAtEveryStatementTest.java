package io.replog.connectors.headoffice;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.connectors.database.JdbcTransactions;
import io.replog.connectors.database.Transactions;
import io.replog.connectors.log.LogPage;
import io.replog.connectors.log.LogRecord;
import io.replog.connectors.testing.CrashingSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The connection breaks at each statement in turn, once for each run, as if the process or the
/// database had been killed there; then all goes on from what was committed.
class CrashAtEveryStatementTest {

  private static final int PAGE = 3;
  private static final List<LogRecord> LOG =
      List.of(
          Records.sale(1, "lviv", 1, 1, "tea"),
          Records.sale(2, "lviv", 2, 1, "coffee"),
          new LogRecord(3, 1, "t", null, "a message of others"),
          Records.sale(4, "lviv", 1, 2, "green tea"),
          new LogRecord(5, 1, "t", "sale/lviv/9/1", "no sale"),
          Records.sale(6, "kyiv", 1, 1, "milk"),
          Records.sale(7, "lviv", 2, 2, "espresso"));
  private static final List<String> EXPECTED =
      List.of(
          "sale kyiv 1 v1 milk #6",
          "sale lviv 1 v2 green tea #4",
          "sale lviv 2 v2 espresso #7",
          "dead #5",
          "position log-1 7");

  @Test
  void appliesEachEntryExactlyOnce() {
    List<Integer> wrong = crashPointsThatEndWrong(JdbcTransactions::new);

    assertThat(wrong).isEmpty();
  }

  /// The negative control: the same without the transaction around rows and position.
  @Test
  void noticesThatPositionIsWrittenOutsideTheTransaction() {
    List<Integer> wrong = crashPointsThatEndWrong(WithoutTransaction::new);

    assertThat(wrong).isNotEmpty();
  }

  private static List<Integer> crashPointsThatEndWrong(
      Function<DataSource, Transactions> transactions) {
    List<Integer> wrong = new ArrayList<>();
    int statement = 1;
    boolean crashed = true;
    while (crashed) {
      JdbcDataSource database = newDatabase();
      CrashingSource crashing = new CrashingSource(database, statement);
      crashed = runUntilCrash(new HeadOfficeTables(transactions.apply(crashing), Records.JSON));
      catchUp(new HeadOfficeTables(transactions.apply(database), Records.JSON));
      if (!state(database).equals(EXPECTED)) {
        wrong.add(statement);
      }
      statement++;
    }
    assertThat(statement).as("statements of a whole run").isGreaterThan(20);
    return wrong;
  }

  private static boolean runUntilCrash(HeadOfficeTables tables) {
    try {
      catchUp(tables);
      return false;
    } catch (RuntimeException crash) {
      assertThat(crash).hasStackTraceContaining(CrashingSource.CRASH);
      return true;
    }
  }

  private static void catchUp(HeadOfficeTables tables) {
    Position position = tables.position();
    while (position.appliedIndex() < LOG.size()) {
      int from = (int) position.appliedIndex();
      List<LogRecord> records = LOG.subList(from, Math.min(LOG.size(), from + PAGE));
      tables.apply(new LogPage("log-1", LOG.size(), records));
      position = tables.position();
    }
  }

  private static JdbcDataSource newDatabase() {
    JdbcDataSource database = new JdbcDataSource();
    database.setURL("jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(UUID.randomUUID()));
    Flyway.configure()
        .dataSource(database)
        .locations("classpath:db/headoffice/h2")
        .load()
        .migrate();
    return database;
  }

  private static List<String> state(DataSource database) {
    JdbcClient jdbc = JdbcClient.create(database);
    List<String> state = new ArrayList<>();
    state.addAll(
        jdbc.sql(
                "select concat('sale ', source_branch, ' ', original_sale_id, ' v', version, ' ',"
                    + " product, ' #', log_index) from sales order by source_branch,"
                    + " original_sale_id")
            .query(String.class)
            .list());
    state.addAll(
        jdbc.sql("select concat('dead #', log_index) from dead_letters order by log_index")
            .query(String.class)
            .list());
    state.addAll(
        jdbc.sql("select concat('position ', log_id, ' ', applied_index) from log_position")
            .query(String.class)
            .list());
    return state;
  }

  private record WithoutTransaction(DataSource source) implements Transactions {

    @Override
    public <T> T inTransaction(Function<JdbcClient, T> work) {
      return work.apply(JdbcClient.create(source));
    }

    @Override
    public <T> T inSavepoint(Function<JdbcClient, T> work) {
      return work.apply(JdbcClient.create(source));
    }
  }
}
