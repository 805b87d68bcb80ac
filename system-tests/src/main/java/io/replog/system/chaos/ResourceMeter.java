package io.replog.system.chaos;

import io.replog.system.history.Resources.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What a process holds, as `/proc` tells it.
final class ResourceMeter {

  /// Heap of a node and what a JVM needs besides.
  private static final long RESIDENT_LIMIT_BYTES = (256L + 320) << 20;

  private ResourceMeter() {}

  static boolean isPossible() {
    return Files.isDirectory(Path.of("/proc/self/fd"));
  }

  static Usage of(long pid) {
    Path process = Path.of("/proc", Long.toString(pid));
    try (Stream<Path> files = Files.list(process.resolve("fd"))) {
      List<String> status = Files.readAllLines(process.resolve("status"));
      return new Usage(
          (int) number(status, "Threads:"),
          (int) files.count(),
          number(status, "VmRSS:") << 10,
          RESIDENT_LIMIT_BYTES);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static long number(List<String> status, String name) {
    return status.stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()).strip().split("\\s+")[0])
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow();
  }
}
