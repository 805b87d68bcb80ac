package io.replog.connectors.database;

import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/// Transactions and savepoints of JDBC. Every statement has a limit in time.
public final class JdbcTransactions implements Transactions {

  private static final int STATEMENT_SECONDS = 30;

  private final JdbcClient statements;
  private final JdbcTransactionManager manager;

  public JdbcTransactions(DataSource source) {
    JdbcTemplate template = new JdbcTemplate(source);
    template.setQueryTimeout(STATEMENT_SECONDS);
    this.statements = JdbcClient.create(template);
    this.manager = new JdbcTransactionManager(source);
  }

  /// For statements of which each is a transaction of its own.
  JdbcClient statements() {
    return statements;
  }

  @Override
  public <T> T inTransaction(Function<JdbcClient, T> work) {
    return run(TransactionDefinition.PROPAGATION_REQUIRED, work);
  }

  @Override
  public <T> T inSavepoint(Function<JdbcClient, T> work) {
    return run(TransactionDefinition.PROPAGATION_NESTED, work);
  }

  private <T> T run(int propagation, Function<JdbcClient, T> work) {
    TransactionTemplate transaction = new TransactionTemplate(manager);
    transaction.setPropagationBehavior(propagation);
    T result = transaction.execute(_ -> work.apply(statements));
    if (result == null) {
      throw new IllegalStateException("work in a transaction has a result");
    }
    return result;
  }
}
