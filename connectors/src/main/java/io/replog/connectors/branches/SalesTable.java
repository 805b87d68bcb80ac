package io.replog.connectors.branches;

import io.replog.connectors.database.Database;
import io.replog.connectors.sale.Sale;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;

/// The sales of a branch, as its own people see and change them.
final class SalesTable {

  private final Database database;

  SalesTable(Database database) {
    this.database = database;
  }

  /// Adds a sale, which from then on is to be sent.
  Sale add(NewSale wanted) {
    return database.inTransaction(
        jdbc -> {
          GeneratedKeyHolder key = new GeneratedKeyHolder();
          jdbc.sql(
                  "insert into sales ("
                      + Sale.COLUMNS
                      + ") values"
                      + " (:date, :region, :product, :quantity, :cost, :amount, :tax, :total)")
              .params(wanted.columns())
              .update(key, "id");
          return get(jdbc, Objects.requireNonNull(key.getKey()).longValue()).orElseThrow();
        });
  }

  /// Changes a sale; its version rises. Empty when there is none of this id.
  Optional<Sale> change(long id, NewSale wanted) {
    return database.inTransaction(
        jdbc -> {
          jdbc.sql(
                  "update sales set date = :date, region = :region, product = :product,"
                      + " quantity = :quantity, cost = :cost, amount = :amount, tax = :tax,"
                      + " total = :total where id = :id")
              .params(wanted.columns())
              .params(Map.of("id", id))
              .update();
          return get(jdbc, id);
        });
  }

  /// Empty when there is none of this id.
  Optional<Sale> find(long id) {
    return database.use(jdbc -> get(jdbc, id));
  }

  /// The newest first.
  List<Sale> newest(int limit) {
    return database.use(
        jdbc ->
            jdbc.sql(
                    "select id, version, "
                        + Sale.COLUMNS
                        + " from sales order by id desc limit :limit")
                .param("limit", limit)
                .query((row, _) -> Sale.of(row, "id"))
                .list());
  }

  long count() {
    return database.use(jdbc -> jdbc.sql("select count(*) from sales").query(Long.class).single());
  }

  private static Optional<Sale> get(JdbcClient jdbc, long id) {
    return jdbc.sql("select id, version, " + Sale.COLUMNS + " from sales where id = :id")
        .param("id", id)
        .query((row, _) -> Sale.of(row, "id"))
        .optional();
  }
}
