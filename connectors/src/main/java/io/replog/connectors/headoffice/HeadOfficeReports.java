package io.replog.connectors.headoffice;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.replog.connectors.database.Database;
import io.replog.connectors.sale.Sale;
import io.replog.connectors.sale.SaleEntry;
import java.util.List;

/// What the head office shows of its tables.
final class HeadOfficeReports {

  private final Database database;

  HeadOfficeReports(Database database) {
    this.database = database;
  }

  /// A sale and whose it is.
  ///
  /// JSON: `{"branch":"lviv","log_index":7,"id":17,"version":2,…}`
  ///
  /// @param logIndex of the entry that brought this version
  @JsonPropertyOrder({"branch", "log_index"})
  record HeldSale(
      @JsonProperty("branch") String branch,
      @JsonProperty("log_index") long logIndex,
      @JsonUnwrapped Sale sale) {}

  /// An entry that could not be applied.
  ///
  /// @param reason why, for people
  @JsonPropertyOrder({"log_index", "log_key", "reason", "text"})
  record DeadLetter(
      @JsonProperty("log_index") long logIndex,
      @JsonProperty("log_key") String logKey,
      @JsonProperty("reason") String reason,
      @JsonProperty("text") String text) {}

  /// The newest sales of a branch first, by their ids.
  List<HeldSale> newest(String branch, int limit) {
    return database.use(
        jdbc ->
            jdbc.sql(
                    "select source_branch, log_index, original_sale_id, version, "
                        + Sale.COLUMNS
                        + " from sales where source_branch = :branch"
                        + " order by original_sale_id desc limit :limit")
                .param("branch", branch)
                .param("limit", limit)
                .query(
                    (row, _) ->
                        new HeldSale(
                            row.getString("source_branch"),
                            row.getLong("log_index"),
                            Sale.of(row, "original_sale_id")))
                .list());
  }

  /// The newest first.
  List<DeadLetter> deadLetters(int limit) {
    return database.use(
        jdbc ->
            jdbc.sql(
                    "select log_index, log_key, reason, text from dead_letters"
                        + " order by log_index desc limit :limit")
                .param("limit", limit)
                .query(
                    (row, _) ->
                        new DeadLetter(
                            row.getLong("log_index"),
                            row.getString("log_key"),
                            row.getString("reason"),
                            row.getString("text")))
                .list());
  }

  long sales() {
    return count("select count(*) from sales");
  }

  long deadLetters() {
    return count("select count(*) from dead_letters");
  }

  /// Of those, what came under keys of sales of one branch.
  long deadLettersOf(String branch) {
    String keys = SaleEntry.keys(branch);
    return database.use(
        jdbc ->
            jdbc.sql("select count(*) from dead_letters where left(log_key, :length) = :keys")
                .param("length", keys.length())
                .param("keys", keys)
                .query(Long.class)
                .single());
  }

  private long count(String query) {
    return database.use(jdbc -> jdbc.sql(query).query(Long.class).single());
  }
}
