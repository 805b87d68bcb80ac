package io.replog.connectors.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/// Connections that break for good at the given step, counted over all of them: a statement that is
/// executed, or a commit. What was not committed is undone, and there are no new ones.
public final class CrashingSource extends DelegatingDataSource {

  public static final String CRASH = "the connection broke, as the test has it";

  private static final String CONNECTION_LOST = "08006";

  private final AtomicInteger left;
  private final boolean questionsCount;
  private final Queue<Connection> open = new ConcurrentLinkedQueue<>();

  /// @param step the first one is 1
  public CrashingSource(DataSource target, int step) {
    this(target, step, true);
  }

  private CrashingSource(DataSource target, int step, boolean questionsCount) {
    super(target);
    this.left = new AtomicInteger(step);
    this.questionsCount = questionsCount;
  }

  /// One that counts what may leave something behind: not a mere question.
  ///
  /// @param step the first one is 1
  public static CrashingSource atChange(DataSource target, int step) {
    return new CrashingSource(target, step, false);
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (left.get() <= 0) {
      throw new SQLException(CRASH, CONNECTION_LOST);
    }
    Connection real = super.getConnection();
    open.add(real);
    return proxy(Connection.class, real, "", this::wrapped);
  }

  private Object wrapped(Object result, String sql) {
    return switch (result) {
      case PreparedStatement made -> proxy(PreparedStatement.class, made, sql, (each, _) -> each);
      case Statement made -> proxy(Statement.class, made, sql, (each, _) -> each);
      case null, default -> result;
    };
  }

  private interface Wrapping {
    Object wrap(Object result, String sql);
  }

  private <T> T proxy(Class<T> type, T target, String prepared, Wrapping wrapping) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              String sql =
                  arguments != null && arguments.length > 0 && arguments[0] instanceof String given
                      ? given
                      : prepared;
              if (isStep(method.getName(), sql) && left.decrementAndGet() <= 0) {
                crash();
              }
              if (left.get() <= 0) {
                return afterwards(method.getReturnType());
              }
              try {
                return wrapping.wrap(method.invoke(target, arguments), sql);
              } catch (InvocationTargetException failed) {
                throw failed.getCause();
              }
            }));
  }

  private boolean isStep(String method, String sql) {
    boolean question = sql.strip().matches("(?is)(select|show|set)\\b.*");
    return method.equals("commit")
        || (method.startsWith("execute") && (questionsCount || !question));
  }

  /// What is done behind a crash has no effect, and complains about nothing more.
  private static Object afterwards(Class<?> type) {
    if (type == boolean.class) {
      return false;
    }
    return type == int.class ? 0 : null;
  }

  private void crash() throws SQLException {
    for (Connection real : open) {
      if (!real.isClosed()) {
        end(real);
      }
    }
    throw new SQLException(CRASH, CONNECTION_LOST);
  }

  private static void end(Connection real) throws SQLException {
    if (!real.getAutoCommit()) {
      real.rollback();
    }
    real.close();
  }
}
