package io.replog.client.shell;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

/// The file that remembers what was typed. Texts may be private, so only its owner may read it.
final class HistoryFile {

  private HistoryFile() {}

  /// The file, which is there and closed to others; empty where there can be none.
  ///
  /// @param environment `XDG_STATE_HOME` says where the state of programs lies, else `HOME`
  static Optional<Path> prepare(Map<String, String> environment) {
    Path file = stateDirectory(environment).resolve("replog").resolve("history");
    try {
      Files.createDirectories(file.getParent());
      create(file);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      return Optional.of(file);
    } catch (IOException | UnsupportedOperationException _) {
      return Optional.empty();
    }
  }

  /// Begins a new file in place of one that cannot be read.
  ///
  /// @return where the old one is now
  static Path putAside(Path file) throws IOException {
    Path aside = file.resolveSibling("history.damaged");
    Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
    create(file);
    return aside;
  }

  private static void create(Path file) throws IOException {
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (FileAlreadyExistsException _) {
      // It remembers what was typed before.
    }
  }

  private static Path stateDirectory(Map<String, String> environment) {
    Path named = Path.of(environment.getOrDefault("XDG_STATE_HOME", ""));
    String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
    return named.isAbsolute() ? named : Path.of(home, ".local", "state");
  }
}
