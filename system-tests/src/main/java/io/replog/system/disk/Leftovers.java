package io.replog.system.disk;

import io.replog.client.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Disks of processes that ended without removing them, found by their name.
final class Leftovers {

  private static final Pattern OURS = Pattern.compile("(/\\S*/replog-disks-(\\d+)-[^/\\s]+)/\\S+");

  private Leftovers() {}

  static String prefix(long pid) {
    return "replog-disks-" + pid + "-";
  }

  /// Unmounts and deletes what belongs to no living process.
  static void remove() {
    try {
      List<Matcher> mounted = mounted();
      for (Matcher found : mounted) {
        Commands.succeeds(List.of("umount", "--lazy", found.group()));
      }
      for (Matcher found : mounted) {
        delete(Path.of(found.group(1)));
      }
    } catch (IOException failed) {
      throw Failure.refused("disks of an earlier run cannot be removed: " + failed);
    }
  }

  private static List<Matcher> mounted() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/mounts")).stream()
        .map(line -> OURS.matcher(line.split(" ")[1]))
        .filter(Matcher::matches)
        .filter(found -> ProcessHandle.of(Long.parseLong(found.group(2))).isEmpty())
        .toList();
  }

  /// Deletes the directory unless something is mounted in it still.
  static void delete(Path directory) throws IOException {
    if (!Files.exists(directory) || isInUse(directory)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static boolean isInUse(Path directory) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/mounts")).stream()
        .anyMatch(line -> line.split(" ")[1].startsWith(directory + "/"));
  }
}
