package io.replog.client.cluster;

import io.replog.client.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One runner at a time changes a cluster's processes, or prepares its programs. Never held while
/// waiting for a node.
final class RunnerLock implements AutoCloseable {

  /// For what is held for a moment.
  static final Duration LIMIT = Duration.ofSeconds(30);

  private final FileChannel channel;

  private RunnerLock(FileChannel channel) {
    this.channel = channel;
  }

  /// @param limit after which it is refused
  static RunnerLock take(Path file, Duration limit) {
    try {
      Files.createDirectories(file.getParent());
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!Awaiting.until(() -> tryLock(channel) != null, limit)) {
        channel.close();
        throw Failure.refused("another replog command is busy with this cluster");
      }
      return new RunnerLock(channel);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException _) {
      return null;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
