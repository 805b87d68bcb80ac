package io.replog.log;

import io.replog.model.Position;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Where to start reading a segment for a given index: one point per 16 KiB of records, 24 bytes
/// each. A cache: rebuilt from the log at a start, or taken from the seal of the segment. Written
/// by the log writer, read by anybody.
final class SparseIndex {

  /// Length of a point in a seal: index, epoch and chain of the entry before it, and its offset.
  static final int POINT_BYTES = 28;

  private static final int STRIDE_BYTES = 16 << 10;
  private static final int INITIAL_POINTS = 16;

  /// A place to start from: a record begins at `offset`, and `previous` is the entry before it.
  record Point(long offset, Position previous) {}

  /// Index of the entry before each point, ascending.
  private long[] previousIndexes = new long[INITIAL_POINTS];

  private int[] offsets = new int[INITIAL_POINTS];
  private long[] previousEpochs = new long[INITIAL_POINTS];
  private long[] previousChains = new long[INITIAL_POINTS];
  private int size;

  /// Tells that a record begins at `offset` behind `previous`. Most are not worth a point.
  synchronized void offer(long offset, Position previous) {
    if (size > 0 && offset - offsets[size - 1] < STRIDE_BYTES) {
      return;
    }
    if (size == offsets.length) {
      resize(2 * size);
    }
    previousIndexes[size] = previous.index();
    offsets[size] = Math.toIntExact(offset);
    previousEpochs[size] = previous.epoch();
    previousChains[size] = previous.chain();
    size++;
  }

  /// Tells what the entry before the first point is, where only its index was known.
  synchronized void anchor(Position previous) {
    previousEpochs[0] = previous.epoch();
    previousChains[0] = previous.chain();
  }

  /// The last point at or before the record of `index`; there is one for every index of the segment
  /// once its first record was offered.
  synchronized Point floor(long index) {
    int found = Arrays.binarySearch(previousIndexes, 0, size, index - 1);
    int at = found >= 0 ? found : -found - 2;
    Position previous = new Position(previousIndexes[at], previousEpochs[at], previousChains[at]);
    return new Point(offsets[at], previous);
  }

  synchronized ByteBuffer encode() {
    ByteBuffer out = ByteBuffer.allocate(size * POINT_BYTES);
    for (int i = 0; i < size; i++) {
      out.putLong(previousIndexes[i]).putLong(previousEpochs[i]).putLong(previousChains[i]);
      out.putInt(offsets[i]);
    }
    return out.flip();
  }

  /// @param in nothing but points
  static SparseIndex decode(ByteBuffer in) {
    SparseIndex index = new SparseIndex();
    index.readFrom(in);
    return index;
  }

  private synchronized void readFrom(ByteBuffer in) {
    resize(Math.max(INITIAL_POINTS, in.remaining() / POINT_BYTES));
    while (in.hasRemaining()) {
      previousIndexes[size] = in.getLong();
      previousEpochs[size] = in.getLong();
      previousChains[size] = in.getLong();
      offsets[size] = in.getInt();
      size++;
    }
  }

  private synchronized void resize(int capacity) {
    previousIndexes = Arrays.copyOf(previousIndexes, capacity);
    offsets = Arrays.copyOf(offsets, capacity);
    previousEpochs = Arrays.copyOf(previousEpochs, capacity);
    previousChains = Arrays.copyOf(previousChains, capacity);
  }
}
