package io.replog.connectors.headoffice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replog.connectors.database.Database;
import io.replog.connectors.headoffice.HeadOfficeReports.DeadLetter;
import io.replog.connectors.log.LogPage;
import io.replog.connectors.log.LogRecord;
import io.replog.connectors.testing.Kind;
import io.replog.connectors.work.HaltedException;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// How entries become rows, on every kind of database.
class HeadOfficeTablesTest {

  private Database database;
  private HeadOfficeTables tables;
  private HeadOfficeReports reports;

  @AfterEach
  void close() {
    if (database != null) {
      database.close();
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void keepsEverySaleOfEveryBranchAndWhereItIs(Kind kind) {
    open(kind);

    apply(sale(1, "lviv", 1, 1, "tea"), sale(2, "kyiv", 1, 1, "tea"), other(3));

    assertThat(rows()).containsExactlyInAnyOrder("kyiv 1 v1 tea #2", "lviv 1 v1 tea #1");
    assertThat(tables.position()).isEqualTo(new Position("log-1", 3));
    assertThat(reports.deadLetters()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void takesNewerVersionAndLeavesOlderOneAlone(Kind kind) {
    open(kind);

    apply(
        sale(1, "lviv", 1, 1, "tea"),
        sale(2, "lviv", 1, 3, "black tea"),
        sale(3, "lviv", 1, 2, "green tea"),
        sale(4, "lviv", 1, 3, "black tea"));

    assertThat(rows()).containsExactly("lviv 1 v3 black tea #2");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void tellsBranchesApartByTheLettersOfTheirNames(Kind kind) {
    open(kind);

    apply(sale(1, "lviv", 1, 1, "tea"), sale(2, "Lviv", 1, 1, "coffee"));

    assertThat(reports.sales()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void putsWhatCannotBeAppliedAsideAndGoesOn(Kind kind) {
    open(kind);

    apply(
        sale(1, "lviv", 1, 1, "tea"),
        changed(sale(2, "lviv", 2, 1, "tea"), "\"total\":3.6000", "\"total\":3.7000"),
        changed(sale(3, "lviv", 3, 1, "tea"), "\"product\":\"tea\",", ""),
        changed(sale(4, "lviv", 4, 1, "tea"), "\"cost\":1.2000", "\"cost\":1.20001"),
        sale(5, "lviv", 5, 1, "x".repeat(256)),
        changed(sale(6, "lviv", 6, 1, "tea"), "\"cost\":1.2000", "\"cost\":12345678901234567.0000"),
        changed(sale(7, "lviv", 7, 1, "tea"), "{", "\0{"),
        sale(8, "lviv", 8, 1, "coffee"));

    assertThat(rows()).containsExactlyInAnyOrder("lviv 1 v1 tea #1", "lviv 8 v1 coffee #8");
    assertThat(reports.deadLetters(10))
        .extracting(DeadLetter::logIndex)
        .containsExactly(7L, 6L, 5L, 4L, 3L, 2L);
    assertThat(reports.deadLetters(10)).allMatch(letter -> !letter.reason().isBlank());
    assertThat(reports.deadLetters(10).get(4).reason()).isEqualTo("product is missing");
    assertThat(reports.deadLettersOf("lviv")).isEqualTo(6);
    assertThat(reports.deadLettersOf("lvi")).isZero();
    assertThat(tables.position().appliedIndex()).isEqualTo(8);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void appliesPageOnceThoughTwoBringIt(Kind kind) {
    open(kind);
    LogPage page = page("log-1", sale(1, "lviv", 1, 1, "tea"));

    assertThat(tables.apply(page)).isTrue();
    assertThat(tables.apply(page)).isFalse();

    assertThat(tables.position().appliedIndex()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void refusesAnotherLogAndOneThatLostItsEnd(Kind kind) {
    open(kind);
    apply(sale(1, "lviv", 1, 1, "tea"), sale(2, "lviv", 2, 1, "tea"));

    assertThatThrownBy(() -> tables.apply(page("log-2", sale(3, "lviv", 3, 1, "tea"))))
        .isInstanceOf(HaltedException.class)
        .hasMessageContainingAll("log log-1 up to #2", "leads to log log-2", "HEAD_OFFICE_URL");
    assertThatThrownBy(() -> tables.position().require(new LogPage("log-1", 1, List.of())))
        .isInstanceOf(HaltedException.class)
        .hasMessageContainingAll("up to #2", "only up to #1");

    assertThat(reports.sales()).isEqualTo(2);
    assertThat(tables.position()).isEqualTo(new Position("log-1", 2));
  }

  private void open(Kind kind) {
    database =
        new Database("the head office", kind.newDatabase(), "headoffice", InstantSource.system());
    tables = new HeadOfficeTables(database, Records.JSON);
    reports = new HeadOfficeReports(database);
  }

  private void apply(LogRecord... records) {
    assertThat(tables.apply(page("log-1", records))).isTrue();
  }

  private List<String> rows() {
    return Stream.of("kyiv", "lviv")
        .flatMap(branch -> reports.newest(branch, 100).stream())
        .map(
            held ->
                "%s %d v%d %s #%d"
                    .formatted(
                        held.branch(),
                        held.sale().id(),
                        held.sale().version(),
                        held.sale().product(),
                        held.logIndex()))
        .toList();
  }

  private static LogPage page(String log, LogRecord... records) {
    return Records.page(log, records);
  }

  private static LogRecord sale(long index, String branch, long id, long version, String product) {
    return Records.sale(index, branch, id, version, product);
  }

  private static LogRecord other(long index) {
    return new LogRecord(index, 1, "t", null, "a message of others");
  }

  private static LogRecord changed(LogRecord record, String what, String into) {
    assertThat(record.text()).contains(what);
    return new LogRecord(record.index(), 1, "t", record.key(), record.text().replace(what, into));
  }
}
