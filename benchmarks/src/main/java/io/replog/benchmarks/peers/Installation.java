package io.replog.benchmarks.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Gets the other systems where they are missing: from Debian's packages, and Kafka from Maven
/// Central.
final class Installation {

  private static final List<String> FOLDERS = List.of("/usr/bin", "/usr/sbin", "/usr/local/bin");

  private Installation() {}

  /// Makes sure that the program is there.
  ///
  /// @param debianPackage where it comes from
  static void require(String program, String debianPackage) throws IOException {
    if (!isThere(program)) {
      System.out.println("installing " + debianPackage);
      run(List.of("apt-get", "install", "-y", "--no-install-recommends", debianPackage));
    }
  }

  private static boolean isThere(String program) {
    Stream<String> path = Stream.of(System.getenv().getOrDefault("PATH", "").split(":"));
    return Stream.concat(path, FOLDERS.stream())
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /// The broker with all it stands on, fetched at the first time.
  static Path kafka() throws IOException {
    Path libraries = Path.of("benchmarks/target/kafka").toAbsolutePath();
    if (!Files.isDirectory(libraries)) {
      System.out.println("fetching Kafka from Maven Central");
      String maven = System.getenv().getOrDefault("REPLOG_MAVEN", "mvn");
      List<String> line = new ArrayList<>(List.of(maven, "-B", "-q", "-f"));
      line.addAll(List.of("benchmarks/kafka/pom.xml", "dependency:copy-dependencies"));
      line.addAll(List.of("-DincludeScope=runtime", "-DoutputDirectory=" + libraries));
      run(line);
    }
    return libraries;
  }

  /// The Java that runs this, to add to.
  static List<String> java() {
    return new ArrayList<>(
        List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
  }

  /// Runs it to its end.
  ///
  /// @return what it printed, errors included
  /// @throws IOException when it fails, with what it printed
  static String run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (exitCode(process) != 0) {
      throw new IOException("%s: %s".formatted(String.join(" ", command), output.strip()));
    }
    return output;
  }

  private static int exitCode(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(interrupted));
    }
  }
}
