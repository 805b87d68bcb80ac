package io.replog.log;

import io.replog.model.Entry;
import io.replog.model.EntryKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Turns entries into records and back. The layout is drawn at [RecordHeader].
final class RecordCodec {

  private static final byte[] NOTHING = new byte[0];

  private RecordCodec() {}

  /// An entry whose strings are bytes already, ready to be put.
  ///
  /// @param key null where there is no key
  record Encoded(Entry entry, byte @Nullable [] key, byte[] text) {

    static Encoded of(Entry entry) {
      String key = entry.key();
      return new Encoded(
          entry,
          key == null ? null : key.getBytes(StandardCharsets.UTF_8),
          entry.text().getBytes(StandardCharsets.UTF_8));
    }

    int bodyBytes() {
      return entry.kind().attributesLength() + text.length + (key == null ? 0 : key.length);
    }

    int recordBytes() {
      return RecordHeader.BYTES + bodyBytes() + RecordHeader.TRAILER_BYTES;
    }

    /// Puts the whole record.
    ///
    /// @param durableIndex watermark, see [RecordHeader#durableIndex]
    void put(ByteBuffer out, long durableIndex) {
      int start = out.position();
      header(durableIndex).put(out);
      if (entry.kind() != EntryKind.MESSAGE) {
        out.put(entry.kind().attributes());
      }
      out.put(key == null ? NOTHING : key).put(text);
      out.putInt(bodyCrc(out, start, bodyBytes()));
    }

    private RecordHeader header(long durableIndex) {
      return new RecordHeader(
          bodyBytes(),
          entry.index(),
          entry.epoch(),
          entry.timestampMillis(),
          entry.chain(),
          durableIndex,
          key == null ? -1 : key.length,
          entry.kind().attributesLength());
    }
  }

  /// Whether the body behind a valid header is as it was written. Needs the whole record.
  static boolean bodyIsIntact(RecordHeader header, ByteBuffer in, int at) {
    int stored = in.getInt(at + RecordHeader.BYTES + header.bodyBytes());
    return stored == bodyCrc(in, at, header.bodyBytes());
  }

  /// The entry of an intact record in a heap buffer.
  ///
  /// @throws LogRefusedException if its kind is not known here
  static Entry decode(RecordHeader header, ByteBuffer in, int at) {
    int key = at + RecordHeader.BYTES + header.attributesBytes();
    int text = key + Math.max(header.keyBytes(), 0);
    return new Entry(
        header.index(),
        header.epoch(),
        header.timestampMillis(),
        kind(header, in, at),
        header.keyBytes() < 0 ? null : string(in, key, header.keyBytes()),
        string(in, text, header.textBytes()),
        header.chain());
  }

  private static EntryKind kind(RecordHeader header, ByteBuffer in, int at) {
    return header.attributesBytes() == 0 ? EntryKind.MESSAGE : raw(header, in, at).kind();
  }

  /// The same without strings; it stays part of the buffer.
  static RawEntry raw(RecordHeader header, ByteBuffer in, int at) {
    return new RawEntry(
        header.index(),
        header.epoch(),
        header.timestampMillis(),
        header.chain(),
        in.array(),
        in.arrayOffset() + at + RecordHeader.BYTES,
        header.attributesBytes(),
        header.keyBytes(),
        header.textBytes());
  }

  private static int bodyCrc(ByteBuffer buffer, int start, int bodyBytes) {
    int from = start + RecordHeader.CRC_OFFSET;
    return Checksums.crc32c(buffer, from, RecordHeader.BYTES - RecordHeader.CRC_OFFSET + bodyBytes);
  }

  private static String string(ByteBuffer in, int at, int length) {
    return new String(in.array(), in.arrayOffset() + at, length, StandardCharsets.UTF_8);
  }
}
