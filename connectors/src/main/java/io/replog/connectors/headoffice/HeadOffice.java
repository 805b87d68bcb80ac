package io.replog.connectors.headoffice;

import io.replog.connectors.database.Database;
import io.replog.connectors.database.DatabaseOfflineException;
import io.replog.connectors.work.WorkState;
import io.replog.connectors.work.WorkView;
import io.replog.connectors.work.Worker;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The head office: its tables and the worker that brings them up to date.
public final class HeadOffice implements AutoCloseable {

  /// As lines and metrics call it.
  static final String NAME = "the head office";

  private final Database database;
  private final HeadOfficeTables tables;
  private final HeadOfficeReports reports;
  private final TakeSales pass;
  private final Worker worker;

  HeadOffice(Database database, HeadOfficeTables tables, TakeSales pass, Worker worker) {
    this.database = database;
    this.tables = tables;
    this.reports = new HeadOfficeReports(database);
    this.pass = pass;
    this.worker = worker;
  }

  /// To be called once.
  public void begin() {
    worker.begin();
  }

  /// Takes what is in the log now.
  ///
  /// @return completes when it has, exceptionally if it could not
  public CompletableFuture<Void> now() {
    return worker.now();
  }

  /// Up to where it holds the log, asked of its tables.
  ///
  /// @throws DatabaseOfflineException if they are away
  public long heldIndex() {
    return tables.position().appliedIndex();
  }

  /// How many versions of sales of this branch were put aside so far.
  ///
  /// @throws DatabaseOfflineException if its database is away
  public long deadLettersOf(String branch) {
    return reports.deadLettersOf(branch);
  }

  HeadOfficeReports reports() {
    return reports;
  }

  Worker worker() {
    return worker;
  }

  /// Up to where it holds the log; empty while its database is away.
  OptionalDouble appliedIndex() {
    return asked(() -> tables.position().appliedIndex());
  }

  /// Entries that were put aside; empty while its database is away.
  OptionalDouble deadLetters() {
    return asked(reports::deadLetters);
  }

  private OptionalDouble asked(LongSupplier number) {
    if (isAway(worker.view())) {
      return OptionalDouble.empty();
    }
    try {
      return OptionalDouble.of(number.getAsLong());
    } catch (DatabaseOfflineException _) {
      return OptionalDouble.empty();
    }
  }

  private static boolean isAway(WorkView work) {
    return work.state() == WorkState.OFFLINE;
  }

  public HeadOfficeView view() {
    WorkView work = worker.view();
    Numbers numbers = isAway(work) ? null : numbers();
    return new HeadOfficeView(
        work,
        numbers == null ? null : numbers.position().logId(),
        numbers == null ? null : numbers.position().appliedIndex(),
        pass.lastIndex(),
        numbers == null ? null : numbers.sales(),
        numbers == null ? null : numbers.deadLetters(),
        database.lastSeen());
  }

  private @Nullable Numbers numbers() {
    try {
      return new Numbers(tables.position(), reports.sales(), reports.deadLetters());
    } catch (DatabaseOfflineException _) {
      return null;
    }
  }

  private record Numbers(Position position, long sales, long deadLetters) {}

  @Override
  public void close() {
    worker.close();
    database.close();
  }
}
