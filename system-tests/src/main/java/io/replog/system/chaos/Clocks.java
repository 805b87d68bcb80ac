package io.replog.system.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The wall clocks of the nodes, by libfaketime. What measures durations is left alone.
public final class Clocks {

  private static final List<String> USUAL_PLACES =
      List.of("/usr/lib", "/usr/lib64", "/usr/local/lib", "/lib");

  private final Path directory;
  private final @Nullable Path library;

  /// Nodes whose clock can be set.
  private final Set<String> nodes = new HashSet<>();

  private Clocks(Path directory, @Nullable Path library) {
    this.directory = directory;
    this.library = library;
  }

  /// @param kinds of faults; without [FaultKind#CLOCK] the nodes have the clock of the machine
  static Clocks under(Path directory, Set<FaultKind> kinds) {
    return new Clocks(directory, kinds.contains(FaultKind.CLOCK) ? library().orElseThrow() : null);
  }

  /// Clocks that can be set, on a machine that has libfaketime.
  public static Clocks under(Path directory) {
    return new Clocks(directory, library().orElseThrow());
  }

  /// libfaketime for programs with threads, where it is installed.
  static Optional<Path> library() {
    return USUAL_PLACES.stream().map(Path::of).flatMap(Clocks::found).findFirst();
  }

  private static Stream<Path> found(Path place) {
    try (Stream<Path> found =
        Files.find(place, 3, (path, _) -> path.endsWith("faketime/libfaketimeMT.so.1"))) {
      return found.toList().stream();
    } catch (IOException | UncheckedIOException _) {
      return Stream.empty();
    }
  }

  /// What a node needs in its environment.
  public Map<String, String> variables(String node) {
    if (library == null) {
      return Map.of();
    }
    nodes.add(node);
    jump(node, Duration.ZERO);
    Map<String, String> variables = new HashMap<>();
    variables.put("LD_PRELOAD", library.toString());
    variables.put("FAKETIME_TIMESTAMP_FILE", file(node).toString());
    variables.put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
    variables.put("FAKETIME_FORCE_MONOTONIC_FIX", "0"); // otherwise timed waits end at once
    variables.put("FAKETIME_CACHE_DURATION", "1");
    return variables;
  }

  /// Sets the node's clock so far from the true time; it notices within a second.
  public void jump(String node, Duration offset) {
    try {
      Files.createDirectories(directory);
      Path next = Files.createTempFile(directory, node, ".new");
      Files.writeString(next, "%+d\n".formatted(offset.toSeconds()));
      Files.move(
          next, file(node), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// Sets every clock right.
  void reset() {
    nodes.forEach(node -> jump(node, Duration.ZERO));
  }

  private Path file(String node) {
    return directory.resolve(node);
  }
}
