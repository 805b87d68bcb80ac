package io.replog.log;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Makes two users of one data directory impossible, across processes and within one.
///
/// Locks of the operating system belong to the process, and closing *any* handle of the file drops
/// them. So a second attempt inside the process must be refused before the file is opened: that is
/// what [#HELD] is for. The file holds the process id of the owner, for the message.
final class DirectoryLock implements DirectoryHold {

  /// Directories held by this process, as real paths.
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private static final int MAX_OWNER_BYTES = 20;

  private final Path directory;
  private final FileChannel channel;
  private final Path file;

  /// Device and inode of the locked file, null where the file system has none.
  private final @Nullable Object identity;

  private DirectoryLock(Path directory, FileChannel channel, Path file) throws IOException {
    this.directory = directory;
    this.channel = channel;
    this.file = file;
    this.identity = identityOf(file);
  }

  /// @throws LogRefusedException if the directory is held already
  static DirectoryLock acquire(Path file) throws IOException {
    Path directory = WholeFiles.directoryOf(file).toRealPath();
    if (!HELD.add(directory)) {
      throw new LogRefusedException(
          "the data directory " + directory + " is in use by this very process");
    }
    try {
      return new DirectoryLock(directory, lockedChannel(file, directory), file);
    } catch (IOException | RuntimeException refused) {
      HELD.remove(directory);
      throw refused;
    }
  }

  @Override
  public boolean isInPlace() {
    try {
      return Objects.equals(identityOf(file), identity);
    } catch (IOException _) {
      return false;
    }
  }

  private static @Nullable Object identityOf(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  private static FileChannel lockedChannel(Path file, Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(file, Set.of(READ, WRITE, CREATE), ChannelFiles.OWNER_ONLY_FILE);
    try {
      @Nullable FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new LogRefusedException(
            "the data directory " + directory + " is in use by process " + owner(channel));
      }
      writeOwner(channel);
      return channel;
    } catch (IOException | RuntimeException refused) {
      channel.close();
      throw refused;
    }
  }

  private static String owner(FileChannel channel) throws IOException {
    ByteBuffer digits = ByteBuffer.allocate(MAX_OWNER_BYTES);
    channel.read(digits, 0);
    return new String(digits.array(), 0, digits.position(), StandardCharsets.US_ASCII).strip();
  }

  private static void writeOwner(FileChannel channel) throws IOException {
    String owner = ProcessHandle.current().pid() + "\n";
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.US_ASCII)), 0);
  }

  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      channel.close();
      HELD.remove(directory);
    }
  }
}
