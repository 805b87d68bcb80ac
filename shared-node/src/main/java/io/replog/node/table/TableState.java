package io.replog.node.table;

import io.replog.model.Position;
import io.replog.table.Applied;
import io.replog.table.Table;
import io.replog.table.TableCodec;
import io.replog.table.Transaction;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// The table, and the entry that it stands at. One thread changes it, any thread looks at it; the
/// lock is held for work in memory only.
final class TableState {

  private Table table = new Table();

  /// Last entry that the table knows of.
  private volatile Position position = Position.START;

  /// Why the table cannot be made of this log, null when it can.
  private volatile @Nullable Trouble trouble;

  /// Why there is no table.
  ///
  /// @param reason a word for machines
  /// @param what one sentence for people
  record Trouble(String reason, String what) {}

  /// Begins with another table.
  synchronized void restart(Table other, Position at) {
    table = other;
    position = at;
    trouble = null;
  }

  synchronized void fail(Trouble why) {
    table = new Table();
    trouble = why;
  }

  /// Never waits.
  @Nullable Trouble trouble() {
    return trouble;
  }

  /// Never waits.
  Position position() {
    return position;
  }

  /// Carries out a transaction that stands at `at`.
  synchronized Applied apply(Position at, Transaction transaction) {
    Applied applied = table.apply(at.index(), transaction);
    position = at;
    return applied;
  }

  /// Everything up to `at` is no transaction.
  synchronized void advance(Position at) {
    position = at;
  }

  /// Lets nobody look between the first and the last change that `work` makes.
  synchronized void atOnce(Runnable work) {
    work.run();
  }

  /// Looks at the table as it stands at one entry.
  synchronized <T> T look(BiFunction<Table, Position, T> looking) {
    return looking.apply(table, position);
  }

  /// The whole table as bytes, and where it stands.
  synchronized Encoded encode() {
    return new Encoded(position, TableCodec.encode(table));
  }

  @SuppressWarnings("ArrayRecordComponent")
  record Encoded(Position position, byte[] bytes) {}
}
