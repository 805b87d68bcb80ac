package io.replog.connectors.branches;

import io.replog.connectors.database.Database;
import io.replog.connectors.database.DatabaseOfflineException;
import io.replog.connectors.work.WorkState;
import io.replog.connectors.work.WorkView;
import io.replog.connectors.work.Worker;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// One branch: its sales, what of them is still to be sent, and the worker that sends it.
final class Branch implements AutoCloseable {

  private final String name;
  private final Database database;
  private final Line line;
  private final SalesTable sales;
  private final Outbox outbox;
  private final Worker worker;

  Branch(String name, Database database, Line line, Outbox outbox, Worker worker) {
    this.name = name;
    this.database = database;
    this.line = line;
    this.sales = new SalesTable(database);
    this.outbox = outbox;
    this.worker = worker;
  }

  String name() {
    return name;
  }

  Line line() {
    return line;
  }

  SalesTable sales() {
    return sales;
  }

  Worker worker() {
    return worker;
  }

  /// What is known now. While the branch is away its numbers are unknown, and not guessed.
  BranchView view() {
    WorkView work = worker.view();
    Numbers numbers = isAway(work) ? null : numbers();
    return new BranchView(
        name,
        work,
        numbers == null ? null : numbers.pending(),
        numbers == null ? null : numbers.refused(),
        numbers == null ? null : numbers.sales(),
        database.lastSeen(),
        line.isUp());
  }

  /// Sales that are still to be sent; empty while the branch is away.
  OptionalDouble pending() {
    return asked(outbox::pending);
  }

  /// Sales that the log will not take as they are; empty while the branch is away.
  OptionalDouble refused() {
    return asked(outbox::refused);
  }

  /// Highest index of its sales in the log, asked of its database.
  ///
  /// @throws DatabaseOfflineException if that is away
  long lastSentIndex() {
    return outbox.sent().lastIndex();
  }

  /// As [#refused], asked of its database.
  ///
  /// @throws DatabaseOfflineException if that is away
  long refusedNow() {
    return outbox.refused();
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

  /// Asking a database that does not answer takes seconds, so it is left to the worker.
  private boolean isAway(WorkView work) {
    return !line.isUp() || (work.state() == WorkState.OFFLINE && work.automatic());
  }

  private @Nullable Numbers numbers() {
    try {
      return new Numbers(outbox.pending(), outbox.refused(), sales.count());
    } catch (DatabaseOfflineException _) {
      return null;
    }
  }

  private record Numbers(long pending, long refused, long sales) {}

  @Override
  public void close() {
    worker.close();
    database.close();
  }
}
