package io.replog.client.cluster;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The last lines of a log file, however long the file is.
public final class LogTail {

  private static final int MAX_BYTES = 64 * 1024;

  private LogTail() {}

  /// At most `count` lines, of at most the last 64 KiB; none when there is no file.
  public static List<String> lines(Path log, int count) {
    if (!Files.exists(log)) {
      return List.of();
    }
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      int length = (int) Math.min(MAX_BYTES, file.length());
      file.seek(file.length() - length);
      byte[] end = new byte[length];
      file.readFully(end);
      List<String> lines = new String(end, StandardCharsets.UTF_8).lines().toList();
      return lines.subList(Math.max(0, lines.size() - count), lines.size());
    } catch (IOException unreadable) {
      return List.of("(" + log + " cannot be read: " + unreadable.getMessage() + ")");
    }
  }
}
