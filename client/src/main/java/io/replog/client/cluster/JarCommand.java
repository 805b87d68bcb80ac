package io.replog.client.cluster;

import io.replog.client.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Runs the programs that Maven has built, `master/target/master*.jar` and its sibling, on the same
/// Java that runs this program.
public final class JarCommand implements NodeCommand {

  /// Heap and collector that suit three nodes on a small machine; `JAVA_OPTS` replaces them.
  static final List<String> DEFAULT_JAVA_OPTIONS =
      List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");

  private final Path repositoryRoot;
  private final @Nullable Path copies;

  private JarCommand(Path repositoryRoot, @Nullable Path copies) {
    this.repositoryRoot = repositoryRoot;
    this.copies = copies;
  }

  /// Runs the jars where Maven left them. A build must not replace them meanwhile.
  public static JarCommand inPlace(Path repositoryRoot) {
    return new JarCommand(repositoryRoot, null);
  }

  /// Runs copies of the jars, so that a build beside running nodes does them no harm.
  public static JarCommand copiedTo(Path copies, Path repositoryRoot) {
    return new JarCommand(repositoryRoot, copies);
  }

  @Override
  public List<String> command(NodeSpec node, Map<String, String> variables) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("-Xshare:auto");
    line.add("-Dstdout.encoding=UTF-8");
    line.add("-Dstderr.encoding=UTF-8");
    line.addAll(javaOptions(variables.getOrDefault("JAVA_OPTS", "").strip()));
    line.add("-jar");
    line.add(program(node.role()).toString());
    return line;
  }

  private static List<String> javaOptions(String written) {
    return written.isEmpty() ? DEFAULT_JAVA_OPTIONS : List.of(written.split("\\s+"));
  }

  private Path program(String role) {
    Path built =
        newestJar(role)
            .orElseThrow(
                () ->
                    Failure.refused(
                        "%s/target holds no %s.jar; build it with: mvn -DskipTests package"
                            .formatted(repositoryRoot.resolve(role), role)));
    return copies == null ? built : copied(built, copies);
  }

  private Optional<Path> newestJar(String role) {
    try (Stream<Path> built = Files.list(repositoryRoot.resolve(role).resolve("target"))) {
      return built
          .filter(file -> isProgram(file.getFileName().toString(), role))
          .max(Comparator.comparingLong(file -> file.toFile().lastModified()));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static boolean isProgram(String name, String role) {
    return (name.equals(role + ".jar") || name.startsWith(role + "-"))
        && name.endsWith(".jar")
        && Stream.of("-sources.jar", "-javadoc.jar", "-tests.jar").noneMatch(name::endsWith);
  }

  /// Of the content: the build gives every jar the same time of modification.
  private static String checksum(Path jar) throws IOException {
    CRC32C sum = new CRC32C();
    sum.update(Files.readAllBytes(jar));
    return Long.toHexString(sum.getValue());
  }

  private static Path copied(Path jar, Path folder) {
    try {
      Path copy = folder.resolve(checksum(jar) + "-" + jar.getFileName());
      if (Files.exists(copy)) {
        return copy;
      }
      Files.createDirectories(folder);
      Path partial = Files.createTempFile(folder, "copy", ".partial");
      Files.copy(jar, partial, StandardCopyOption.REPLACE_EXISTING);
      return Files.move(partial, copy, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
