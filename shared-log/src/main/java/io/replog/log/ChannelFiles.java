package io.replog.log;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The real disk. Directories are made 0700 and files 0600.
final class ChannelFiles implements LogFiles {

  private static final FileAttribute<?> OWNER_ONLY_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  static final FileAttribute<?> OWNER_ONLY_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  @Override
  public void prepareDirectory(Path directory) throws IOException {
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      throw new LogRefusedException(directory + " is not a directory");
    }
    if (!Files.exists(directory)) {
      Files.createDirectories(directory, OWNER_ONLY_DIRECTORY);
      forceParent(directory);
    }
    if (Files.getPosixFilePermissions(directory).contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new LogRefusedException(
          "everybody may write to the data directory " + directory + ": chmod o-w it");
    }
  }

  @Override
  public DirectoryHold lock(Path file) throws IOException {
    return DirectoryLock.acquire(file);
  }

  @Override
  public List<String> list(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Override
  public LogFile create(Path file) throws IOException {
    return new ChannelLogFile(
        FileChannel.open(file, Set.of(READ, WRITE, CREATE, TRUNCATE_EXISTING), OWNER_ONLY_FILE));
  }

  @Override
  public LogFile open(Path file) throws IOException {
    return new ChannelLogFile(FileChannel.open(file, READ, WRITE));
  }

  @Override
  public LogFile openToRead(Path file) throws IOException {
    return new ChannelLogFile(FileChannel.open(file, READ));
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void deleteIfExists(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, READ)) {
      channel.force(true);
    }
  }

  @Override
  public long usableBytes(Path directory) throws IOException {
    return Files.getFileStore(directory).getUsableSpace();
  }

  private void forceParent(Path directory) throws IOException {
    Path parent = directory.toAbsolutePath().getParent();
    if (parent != null) {
      forceDirectory(parent);
    }
  }

  @Override
  public int readers() {
    return Runtime.getRuntime().availableProcessors();
  }
}
