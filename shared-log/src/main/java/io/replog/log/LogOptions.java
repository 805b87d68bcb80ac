package io.replog.log;

import io.replog.model.FsyncMode;
import io.replog.model.Utf8;
import java.nio.file.Path;
import java.time.Duration;

/// How a log is kept, and whose it is.
///
/// @param directory the data directory of this node and of nobody else; created when missing
/// @param clusterId name of the cluster, 1 to 128 bytes in UTF-8; a directory of another cluster is
///   refused
/// @param nodeName name of this node; a directory of another node is refused
/// @param fsync when written entries are forced to stable storage
/// @param fsyncInterval time between two forces with [FsyncMode#INTERVAL], more than zero
/// @param segmentBytes size at which a new segment begins, 4 KiB to 64 MiB; a segment holds at
///   least one record, whatever its size
/// @param maxRecordBytes largest key and text together of an entry to append, bytes; entries that
///   are on disk already may be larger, up to 64 MiB
/// @param acceptDataLoss whether a damaged log is cut before the damage instead of being opened
///   read-only; what is cut goes to `quarantine/`
/// @param reserveBytes free space below which [DiskSpace#full] says so
public record LogOptions(
    Path directory,
    String clusterId,
    String nodeName,
    FsyncMode fsync,
    Duration fsyncInterval,
    long segmentBytes,
    int maxRecordBytes,
    boolean acceptDataLoss,
    long reserveBytes) {

  /// Default and upper limit of the size of a segment.
  public static final long MAX_SEGMENT_BYTES = 64L << 20;

  private static final long MIN_SEGMENT_BYTES = 4L << 10;
  private static final int DEFAULT_MAX_RECORD_BYTES = 16 << 20;
  private static final long MIN_RESERVE_BYTES = 256L << 20;

  public LogOptions {
    require(
        Utf8.length(clusterId) >= 1 && Utf8.length(clusterId) <= 128, "cluster id: 1..128 bytes");
    require(!nodeName.isEmpty(), "node name: not empty");
    require(fsyncInterval.isPositive(), "fsync interval: more than zero");
    require(
        segmentBytes >= MIN_SEGMENT_BYTES && segmentBytes <= MAX_SEGMENT_BYTES,
        "segment size: 4 KiB to 64 MiB");
    require(
        maxRecordBytes >= 1 && maxRecordBytes <= RecordHeader.MAX_BODY_BYTES,
        "record size: 1 byte to 64 MiB");
    require(reserveBytes >= 0, "reserve: not negative");
  }

  /// Forced before every acknowledgement, segments of 64 MiB, records up to 16 MiB, a reserve of
  /// 256 MiB, and no loss accepted.
  public static LogOptions of(Path directory, String clusterId, String nodeName) {
    return new LogOptions(
        directory,
        clusterId,
        nodeName,
        FsyncMode.ALWAYS,
        Duration.ofSeconds(1),
        MAX_SEGMENT_BYTES,
        DEFAULT_MAX_RECORD_BYTES,
        false,
        Math.max(MIN_RESERVE_BYTES, 3 * MAX_SEGMENT_BYTES));
  }

  public LogOptions withFsync(FsyncMode mode, Duration interval) {
    return new LogOptions(
        directory,
        clusterId,
        nodeName,
        mode,
        interval,
        segmentBytes,
        maxRecordBytes,
        acceptDataLoss,
        reserveBytes);
  }

  public LogOptions withSegmentBytes(long bytes) {
    return new LogOptions(
        directory,
        clusterId,
        nodeName,
        fsync,
        fsyncInterval,
        bytes,
        maxRecordBytes,
        acceptDataLoss,
        reserveBytes);
  }

  public LogOptions withMaxRecordBytes(int bytes) {
    return new LogOptions(
        directory,
        clusterId,
        nodeName,
        fsync,
        fsyncInterval,
        segmentBytes,
        bytes,
        acceptDataLoss,
        reserveBytes);
  }

  public LogOptions withAcceptDataLoss(boolean accept) {
    return new LogOptions(
        directory,
        clusterId,
        nodeName,
        fsync,
        fsyncInterval,
        segmentBytes,
        maxRecordBytes,
        accept,
        reserveBytes);
  }

  public LogOptions withReserveBytes(long bytes) {
    return new LogOptions(
        directory,
        clusterId,
        nodeName,
        fsync,
        fsyncInterval,
        segmentBytes,
        maxRecordBytes,
        acceptDataLoss,
        bytes);
  }

  private static void require(boolean holds, String allowed) {
    if (!holds) {
      throw new IllegalArgumentException(allowed);
    }
  }
}
