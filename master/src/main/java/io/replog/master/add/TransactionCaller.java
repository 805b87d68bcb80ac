package io.replog.master.add;

import io.replog.node.table.NodeTable;
import org.jspecify.annotations.Nullable;

/// Whoever waits for a transaction, and so for what it reads: that is kept until he has it, however
/// long other nodes take.
final class TransactionCaller implements Caller, AutoCloseable {

  private final Caller connection;
  private final NodeTable table;

  /// Where it stands, 0 before that is known.
  private volatile long index;

  TransactionCaller(Caller connection, NodeTable table) {
    this.connection = connection;
    this.table = table;
  }

  @Override
  public @Nullable String traceparent() {
    return connection.traceparent();
  }

  @Override
  public boolean isGone() {
    return connection.isGone();
  }

  @Override
  public void appended(long at) {
    index = at;
    table.expect(at);
  }

  @Override
  public void close() {
    if (index > 0) {
      table.forget(index);
    }
  }
}
