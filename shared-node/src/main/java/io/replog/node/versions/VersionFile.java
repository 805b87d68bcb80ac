package io.replog.node.versions;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// `versions.jsonl` in the data directory, and `versions.jsonl.1`, into which it is moved when it
/// is full. Not forced: a power cut may take the last lines, and leave half of one, which is
/// skipped.
final class VersionFile {

  static final String NAME = "versions.jsonl";

  private static final FileAttribute<Set<PosixFilePermission>> OWNERS_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /// Room for the last line and half of another.
  private static final int TAIL_BYTES = 4 << 10;

  private final Path present;
  private final Path older;
  private final long maxBytes;
  private final JsonMapper json;

  /// @param maxBytes of each of the two files, about
  VersionFile(Path directory, long maxBytes, JsonMapper json) {
    this.present = directory.resolve(NAME);
    this.older = directory.resolve(NAME + ".1");
    this.maxBytes = maxBytes;
    this.json = json;
  }

  /// @throws IOException if the disk does not take the line; part of it may be there
  void append(VersionLine line) throws IOException {
    if (Files.exists(present) && Files.size(present) >= maxBytes) {
      Files.move(present, older, StandardCopyOption.REPLACE_EXISTING);
    }
    if (!Files.exists(present)) {
      Files.createFile(present, OWNERS_ONLY);
    }
    String text = (endsInside(present) ? "\n" : "") + json.writeValueAsString(line) + "\n";
    Files.writeString(present, text, StandardOpenOption.APPEND);
  }

  /// The last whole line, empty when there is none.
  Optional<VersionLine> last() throws IOException {
    Optional<VersionLine> found = last(present);
    return found.isPresent() ? found : last(older);
  }

  private Optional<VersionLine> last(Path file) throws IOException {
    List<String> lines = tail(file).lines().toList();
    return lines.reversed().stream().map(this::parse).flatMap(Optional::stream).findFirst();
  }

  private Optional<VersionLine> parse(String line) {
    try {
      return Optional.ofNullable(json.readValue(line, VersionLine.class));
    } catch (JacksonException torn) {
      return Optional.empty();
    }
  }

  private static boolean endsInside(Path file) throws IOException {
    String tail = tail(file);
    return !tail.isEmpty() && !tail.endsWith("\n");
  }

  private static String tail(Path file) throws IOException {
    if (!Files.exists(file)) {
      return "";
    }
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(Math.max(0, Files.size(file) - TAIL_BYTES));
      return new String(in.readNBytes(TAIL_BYTES), StandardCharsets.UTF_8);
    }
  }
}
