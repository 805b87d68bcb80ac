package io.replog.connectors.branches;

import io.replog.connectors.database.Database;
import io.replog.connectors.sale.Sale;
import java.util.List;

/// What a branch has still to send. Triggers put a row into `sales_outbox` in the transaction that
/// adds or changes a sale; the row is there from the commit on, whatever was committed before or
/// after, and until it is removed here. There is no position that could run ahead of a late commit,
/// and no clock.
final class Outbox {

  private static final int MAX_REASON = 1_000;

  private final Database database;

  Outbox(Database database) {
    this.database = database;
  }

  /// A sale to be sent, as it is now: it may have changed again since the note was made.
  ///
  /// @param note number of the row of the outbox
  record Note(long note, Sale sale) {}

  /// The oldest notes.
  List<Note> oldest(int limit) {
    return database.use(
        jdbc ->
            jdbc.sql(
                    "select o.seq, s.id, s.version, "
                        + Sale.COLUMNS
                        + " from sales_outbox o join sales s on s.id = o.sale_id"
                        + " order by o.seq limit :limit")
                .param("limit", limit)
                .query((row, _) -> new Note(row.getLong("seq"), Sale.of(row, "id")))
                .list());
  }

  /// Where the sales are that were sent.
  Sent sent() {
    return database.use(
        jdbc ->
            jdbc.sql("select log_id, last_index from sales_sent where id = 1")
                .query((row, _) -> new Sent(row.getString("log_id"), row.getLong("last_index")))
                .single());
  }

  /// Has every sale sent again, to a log that has none of them.
  void beginAnew(String logId) {
    database.inTransaction(
        jdbc -> {
          jdbc.sql("update sales_sent set log_id = :log, last_index = 0 where id = 1")
              .param("log", logId)
              .update();
          return jdbc.sql(
                  "insert into sales_outbox (sale_id) select id from sales"
                      + " where id not in (select sale_id from sales_outbox) order by id")
              .update();
        });
  }

  /// Removes notes whose sales are in the log.
  ///
  /// @param where the log, and the highest index that it gave one of them
  void remove(List<Note> sent, Sent where) {
    List<Long> notes = sent.stream().map(Note::note).toList();
    List<Long> sales = sent.stream().map(note -> note.sale().id()).distinct().toList();
    database.inTransaction(
        jdbc -> {
          jdbc.sql(
                  "update sales_sent set log_id = :log,"
                      + " last_index = greatest(last_index, :index) where id = 1")
              .param("log", where.logId())
              .param("index", where.lastIndex())
              .update();
          jdbc.sql("delete from sales_refused where sale_id in (:sales)")
              .param("sales", sales)
              .update();
          return jdbc.sql("delete from sales_outbox where seq in (:notes)")
              .param("notes", notes)
              .update();
        });
  }

  /// Puts a sale aside that the log will never take as it is. A later change of it is a new note.
  void refuse(Note refused, String reason) {
    database.inTransaction(
        jdbc -> {
          jdbc.sql("delete from sales_refused where sale_id = :sale")
              .param("sale", refused.sale().id())
              .update();
          jdbc.sql(
                  "insert into sales_refused (sale_id, version, reason, refused_at)"
                      + " values (:sale, :version, :reason, current_timestamp)")
              .param("sale", refused.sale().id())
              .param("version", refused.sale().version())
              .param("reason", reason.substring(0, Math.min(reason.length(), MAX_REASON)))
              .update();
          return jdbc.sql("delete from sales_outbox where seq = :note")
              .param("note", refused.note())
              .update();
        });
  }

  /// How many sales are still to be sent. Exact at the moment of the answer, and 0 when all are in
  /// the log: a sale that changed twice counts once, one that was put aside does not.
  long pending() {
    return count(
        "select count(distinct o.sale_id) from sales_outbox o join sales s on s.id = o.sale_id");
  }

  /// How many sales were put aside.
  long refused() {
    return count("select count(*) from sales_refused");
  }

  private long count(String query) {
    return database.use(jdbc -> jdbc.sql(query).query(Long.class).single());
  }
}
