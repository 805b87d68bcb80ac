package io.replog.log;

import io.replog.model.Entry;
import io.replog.model.EntryKind;
import io.replog.model.Position;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/// What must hold for any bytes that stand where a file of the log should: no exception but the
/// expected one, and whatever is accepted is what the encoder would have written.
///
/// Public and static for fuzzers, which call them by name; see `.ci/fuzz`.
public final class DecoderTargets {

  /// Bits of the first byte of an input for [#record]: which checksums are made right, so that a
  /// fuzzer gets behind them.
  private static final int HEADER_CRC = 1;

  private static final int BODY_CRC = 2;

  private DecoderTargets() {}

  /// Decides whether the body of a record is as it was written.
  interface BodyCheck {
    boolean isIntact(RecordHeader header, ByteBuffer in, int at);
  }

  /// A broken promise of a decoder.
  public static final class Violation extends AssertionError {
    private static final long serialVersionUID = 1L;

    Violation(String what) {
      super(what);
    }
  }

  /// What Jazzer calls: the target that `-Dfuzz.target` names.
  public static void fuzzerTestOneInput(byte[] input) {
    switch (System.getProperty("fuzz.target", "")) {
      case "record" -> record(input);
      case "segmentHeader" -> segmentHeader(input);
      case "meta" -> meta(input);
      case "commitFile" -> commitFile(input);
      case "seal" -> seal(input);
      case "planted" -> planted(input);
      default -> throw new IllegalArgumentException("fuzz.target names no target");
    }
  }

  /// A decoder that does not look at the checksum of the body: what a fuzzer must find.
  private static void planted(byte[] input) {
    byte[] records = input.clone();
    repair(records, HEADER_CRC);
    readOne(records, (_, _, _) -> true);
  }

  /// Records of a segment, behind a byte of [#HEADER_CRC] and [#BODY_CRC].
  public static void record(byte[] input) {
    if (input.length == 0) {
      return;
    }
    byte[] records = Arrays.copyOfRange(input, 1, input.length);
    repair(records, input[0]);
    readAll(records);
    readOne(records, RecordCodec::bodyIsIntact);
  }

  private static void readAll(byte[] bytes) {
    RecordReader reader = new RecordReader(new BytesFile(bytes), 0, Position.START);
    long at = 0;
    try {
      while (reader.next() instanceof Scanned.Good good) {
        require(good.offset() == at, "records are contiguous");
        at += good.bytes();
        require(at <= bytes.length, "no record ends behind the end");
        require(good.entry().index() == reader.position().index(), "the reader stands at it");
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    require(reader.offset() == at, "what is no record is not consumed");
  }

  /// What is accepted as the first record encodes to the same bytes.
  static void readOne(byte[] bytes, BodyCheck check) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    RecordHeader header = bytes.length < RecordHeader.BYTES ? null : RecordHeader.parse(in, 0);
    if (header == null || header.recordBytes() > bytes.length || !check.isIntact(header, in, 0)) {
      return;
    }
    if (!isKnown(header, in)) {
      return;
    }
    Entry entry = RecordCodec.decode(header, in, 0);
    if (isReplaced(entry.text() + entry.key())) {
      return;
    }
    ByteBuffer again = ByteBuffer.allocate(header.recordBytes());
    RecordCodec.Encoded.of(entry).put(again, header.durableIndex());
    byte[] read = Arrays.copyOf(bytes, header.recordBytes());
    read[3] = 0;
    require(
        Arrays.equals(again.array(), read) || bytes[3] != 0,
        "a record that is accepted is the one that was written");
  }

  private static boolean isKnown(RecordHeader header, ByteBuffer in) {
    int at = in.arrayOffset() + RecordHeader.BYTES;
    return EntryKind.of(in.array(), at, header.attributesBytes()) != null;
  }

  /// Bytes that are no UTF-8 have no text that they come from; only a forger puts them behind right
  /// checksums.
  private static boolean isReplaced(String text) {
    return text.indexOf('\uFFFD') >= 0;
  }

  /// The first sector of a segment; its checksum is made right.
  public static void segmentHeader(byte[] input) {
    byte[] sector = Arrays.copyOf(input, SegmentHeader.BYTES);
    ByteBuffer in = ByteBuffer.wrap(sector);
    in.putInt(508, crc(sector, 0, 508));
    if (SegmentHeader.parse(in) instanceof SegmentHeader.Parsed.Valid(var header)) {
      require(header.firstIndex() >= 1, "a segment begins with an index");
      if (isReplaced(header.clusterId() + header.logId())) {
        return;
      }
      SegmentHeader.Parsed again = SegmentHeader.parse(header.encode());
      require(
          again.equals(new SegmentHeader.Parsed.Valid(header)),
          "a segment header that is accepted is one that was written");
    }
  }

  /// The content of the meta file; its checksum is made right.
  public static void meta(byte[] input) {
    String open = new String(input, StandardCharsets.UTF_8);
    byte[] bytes = open.getBytes(StandardCharsets.UTF_8);
    String closed = open + ",\"crc32c\":\"%08x\"}\n".formatted(crc(bytes, 0, bytes.length));
    decodeMeta(input);
    decodeMeta(closed.getBytes(StandardCharsets.UTF_8));
  }

  private static void decodeMeta(byte[] content) {
    try {
      Meta meta = Meta.decode(content);
      require(Meta.decode(meta.encode()).equals(meta), "what is read can be written");
    } catch (IllegalArgumentException | LogRefusedException _) {
      // Said in words, with the file's name: what a damaged file deserves.
    }
  }

  /// The content of the commit file.
  public static void commitFile(byte[] input) {
    byte[] content = Arrays.copyOf(input, Math.min(input.length, 1024));
    for (int slot = 0; slot + 36 <= content.length; slot += 512) {
      ByteBuffer.wrap(content).putInt(slot + 32, crc(content, slot, 32));
    }
    try {
      SimulatedDisk disk = new SimulatedDisk();
      Path directory = Path.of("/log");
      try (LogFile file = disk.create(directory.resolve(CommitFile.NAME))) {
        file.write(ByteBuffer.wrap(content), 0);
      }
      CommitFile.Slot read = CommitFile.read(disk, directory);
      require(read != null, "there is always an answer");
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /// The content of a seal; its checksum is made right.
  public static void seal(byte[] input) {
    ByteBuffer content = ByteBuffer.wrap(Arrays.copyOf(input, input.length + Integer.BYTES));
    content.putInt(input.length, crc(input, 0, input.length));
    Seal read = Seal.decode(content);
    require(
        read == null || read.encode().equals(content.clear()),
        "a seal that is accepted is one that was written");
    Seal asItIs = Seal.decode(ByteBuffer.wrap(input));
    require(asItIs == null || asItIs.encode().equals(ByteBuffer.wrap(input)), "so is a whole one");
  }

  /// Makes the checksums of the first record right.
  private static void repair(byte[] record, int which) {
    if (record.length < RecordHeader.BYTES) {
      return;
    }
    ByteBuffer in = ByteBuffer.wrap(record);
    if ((which & HEADER_CRC) != 0) {
      in.putInt(RecordHeader.CRC_OFFSET, crc(record, 0, RecordHeader.CRC_OFFSET));
    }
    int bodyBytes = in.getInt(4);
    boolean whole = bodyBytes >= 0 && bodyBytes <= record.length - RecordHeader.BYTES - 4;
    if ((which & BODY_CRC) != 0 && whole) {
      int end = RecordHeader.BYTES + bodyBytes;
      in.putInt(end, crc(record, RecordHeader.CRC_OFFSET, end - RecordHeader.CRC_OFFSET));
    }
  }

  private static int crc(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new Violation("broken: " + what);
    }
  }

  /// Inputs that are accepted, to begin with.
  static List<byte[]> validRecords() {
    Entry first = Entry.after(Position.START, 1, 1_000, "k", "m1");
    Entry second = Entry.after(first.position(), 1, 1_001, EntryKind.TRANSACTION, null, "naïve 🜁");
    ByteBuffer both =
        ByteBuffer.allocate(
            1
                + RecordCodec.Encoded.of(first).recordBytes()
                + RecordCodec.Encoded.of(second).recordBytes());
    both.put((byte) 0);
    RecordCodec.Encoded.of(first).put(both, 0);
    RecordCodec.Encoded.of(second).put(both, 1);
    byte[] repaired = both.array().clone();
    repaired[0] = HEADER_CRC | BODY_CRC;
    return List.of(both.array(), repaired);
  }

  /// A file of fixed content.
  private record BytesFile(byte[] bytes) implements LogFile {

    @Override
    public int read(ByteBuffer into, long offset) {
      if (offset >= bytes.length) {
        return -1;
      }
      int count = (int) Math.min(into.remaining(), bytes.length - offset);
      into.put(bytes, (int) offset, count);
      return count;
    }

    @Override
    public void write(ByteBuffer from, long offset) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public void truncate(long size) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void force(boolean metadata) {}

    @Override
    public void close() {}
  }
}
