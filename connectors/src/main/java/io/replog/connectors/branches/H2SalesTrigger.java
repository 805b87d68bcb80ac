package io.replog.connectors.branches;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.h2.tools.TriggerAdapter;
import org.jspecify.annotations.Nullable;

/// What the triggers of the other databases say in their own language: before a change the version
/// rises, behind it the sale is noted in the outbox; a sale is never deleted, and keeps its id.
/// Made by H2, by its name in the scheme.
public final class H2SalesTrigger extends TriggerAdapter {

  @Override
  public void fire(Connection connection, @Nullable ResultSet old, @Nullable ResultSet changed)
      throws SQLException {
    if (changed == null) {
      throw new SQLException("a sale is corrected, not deleted: set its quantity to 0");
    }
    if (before && old != null) {
      raiseVersion(old, changed);
    } else {
      note(connection, changed.getLong("id"));
    }
  }

  private static void raiseVersion(ResultSet old, ResultSet changed) throws SQLException {
    if (old.getLong("id") != changed.getLong("id")) {
      throw new SQLException("a sale keeps its id");
    }
    changed.updateLong("version", old.getLong("version") + 1);
  }

  private static void note(Connection connection, long sale) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("insert into sales_outbox (sale_id) values (?)")) {
      insert.setLong(1, sale);
      insert.executeUpdate();
    }
  }
}
