package io.replog.connectors.sale;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// A sale as its branch has it. Whether the head office can use it is decided there: a field that a
/// branch left empty is null here.
///
/// JSON: `{"id":17,"version":1,"date":"2026-11-20","region":"West","product":"tea","quantity":3,
/// "cost":1.2000,"amount":3.6000,"tax":0.7200,"total":4.3200}`
///
/// @param id given by the branch, at least 1; never changes
/// @param version 1 when the sale was new; the branch's database raises it with every change
/// @param cost of one piece
/// @param amount of all of them
@JsonPropertyOrder({
  "id",
  "version",
  "date",
  "region",
  "product",
  "quantity",
  "cost",
  "amount",
  "tax",
  "total"
})
public record Sale(
    @JsonProperty("id") long id,
    @JsonProperty("version") long version,
    @JsonProperty("date") @Nullable LocalDate date,
    @JsonProperty("region") @Nullable String region,
    @JsonProperty("product") @Nullable String product,
    @JsonProperty("quantity") @Nullable Integer quantity,
    @JsonProperty("cost") @Nullable BigDecimal cost,
    @JsonProperty("amount") @Nullable BigDecimal amount,
    @JsonProperty("tax") @Nullable BigDecimal tax,
    @JsonProperty("total") @Nullable BigDecimal total) {

  /// Columns of every table of sales, in the order of the fields behind the version.
  public static final String COLUMNS = "date, region, product, quantity, cost, amount, tax, total";

  /// Reads [#COLUMNS] and the two before them.
  ///
  /// @param id name of the column that holds the id
  public static Sale of(ResultSet row, String id) throws SQLException {
    return new Sale(
        row.getLong(id),
        row.getLong("version"),
        row.getObject("date", LocalDate.class),
        row.getString("region"),
        row.getString("product"),
        row.getObject("quantity", Integer.class),
        row.getBigDecimal("cost"),
        row.getBigDecimal("amount"),
        row.getBigDecimal("tax"),
        row.getBigDecimal("total"));
  }
}
