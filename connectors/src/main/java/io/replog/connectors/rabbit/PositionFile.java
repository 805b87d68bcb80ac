package io.replog.connectors.rabbit;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Keeps a [Position] in a small file that is whole or not there, whatever happens while it is
/// written: a new one is written and forced beside it and takes its place. For one thread.
final class PositionFile {

  private static final int MAX_BYTES = 4_096;

  private final Path file;
  private final JsonMapper json;

  /// What the file holds.
  ///
  /// JSON: `{"log_id":"0b8e…","index":1203,"crc32c":"5f0a33d1"}`
  ///
  /// @param logId see [Position]
  /// @param index see [Position]
  /// @param crc32c checksum of the other two, eight hexadecimal digits
  @JsonPropertyOrder({"log_id", "index", "crc32c"})
  private record Content(
      @JsonProperty("log_id") @Nullable String logId,
      @JsonProperty("index") long index,
      @JsonProperty("crc32c") @Nullable String crc32c) {

    static Content of(Position position) {
      return new Content(position.logId(), position.index(), checksum(position));
    }

    private static String checksum(Position position) {
      CRC32C sum = new CRC32C();
      String covered = position.logId() + "\n" + position.index();
      sum.update(covered.getBytes(StandardCharsets.UTF_8));
      return "%08x".formatted(sum.getValue());
    }

    @Nullable Position intact() {
      if (logId == null || index < 0) {
        return null;
      }
      Position position = new Position(logId, index);
      return checksum(position).equals(crc32c) ? position : null;
    }
  }

  PositionFile(Path file, JsonMapper json) {
    this.file = file;
    this.json = json;
  }

  /// Whether it is certain that there is no file.
  boolean isGone() {
    return Files.notExists(file);
  }

  /// What was saved last; empty when there is no file.
  ///
  /// @throws BadPositionException if there is one that is damaged or cannot be read
  Optional<Position> read() {
    try {
      return Optional.of(parse());
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException failed) {
      throw new BadPositionException("%s cannot be read: %s".formatted(file, failed));
    }
  }

  private Position parse() throws IOException {
    Position position = Files.size(file) > MAX_BYTES ? null : intact(Files.readAllBytes(file));
    if (position == null) {
      throw new BadPositionException(
          file
              + " is damaged; put a good copy in its place, or delete it to publish the log again"
              + " from RABBITMQ_OUT_FROM on");
    }
    return position;
  }

  private @Nullable Position intact(byte[] bytes) {
    try {
      Content content = json.readValue(bytes, Content.class);
      return content == null ? null : content.intact();
    } catch (JacksonException _) {
      return null;
    }
  }

  /// Returns when it is on the disk.
  ///
  /// @throws BadPositionException if that is not possible; what was saved before stays
  void save(Position position) {
    try {
      Path directory = Objects.requireNonNull(file.getParent());
      Files.createDirectories(directory);
      Path beside = directory.resolve(file.getFileName() + ".new");
      writeForced(beside, json.writeValueAsBytes(Content.of(position)));
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      force(directory);
    } catch (IOException failed) {
      throw new BadPositionException("%s cannot be written: %s".formatted(file, failed));
    }
  }

  private static void writeForced(Path path, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
