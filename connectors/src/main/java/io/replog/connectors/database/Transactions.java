package io.replog.connectors.database;

import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Work that is done as a whole or not at all.
public interface Transactions {

  /// Works in one transaction, rolled back by any exception.
  ///
  /// @throws DatabaseOfflineException if the database is or goes away; it says whether that was
  ///   during the commit
  <T> T inTransaction(Function<JdbcClient, T> work);

  /// Works in a part of the transaction that is under way: an exception undoes that part alone.
  <T> T inSavepoint(Function<JdbcClient, T> work);
}
