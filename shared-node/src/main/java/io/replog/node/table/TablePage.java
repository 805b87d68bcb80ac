package io.replog.node.table;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.replog.table.Row;
import io.replog.table.Table;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Some rows of the table, in the order of their keys.
///
/// JSON: `{"rows":[{"key":"49","value":"53","index":7}],"next":null,"size":1,"bytes":164}`
///
/// @param rows at most as many as were asked for, and fewer where their values are long
/// @param next first key of the next page, null when this is the last one
/// @param size how many keys the whole table has
/// @param bytes what all of them count against `TABLE_MAX_BYTES`
@JsonPropertyOrder({"rows", "next", "size", "bytes"})
record TablePage(
    @JsonProperty("rows") List<TableRow> rows,
    @JsonProperty("next") @Nullable String next,
    @JsonProperty("size") int size,
    @JsonProperty("bytes") long bytes) {

  /// Characters of values in one page: one value more may go beyond.
  private static final long MAX_CHARACTERS = 4 << 20;

  TablePage {
    rows = List.copyOf(rows);
  }

  static TablePage of(Table table, String from, int limit) {
    List<TableRow> rows = new ArrayList<>();
    long characters = 0;
    for (Row row : table.page(from, limit + 1)) {
      if (rows.size() == limit || characters > MAX_CHARACTERS) {
        return new TablePage(rows, row.key(), table.size(), table.bytes());
      }
      rows.add(TableRow.of(row));
      characters += row.value().length();
    }
    return new TablePage(rows, null, table.size(), table.bytes());
  }
}
