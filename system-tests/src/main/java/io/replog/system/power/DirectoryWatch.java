package io.replog.system.power;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// Sees files appear in a directory, a fraction of a millisecond after they did.
final class DirectoryWatch implements AutoCloseable {

  private static final int LIMIT_SECONDS = 10;

  private final WatchService watch;

  DirectoryWatch(Path directory) {
    try {
      watch = directory.getFileSystem().newWatchService();
      directory.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// Returns when a file of such a name appears, or after ten seconds.
  void awaitNew(Predicate<String> name) {
    try {
      for (WatchKey key = next(); key != null; key = next()) {
        boolean seen =
            key.pollEvents().stream()
                .map(WatchEvent::context)
                .anyMatch(file -> name.test(String.valueOf(file)));
        key.reset();
        if (seen) {
          return;
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private WatchKey next() throws InterruptedException, ClosedWatchServiceException {
    return watch.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    try {
      watch.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
