package io.replog.connectors.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionSystemException;

/// One database. It may be away at the start and at any time later; its scheme is brought up to
/// date at the first contact. Safe for use by many threads.
public final class Database implements Transactions, AutoCloseable {

  private static final int MAX_CONNECTIONS = 4;
  private static final Duration CONNECTION_LIMIT = Duration.ofSeconds(3);
  private static final Duration TURN_LIMIT = Duration.ofMinutes(1);
  private static final Duration CONNECTION_LIFE = Duration.ofMinutes(10);
  private static final Duration CONNECTION_IDLE = Duration.ofMinutes(2);
  private static final int MAX_CAUSES = 16;

  private final String name;
  private final Scheme scheme;
  private final InstantSource clock;
  private final HikariDataSource pool;
  private final JdbcTransactions transactions;
  private final ReentrantLock migrating = new ReentrantLock();
  private volatile boolean upToDate;
  private volatile @Nullable Instant lastSeen;

  /// @param name for people: `branch lviv`
  /// @param migrations folder of the scheme, below which is one for each [Dialect]
  public Database(String name, DatabaseSettings settings, String migrations, InstantSource clock) {
    this.name = name;
    this.scheme = new Scheme(migrations, settings.dialect());
    this.clock = clock;
    this.pool = new HikariDataSource(config(name, settings));
    this.transactions = new JdbcTransactions(pool);
  }

  private static HikariConfig config(String name, DatabaseSettings settings) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setJdbcUrl(settings.dialect().safe(settings.url()));
    config.setUsername(settings.user());
    config.setPassword(settings.password());
    config.setDataSourceProperties(settings.dialect().driverProperties());
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    config.setMaximumPoolSize(MAX_CONNECTIONS);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(CONNECTION_LIMIT.toMillis());
    config.setValidationTimeout(Duration.ofSeconds(1).toMillis());
    config.setMaxLifetime(CONNECTION_LIFE.toMillis());
    config.setIdleTimeout(CONNECTION_IDLE.toMillis());
    config.setInitializationFailTimeout(-1);
    return config;
  }

  /// When it last answered, null when it never did.
  public @Nullable Instant lastSeen() {
    return lastSeen;
  }

  /// Works with statements of which each is a transaction of its own.
  ///
  /// @throws DatabaseOfflineException if the database is or goes away
  public <T> T use(Function<JdbcClient, T> work) {
    require();
    try {
      return work.apply(transactions.statements());
    } catch (RuntimeException failed) {
      throw named(failed);
    }
  }

  @Override
  public <T> T inTransaction(Function<JdbcClient, T> work) {
    AtomicBoolean committing = new AtomicBoolean();
    try {
      return use(
          _ ->
              transactions.inTransaction(
                  jdbc -> {
                    T result = work.apply(jdbc);
                    committing.set(true);
                    return result;
                  }));
    } catch (DatabaseOfflineException away) {
      throw committing.get() ? away.duringCommit() : away;
    }
  }

  @Override
  public <T> T inSavepoint(Function<JdbcClient, T> work) {
    return transactions.inSavepoint(work);
  }

  private void require() {
    try (Connection _ = pool.getConnection()) {
      lastSeen = clock.instant();
    } catch (SQLException away) {
      throw offline(away);
    }
    if (!upToDate) {
      migrateOnce();
    }
  }

  /// One thread does it; the others wait for it, a minute at most.
  private void migrateOnce() {
    if (!takesTurn()) {
      throw new DatabaseOfflineException(
          name + " is not ready (its scheme is being brought up to date)");
    }
    try {
      if (!upToDate) {
        scheme.bringUpToDate(pool);
        upToDate = true;
      }
    } catch (RuntimeException failed) {
      throw named(failed);
    } finally {
      migrating.unlock();
    }
  }

  private boolean takesTurn() {
    try {
      return migrating.tryLock(TURN_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private RuntimeException named(RuntimeException failed) {
    return causes(failed).anyMatch(Database::isLoss) ? offline(failed) : failed;
  }

  private DatabaseOfflineException offline(Exception failure) {
    String reason =
        causes(failure)
            .filter(SQLException.class::isInstance)
            .reduce((_, deeper) -> deeper)
            .map(Throwable::getMessage)
            .orElse("no connection");
    return new DatabaseOfflineException("%s is offline (%s)".formatted(name, reason), failure);
  }

  private static boolean isLoss(Throwable cause) {
    return isOfLostConnection(cause)
        || cause instanceof SQLTransientConnectionException
        || cause instanceof SQLNonTransientConnectionException
        || cause instanceof SQLRecoverableException
        || (cause instanceof SQLException failed
            && failed.getSQLState() != null
            && (failed.getSQLState().startsWith("08") || failed.getSQLState().startsWith("57P")));
  }

  /// A failed rollback hides why it was rolled back. Where that was the loss of the connection, the
  /// pool has closed it, and says so without a state.
  private static boolean isOfLostConnection(Throwable cause) {
    return cause instanceof TransactionSystemException
        && cause.getCause() instanceof SQLException closed
        && closed.getSQLState() == null;
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(MAX_CAUSES);
  }

  @Override
  public void close() {
    pool.close();
  }
}
