package io.replog.client.cluster;

import io.replog.client.Failure;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/// The nodes' programs as they are run: copies of what Maven has built, so that a build beside
/// running nodes does them no harm, unpacked and with a cache of their classes as loaded and
/// linked, so that a start takes about a third of the processor time. ADR 0044.
///
/// A program lies in a folder named after its role and the checksum of its jar, complete from the
/// moment at which that folder is there. One object keeps to the build that it has found first.
final class Programs {

  static final Set<String> ROLES = Set.of("master", "follower");

  private static final String CACHE = "classes.aot";
  private static final String LOCK = "lock";

  /// Far above what preparing takes on a busy machine. Without a cache a node starts slower.
  private static final Duration LIMIT = Duration.ofSeconds(180);

  static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  private final Path repositoryRoot;
  private final Path folder;

  /// By role, where its program lies: the jars of a build are read once.
  private final Map<String, Path> homes = new ConcurrentHashMap<>();

  /// @param folder where the copies lie; several runners may share it
  Programs(Path repositoryRoot, Path folder) {
    this.repositoryRoot = repositoryRoot;
    this.folder = folder;
  }

  /// The jar to run, next to its libraries, of a program that is prepared.
  ///
  /// @throws Failure when nothing is built
  Path jar(String role) {
    return home(role).resolve(role + ".jar");
  }

  /// The cache of the program that runs from this jar; empty where it could not be made.
  static Optional<Path> cacheBeside(Path jar) {
    return Optional.of(jar.resolveSibling(CACHE)).filter(Files::exists);
  }

  /// Whether every program that is built can be started at once.
  boolean arePrepared() {
    return built().map(this::home).allMatch(Files::exists);
  }

  /// Unpacks what is built and not prepared yet, all roles at once, and returns when all is done.
  void prepare() {
    if (arePrepared()) {
      return;
    }
    try (RunnerLock _ = RunnerLock.take(folder.resolve(LOCK), LIMIT)) {
      List<CompletableFuture<Void>> workers =
          built()
              .filter(role -> !Files.exists(home(role)))
              .map(
                  role ->
                      CompletableFuture.runAsync(() -> prepare(role), Thread::startVirtualThread))
              .toList();
      for (CompletableFuture<Void> worker : workers) {
        worker.get();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw Failure.refused("interrupted while the programs were prepared");
    } catch (ExecutionException failed) {
      throw Failure.refused(
          "the programs could not be unpacked into %s: %s".formatted(folder, failed.getCause()));
    }
  }

  /// Deletes the programs of earlier builds. No node of theirs may run.
  void discardOthers() {
    if (!Files.exists(folder)) {
      return;
    }
    Set<Path> kept = built().map(this::home).collect(Collectors.toSet());
    try (RunnerLock _ = RunnerLock.take(folder.resolve(LOCK), LIMIT);
        Stream<Path> all = Files.list(folder)) {
      all.filter(Files::isDirectory).filter(path -> !kept.contains(path)).forEach(Disk::delete);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void prepare(String role) {
    try {
      Path partial = Files.createTempDirectory(folder, role + ".partial");
      Path program = partial.resolve("program");
      unpack(builtJar(role), program, partial);
      makeCache(program.resolve(role + ".jar"), partial);
      Files.move(program, home(role), StandardCopyOption.ATOMIC_MOVE);
      Disk.delete(partial);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// A jar that cannot be unpacked is run as it is.
  private static void unpack(Path jar, Path program, Path workplace) throws IOException {
    boolean unpacked =
        succeeds(
            workplace,
            List.of(
                "-Djarmode=tools",
                "-jar",
                jar.toString(),
                "extract",
                "--destination",
                program.toString()));
    if (!unpacked) {
      Disk.delete(program);
      Files.createDirectories(program);
      Files.copy(jar, program.resolve(jar.getFileName()));
    }
  }

  /// A start that ends before it serves leaves the cache behind. Quick compilation and a small heap
  /// are for this start alone: the cache serves others.
  private static void makeCache(Path jar, Path workplace) throws IOException {
    Path cache = jar.resolveSibling(CACHE);
    boolean made =
        succeeds(
            workplace,
            List.of(
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:AOTCacheOutput=" + cache,
                "-Dspring.context.exit=onRefresh",
                "-jar",
                jar.toString()));
    if (!made) {
      Files.deleteIfExists(cache);
    }
  }

  /// Runs Java with a new data directory and without any setting of this process.
  private static boolean succeeds(Path workplace, List<String> arguments) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(JAVA.toString());
    line.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.redirectInput(Redirect.from(new File("/dev/null")));
    builder.redirectErrorStream(true);
    builder.redirectOutput(Redirect.appendTo(workplace.resolve("output.log").toFile()));
    builder.environment().clear();
    builder.environment().put("DATA_DIR", workplace.resolve("node/data").toString());
    Process process = builder.start();
    try {
      return process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      process.destroyForcibly();
    }
  }

  private Path home(String role) {
    return homes.computeIfAbsent(role, _ -> folder.resolve(role + "-" + checksum(builtJar(role))));
  }

  /// Of the content: the build gives every jar the same time of modification.
  private static String checksum(Path jar) {
    CRC32C sum = new CRC32C();
    try {
      sum.update(Files.readAllBytes(jar));
    } catch (NoSuchFileException _) {
      throw Failure.refused(jar + " is missing; build it with: mvn -DskipTests package");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return Long.toHexString(sum.getValue());
  }

  private Stream<String> built() {
    return ROLES.stream().filter(role -> Files.exists(builtJar(role)));
  }

  private Path builtJar(String role) {
    return repositoryRoot.resolve(role).resolve("target").resolve(role + ".jar");
  }
}
