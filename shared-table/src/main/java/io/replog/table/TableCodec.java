package io.replog.table;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A table as bytes, the same for equal tables. Big-endian:
///
/// ```
/// version(4) rows(4), then for each row in the order of keys
/// keyBytes(2) key valueBytes(4) value index(8)
/// ```
///
/// Whoever stores it adds a checksum; damage that gets here is noticed where it breaks the form.
public final class TableCodec {

  private static final int VERSION = 1;
  private static final int HEADER_BYTES = 2 * Integer.BYTES;
  private static final int ROW_FIXED_BYTES = Short.BYTES + Integer.BYTES + Long.BYTES;

  private TableCodec() {}

  /// @throws ArithmeticException if it is larger than 2 GB
  public static byte[] encode(Table table) {
    List<Row> rows = table.page("", Integer.MAX_VALUE);
    long rowBytes = table.bytes() + rows.size() * (long) (ROW_FIXED_BYTES - Table.ROW_BYTES);
    ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(HEADER_BYTES + rowBytes));
    out.putInt(VERSION).putInt(rows.size());
    for (Row row : rows) {
      byte[] value = row.value().getBytes(StandardCharsets.UTF_8);
      out.putShort((short) row.key().length());
      out.put(row.key().getBytes(StandardCharsets.US_ASCII));
      out.putInt(value.length).put(value).putLong(row.index());
    }
    return out.array();
  }

  /// @throws IllegalArgumentException if it is not what [#encode] has made
  public static Table decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      return rows(in);
    } catch (BufferUnderflowException shorter) {
      throw new IllegalArgumentException("a table that ends too early", shorter);
    }
  }

  private static Table rows(ByteBuffer in) {
    int version = in.getInt();
    if (version != VERSION) {
      throw new IllegalArgumentException("a table of version " + version);
    }
    Table table = new Table();
    int rows = in.getInt();
    for (int i = 0; i < rows; i++) {
      String key = string(in, in.getShort());
      table.put(new Row(key, string(in, in.getInt()), in.getLong()));
    }
    if (rows < 0 || in.hasRemaining() || table.size() != rows) {
      throw new IllegalArgumentException("a table with other rows than it says");
    }
    return table;
  }

  private static String string(ByteBuffer in, int length) {
    if (length < 0 || length > in.remaining()) {
      throw new IllegalArgumentException("a length of " + length);
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
