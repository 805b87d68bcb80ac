package io.replog.client.cluster;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads a log file line by line while it grows. A file that was put aside, emptied or removed is
/// read from its new beginning.
final class LogCursor {

  private static final int CHUNK_BYTES = 64 * 1024;

  /// A longer line is shown in pieces.
  private static final int MAX_LINE_BYTES = 64 * 1024;

  private final Path file;
  private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);

  /// The beginning of a line whose end has not been written yet.
  private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();

  private long position;

  /// Identity of the file that [#position] belongs to; null where the system has none.
  private @Nullable Object fileKey;

  LogCursor(Path file) {
    this.file = file;
  }

  /// Hands over every line that has been finished since the last call.
  void poll(Consumer<String> lines) {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      if (now.size() < position || (fileKey != null && !fileKey.equals(now.fileKey()))) {
        position = 0;
        unfinished.reset();
      }
      fileKey = now.fileKey();
      if (now.size() > position) {
        readTo(now.size(), lines);
      }
    } catch (NoSuchFileException _) {
      position = 0;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void readTo(long end, Consumer<String> lines) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (position < end) {
        chunk.clear();
        int read = channel.read(chunk, position);
        if (read <= 0) {
          return;
        }
        position += read;
        split(chunk.flip(), lines);
      }
    }
  }

  private void split(ByteBuffer bytes, Consumer<String> lines) {
    while (bytes.hasRemaining()) {
      byte next = bytes.get();
      if (next != '\n') {
        unfinished.write(next);
      }
      if (next == '\n' || unfinished.size() >= MAX_LINE_BYTES) {
        lines.accept(unfinished.toString(StandardCharsets.UTF_8));
        unfinished.reset();
      }
    }
  }
}
