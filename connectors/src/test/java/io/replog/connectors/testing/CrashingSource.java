package io.replog.connectors.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/// Connections that break for good at the given step, counted over all of them: a statement that is
/// executed, or a commit. What was not committed is undone.
public final class CrashingSource extends DelegatingDataSource {

  public static final String CRASH = "the connection broke, as the test has it";

  private final AtomicInteger left;

  /// @param step the first one is 1
  public CrashingSource(DataSource target, int step) {
    super(target);
    this.left = new AtomicInteger(step);
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection real = super.getConnection();
    return proxy(
        Connection.class,
        real,
        result -> result instanceof PreparedStatement made ? statement(real, made) : result,
        real);
  }

  private PreparedStatement statement(Connection real, PreparedStatement made) {
    return proxy(PreparedStatement.class, made, result -> result, real);
  }

  private interface Wrapping {
    Object wrap(Object result);
  }

  private <T> T proxy(Class<T> type, T target, Wrapping wrapping, Connection real) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              if (isStep(method.getName()) && left.decrementAndGet() <= 0) {
                crash(real);
              }
              if (left.get() <= 0) {
                return afterwards(method.getReturnType());
              }
              try {
                return wrapping.wrap(method.invoke(target, arguments));
              } catch (InvocationTargetException failed) {
                throw failed.getCause();
              }
            }));
  }

  private static boolean isStep(String method) {
    return method.startsWith("execute") || method.equals("commit");
  }

  /// What is done behind a crash has no effect, and complains about nothing more.
  private static Object afterwards(Class<?> type) {
    if (type == boolean.class) {
      return false;
    }
    return type == int.class ? 0 : null;
  }

  private static void crash(Connection real) throws SQLException {
    if (!real.isClosed()) {
      if (!real.getAutoCommit()) {
        real.rollback();
      }
      real.close();
    }
    throw new SQLException(CRASH, "08006");
  }
}
