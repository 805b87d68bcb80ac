package io.replog.connectors.headoffice;

import io.replog.connectors.database.Transactions;
import io.replog.connectors.log.LogPage;
import io.replog.connectors.log.LogRecord;
import io.replog.connectors.sale.SaleEntry;
import io.replog.connectors.sale.UnfitSaleException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/// Writes the head office's tables. Of one page of the log everything is written, and the place
/// behind it, or nothing: so each entry is applied exactly once, whatever is killed when.
///
/// Within the page each sale stands for itself. One that cannot be applied is put aside with its
/// reason, and the rest goes on. One that is there in the same or a newer version is left alone.
final class HeadOfficeTables {

  private static final int MAX_REASON = 1_000;

  private static final String INSERT =
      "insert into sales (source_branch, original_sale_id, version, date, region, product,"
          + " quantity, cost, amount, tax, total, log_index) values (:branch, :id, :version, :date,"
          + " :region, :product, :quantity, :cost, :amount, :tax, :total, :log_index)";

  private static final String UPDATE =
      "update sales set version = :version, date = :date, region = :region, product = :product,"
          + " quantity = :quantity, cost = :cost, amount = :amount, tax = :tax, total = :total,"
          + " log_index = :log_index where source_branch = :branch and original_sale_id = :id";

  private final Transactions transactions;
  private final JsonMapper json;

  HeadOfficeTables(Transactions transactions, JsonMapper json) {
    this.transactions = transactions;
    this.json = json;
  }

  Position position() {
    return transactions.inTransaction(jdbc -> position(jdbc, ""));
  }

  /// Applies what was read behind [Position#appliedIndex].
  ///
  /// @return whether it was applied; another process may have been faster, which is as well
  boolean apply(LogPage page) {
    return !page.records().isEmpty() && transactions.inTransaction(jdbc -> applied(jdbc, page));
  }

  /// The row of the position is locked first and until the end: two processes over one database
  /// take turns.
  private boolean applied(JdbcClient jdbc, LogPage page) {
    Position position = position(jdbc, " for update");
    position.require(page);
    if (page.records().getFirst().index() != position.nextIndex()) {
      return false;
    }
    jdbc.sql("update log_position set log_id = :log, applied_index = :index where id = 1")
        .param("log", page.logId())
        .param("index", page.records().getLast().index())
        .update();
    page.records().forEach(entry -> applyOrPutAside(jdbc, entry));
    return true;
  }

  private static Position position(JdbcClient jdbc, String lock) {
    return jdbc.sql("select log_id, applied_index from log_position where id = 1" + lock)
        .query((row, _) -> new Position(row.getString("log_id"), row.getLong("applied_index")))
        .single();
  }

  private void applyOrPutAside(JdbcClient jdbc, LogRecord read) {
    try {
      Optional<SaleEntry> entry = SaleEntry.of(read, json);
      if (entry.isPresent()) {
        CheckedSale sale = CheckedSale.of(entry.get().sale());
        transactions.inSavepoint(_ -> write(jdbc, entry.get(), sale, read.index()));
      }
    } catch (UnfitSaleException unfit) {
      putAside(jdbc, read, String.valueOf(unfit.getMessage()));
    } catch (DataIntegrityViolationException unfit) {
      putAside(jdbc, read, "the database refuses it: " + unfit.getMostSpecificCause().getMessage());
    }
  }

  private static boolean write(JdbcClient jdbc, SaleEntry entry, CheckedSale sale, long index) {
    Map<String, Object> columns = new HashMap<>(sale.columns());
    columns.put("branch", entry.branch());
    columns.put("id", entry.sale().id());
    columns.put("version", entry.sale().version());
    columns.put("log_index", index);
    Optional<Long> held =
        jdbc.sql(
                "select version from sales"
                    + " where source_branch = :branch and original_sale_id = :id")
            .params(columns)
            .query(Long.class)
            .optional();
    boolean newer = held.isEmpty() || held.get() < entry.sale().version();
    if (newer) {
      jdbc.sql(held.isEmpty() ? INSERT : UPDATE).params(columns).update();
    }
    return newer;
  }

  private static void putAside(JdbcClient jdbc, LogRecord read, String reason) {
    jdbc.sql(
            "insert into dead_letters (log_index, log_key, reason, text, failed_at)"
                + " values (:index, :key, :reason, :text, current_timestamp)")
        .param("index", read.index())
        .param("key", String.valueOf(read.key()))
        .param("reason", storable(reason.substring(0, Math.min(reason.length(), MAX_REASON))))
        .param("text", storable(read.text()))
        .update();
  }

  /// Not every database has a place for the character 0.
  private static String storable(String text) {
    return text.replace('\0', '\uFFFD');
  }
}
