package io.replog.table;

import io.replog.model.Utf8;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Keys and their values, as the transactions of a log up to some entry have left them. The same
/// entries in the same order make the same table everywhere. For one thread at a time.
public final class Table {

  /// What a row costs beside its characters: objects and references, roughly.
  public static final int ROW_BYTES = 160;

  private final NavigableMap<String, Row> rows = new TreeMap<>();

  /// What all rows together count.
  private long bytes;

  /// Carries out what a transaction of the core does. Never fails: what is in the log has been
  /// validated.
  ///
  /// @param index of its entry
  public Applied apply(long index, Transaction transaction) {
    List<@Nullable String> reads = new ArrayList<>();
    Map<String, @Nullable String> before = new LinkedHashMap<>();
    for (Operation operation : transaction.operations()) {
      switch (operation) {
        case Operation.Read(String key) -> reads.add(valueOf(key));
        case Operation.Write(String key, String value) -> {
          if (!before.containsKey(key)) {
            before.put(key, valueOf(key));
          }
          put(new Row(key, value, index));
        }
      }
    }
    List<Change> changes = new ArrayList<>();
    before.forEach((key, old) -> changes.add(new Change(key, old, written(key))));
    return new Applied(index, reads, changes);
  }

  /// What a transaction would read, were it carried out now; changes nothing.
  public List<@Nullable String> read(Transaction transaction) {
    List<@Nullable String> reads = new ArrayList<>();
    Map<String, String> written = new HashMap<>();
    for (Operation operation : transaction.operations()) {
      switch (operation) {
        case Operation.Read(String key) ->
            reads.add(written.containsKey(key) ? written.get(key) : valueOf(key));
        case Operation.Write(String key, String value) -> written.put(key, value);
      }
    }
    return reads;
  }

  /// What the table would count more, were the transaction carried out now; 0 when it counts less.
  public long growth(Transaction transaction) {
    Map<String, Long> last = new LinkedHashMap<>();
    for (Operation operation : transaction.operations()) {
      if (operation instanceof Operation.Write(String key, String value)) {
        last.put(key, weight(key, value));
      }
    }
    long growth = 0;
    for (Map.Entry<String, Long> written : last.entrySet()) {
      Row old = rows.get(written.getKey());
      growth += written.getValue() - (old == null ? 0 : weight(old.key(), old.value()));
    }
    return Math.max(0, growth);
  }

  public @Nullable Row get(String key) {
    return rows.get(key);
  }

  /// Rows in the order of their keys.
  ///
  /// @param from first key, which need not be there; empty for the first of all
  public List<Row> page(String from, int limit) {
    return rows.tailMap(from, true).values().stream().limit(limit).toList();
  }

  /// How many keys have a value.
  public int size() {
    return rows.size();
  }

  /// Keys and values in UTF-8, and [#ROW_BYTES] for each row.
  public long bytes() {
    return bytes;
  }

  /// Takes a row as it is, from a snapshot.
  void put(Row row) {
    Row old = rows.put(row.key(), row);
    bytes += weight(row.key(), row.value());
    bytes -= old == null ? 0 : weight(old.key(), old.value());
  }

  private String written(String key) {
    return Objects.requireNonNull(rows.get(key)).value();
  }

  private @Nullable String valueOf(String key) {
    Row row = rows.get(key);
    return row == null ? null : row.value();
  }

  private static long weight(String key, String value) {
    return ROW_BYTES + (long) key.length() + Utf8.length(value);
  }
}
