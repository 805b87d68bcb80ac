package io.replog.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.random.RandomGenerator;

/// A file of a [SimulatedDisk]: bytes as they are read, and as they are on the platter. A force
/// that fails drops what it should have forced: it can still be read, and the next force succeeds
/// without it, as with Linux.
final class SimulatedFile implements LogFile {

  private static final int SECTOR_BYTES = 512;

  private final SimulatedDisk disk;
  private byte[] bytes;
  private byte[] durable;

  /// Sectors written since the last force.
  private final BitSet dirty = new BitSet();

  /// @param bytes content, durable
  SimulatedFile(SimulatedDisk disk, byte[] bytes) {
    this.disk = disk;
    this.bytes = bytes.clone();
    this.durable = this.bytes.clone();
  }

  synchronized byte[] bytes() {
    return bytes.clone();
  }

  /// Of the sectors not forced, any may have reached the platter; so may the new size.
  synchronized void crash(RandomGenerator random) {
    int size = random.nextBoolean() ? bytes.length : Math.min(bytes.length, durable.length);
    byte[] left = Arrays.copyOf(durable, size);
    int survivors = random.nextInt(5);
    dirty.stream()
        .filter(_ -> random.nextInt(4) < survivors)
        .map(sector -> sector * SECTOR_BYTES)
        .filter(at -> at < size)
        .forEach(at -> System.arraycopy(bytes, at, left, at, Math.min(SECTOR_BYTES, size - at)));
    bytes = left;
    durable = left.clone();
    dirty.clear();
  }

  @Override
  public synchronized int read(ByteBuffer into, long offset) throws IOException {
    disk.operate();
    if (offset >= bytes.length) {
      return -1;
    }
    int length = Math.min(into.remaining(), bytes.length - (int) offset);
    into.put(bytes, (int) offset, length);
    return length;
  }

  @Override
  public synchronized void write(ByteBuffer from, long offset) throws IOException {
    int start = (int) offset;
    int end = start + from.remaining();
    disk.write(Math.max(0, end - bytes.length));
    bytes = Arrays.copyOf(bytes, Math.max(bytes.length, end));
    from.get(bytes, start, end - start);
    dirty.set(start / SECTOR_BYTES, (end + SECTOR_BYTES - 1) / SECTOR_BYTES);
  }

  @Override
  public synchronized long size() {
    return bytes.length;
  }

  @Override
  public synchronized void truncate(long size) throws IOException {
    disk.operate();
    bytes = size < bytes.length ? Arrays.copyOf(bytes, (int) size) : bytes;
  }

  @Override
  public synchronized void force(boolean metadata) throws IOException {
    disk.operate();
    BitSet covered = (BitSet) dirty.clone();
    dirty.clear();
    if (disk.force()) {
      durable = Arrays.copyOf(durable, bytes.length);
      covered.stream().map(sector -> sector * SECTOR_BYTES).forEach(this::makeDurable);
    } else {
      dirty.or(covered);
    }
  }

  private void makeDurable(int at) {
    int length = Math.min(SECTOR_BYTES, bytes.length - at);
    if (length > 0) {
      System.arraycopy(bytes, at, durable, at, length);
    }
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
