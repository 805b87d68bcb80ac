package io.replog.connectors.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replog.connectors.testing.CrashingSource;
import io.replog.connectors.testing.Kind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/// What the first contact with a database leaves behind, wherever it breaks off.
class SchemeTest {

  private static final String SALE =
      "insert into sales (date, region, product, quantity, cost, amount, tax, total) values"
          + " ('2026-11-20', 'West', 'tea', 1, 1, 1, 0, 1)";

  @ParameterizedTest
  @EnumSource(Kind.class)
  void beginsAgainWhereverFirstContactWithBranchBrokeOff(Kind kind) {
    boolean crashed = true;
    int step = 1;
    for (; crashed; step++) {
      DatabaseSettings settings = kind.newDatabase();
      DataSource source = source(settings);
      withTwoSales(kind, source);
      Scheme scheme = new Scheme("branch", settings.dialect());

      crashed = isBrokenOff(scheme, CrashingSource.atChange(source, step));
      scheme.bringUpToDate(source);

      requireBranch(JdbcClient.create(source), "broken off at step " + step);
    }
    assertThat(step).as("steps of a whole run").isGreaterThan(10);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void beginsAgainWhereverFirstContactWithHeadOfficeBrokeOff(Kind kind) {
    boolean crashed = true;
    for (int step = 1; crashed; step++) {
      DatabaseSettings settings = kind.newDatabase();
      DataSource source = source(settings);
      Scheme scheme = new Scheme("headoffice", settings.dialect());

      crashed = isBrokenOff(scheme, CrashingSource.atChange(source, step));
      scheme.bringUpToDate(source);

      assertThat(count(JdbcClient.create(source), "log_position where applied_index = 0"))
          .as("broken off at step " + step)
          .isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void goesOnBehindScriptThatFailed(Kind kind) {
    DatabaseSettings settings = kind.newDatabase();
    DataSource source = source(settings);
    JdbcClient jdbc = JdbcClient.create(source);
    Scheme scheme = new Scheme("branch", settings.dialect());
    jdbc.sql("create table sales (no_id int)").update();
    assertThatThrownBy(() -> scheme.bringUpToDate(source)).isInstanceOf(FlywayException.class);
    jdbc.sql("drop table sales").update();

    scheme.bringUpToDate(source);

    jdbc.sql(SALE).update();
    assertThat(count(jdbc, "sales_outbox")).isEqualTo(1);
  }

  @Test
  void keepsRefusingBranchAsHeadOffice() {
    DatabaseSettings settings = Kind.H2.newDatabase();
    DataSource source = source(settings);
    new Scheme("branch", settings.dialect()).bringUpToDate(source);
    Scheme headOffice = new Scheme("headoffice", settings.dialect());

    assertThatThrownBy(() -> headOffice.bringUpToDate(source)).isInstanceOf(FlywayException.class);
  }

  /// As processes do that serve the same database, each on connections of its own.
  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "POSTGRESQL"})
  void isMadeOnceWhereManyBeginAtOnce(Kind kind) {
    for (int round = 0; round < 5; round++) {
      DatabaseSettings settings = kind.newDatabase();
      Scheme scheme = new Scheme("branch", settings.dialect());
      List<CompletableFuture<Void>> all =
          Stream.generate(
                  () ->
                      CompletableFuture.runAsync(
                          () -> scheme.bringUpToDate(source(settings)), Thread.ofVirtual()::start))
              .limit(4)
              .toList();

      assertThat(all).allSatisfy(one -> assertThat(one).succeedsWithin(Duration.ofMinutes(2)));
      JdbcClient jdbc = JdbcClient.create(source(settings));
      jdbc.sql(SALE).update();
      assertThat(count(jdbc, "sales_outbox")).isEqualTo(1);
    }
  }

  /// As the threads of one process do. H2 has nothing else.
  @ParameterizedTest
  @EnumSource(Kind.class)
  void isMadeOnceWhereManyThreadsBeginAtOnce(Kind kind) {
    for (int round = 0; round < 10; round++) {
      try (Database database =
          new Database("branch lviv", kind.newDatabase(), "branch", InstantSource.system())) {
        List<CompletableFuture<Integer>> all =
            Stream.generate(
                    () ->
                        CompletableFuture.supplyAsync(
                            () -> database.use(jdbc -> jdbc.sql(SALE).update()),
                            Thread.ofVirtual()::start))
                .limit(4)
                .toList();

        assertThat(all).allSatisfy(one -> assertThat(one).succeedsWithin(Duration.ofMinutes(2)));
        assertThat(database.<Long>use(jdbc -> count(jdbc, "sales_outbox"))).isEqualTo(4);
      }
    }
  }

  private static boolean isBrokenOff(Scheme scheme, CrashingSource crashing) {
    try {
      scheme.bringUpToDate(crashing);
      return false;
    } catch (RuntimeException _) {
      return true;
    }
  }

  private static void withTwoSales(Kind kind, DataSource source) {
    JdbcClient jdbc = JdbcClient.create(source);
    String id =
        kind == Kind.MARIADB ? "bigint auto_increment" : "bigint generated by default as identity";
    jdbc.sql(
            "create table sales (id "
                + id
                + " primary key, date date, region varchar(100), product varchar(100), quantity"
                + " int, cost decimal(10, 2), amount decimal(10, 2), tax decimal(10, 2), total"
                + " decimal(10, 2))")
        .update();
    jdbc.sql(SALE).update();
    jdbc.sql(SALE).update();
  }

  private static void requireBranch(JdbcClient jdbc, String when) {
    assertThat(count(jdbc, "sales_outbox")).as(when).isEqualTo(2);
    jdbc.sql(SALE).update();
    jdbc.sql("update sales set product = 'coffee' where id = 1").update();
    assertThat(count(jdbc, "sales_outbox")).as(when).isEqualTo(4);
    assertThat(count(jdbc, "sales where version = 2")).as(when).isEqualTo(1);
    assertThatThrownBy(() -> jdbc.sql("delete from sales").update())
        .as(when)
        .hasStackTraceContaining("corrected, not deleted");
  }

  private static long count(JdbcClient jdbc, String rows) {
    return jdbc.sql("select count(*) from " + rows).query(Long.class).single();
  }

  private static DataSource source(DatabaseSettings settings) {
    return new DriverManagerDataSource(settings.url(), settings.user(), settings.password());
  }
}
