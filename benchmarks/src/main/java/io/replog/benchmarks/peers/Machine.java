package io.replog.benchmarks.peers;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// What a run took place on.
final class Machine {

  private Machine() {}

  /// One line: processors, memory, system, Java.
  static String line() throws IOException {
    return "%d processors (%s), %s of memory, Linux %s, Java %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            value("/proc/cpuinfo", "model name"),
            value("/proc/meminfo", "MemTotal"),
            System.getProperty("os.version"),
            System.getProperty("java.vendor.version"));
  }

  private static String value(String file, String name) throws IOException {
    return Files.readAllLines(Path.of(file)).stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("?");
  }

  /// Load average of the last minute.
  static String load() {
    return String.format(
        Locale.ROOT, "%.1f", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }
}
