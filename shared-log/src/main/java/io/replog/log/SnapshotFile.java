package io.replog.log;

import io.replog.model.Position;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// One file beside the log that holds what somebody has made of the log up to a position, so that
/// after a restart only the rest need be read. It is a cache: whoever finds it missing, damaged, or
/// of another log makes it anew. The position proves of which log it is, and the log itself says
/// whether it holds that position.
///
/// ```
/// magic "REPLOGSN"(8) version(4) contentBytes(4) index(8) epoch(8) chain(8)
/// content
/// crc32c(4) of everything before
/// ```
///
/// For one thread.
public final class SnapshotFile {

  private static final long MAGIC =
      ByteBuffer.wrap("REPLOGSN".getBytes(StandardCharsets.US_ASCII)).getLong();
  private static final int VERSION = 1;
  private static final int HEADER_BYTES = 40;
  private static final int CRC_BYTES = 4;

  private final LogFiles files;
  private final Path path;

  /// What a snapshot holds.
  ///
  /// @param position last entry that it knows of
  /// @param content not to be changed
  @SuppressWarnings("ArrayRecordComponent")
  public record Snapshot(Position position, byte[] content) {}

  SnapshotFile(LogFiles files, Path path) {
    this.files = files;
    this.path = path;
  }

  /// The file of this name in the data directory of a log, there or not.
  ///
  /// @param name not one that the log uses
  public static SnapshotFile in(Path directory, String name) {
    return new SnapshotFile(new ChannelFiles(), directory.resolve(name));
  }

  /// Puts a snapshot in the place of the one before. After a crash there is one of both.
  ///
  /// @throws IOException if the disk does not take it; then the one before is there
  public void save(Snapshot snapshot) throws IOException {
    byte[] content = snapshot.content();
    ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + content.length + CRC_BYTES);
    out.putLong(MAGIC).putInt(VERSION).putInt(content.length);
    Position position = snapshot.position();
    out.putLong(position.index()).putLong(position.epoch()).putLong(position.chain());
    out.put(content);
    out.putInt(Checksums.crc32c(out, 0, out.position()));
    WholeFiles.replace(files, path, out.array());
  }

  /// The snapshot, or null when there is none that is as it was written.
  ///
  /// @param maxContentBytes one with more is taken for none
  public @Nullable Snapshot load(int maxContentBytes) throws IOException {
    String name = path.getFileName().toString();
    if (!files.list(WholeFiles.directoryOf(path)).contains(name)) {
      return null;
    }
    try (LogFile file = files.openToRead(path)) {
      long size = file.size();
      boolean possible =
          size >= HEADER_BYTES + CRC_BYTES
              && size <= HEADER_BYTES + CRC_BYTES + (long) maxContentBytes;
      return possible ? parse(WholeFiles.readStart(file, (int) size)) : null;
    }
  }

  private static @Nullable Snapshot parse(ByteBuffer in) {
    int contentBytes = in.remaining() - HEADER_BYTES - CRC_BYTES;
    if (contentBytes < 0
        || in.getLong(0) != MAGIC
        || in.getInt(8) != VERSION
        || in.getInt(12) != contentBytes
        || in.getInt(HEADER_BYTES + contentBytes)
            != Checksums.crc32c(in, 0, HEADER_BYTES + contentBytes)) {
      return null;
    }
    Position position = new Position(in.getLong(16), in.getLong(24), in.getLong(32));
    byte[] content = new byte[contentBytes];
    in.get(HEADER_BYTES, content);
    return new Snapshot(position, content);
  }

  /// Removes it, if it is there.
  public void delete() throws IOException {
    files.deleteIfExists(path);
  }
}
