package io.replog.system.disk;

import io.replog.client.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The disks of one run, all below one directory whose name says which process they belong to.
/// Whatever becomes of that process, they are unmounted and removed: by [#close], by the end of the
/// JVM, or by the next run.
public final class LoopDisks implements AutoCloseable {

  /// Larger than the room that a node keeps in reserve; the images are sparse.
  public static final long BYTES = 640L << 20;

  private final Path directory;
  private final List<Runnable> unmounts = new ArrayList<>();
  private final Thread atExit = new Thread(this::removeAll, "unmount loop disks");

  private LoopDisks(Path directory) {
    this.directory = directory;
  }

  /// @param parent on a real disk
  /// @throws Failure where loop devices cannot be mounted
  public static LoopDisks below(Path parent) {
    Leftovers.remove();
    try {
      Path directory =
          Files.createTempDirectory(
              Files.createDirectories(parent), Leftovers.prefix(ProcessHandle.current().pid()));
      LoopDisks disks = new LoopDisks(directory);
      Runtime.getRuntime().addShutdownHook(disks.atExit);
      return disks;
    } catch (IOException failed) {
      throw Failure.refused("no disks can be made in %s: %s".formatted(parent, failed));
    }
  }

  /// What keeps this machine from having such disks, or an empty text.
  public static String obstacle(Path parent) {
    try (LoopDisks disks = below(parent)) {
      disks.create("trial", FileSystem.EXT4, BYTES).cut();
      return "";
    } catch (Failure failure) {
      return failure.getMessage();
    }
  }

  /// A new and empty disk.
  public LoopDisk create(String name, FileSystem fileSystem) {
    return create(name, fileSystem, BYTES);
  }

  public synchronized LoopDisk create(String name, FileSystem fileSystem, long bytes) {
    LoopDisk disk =
        LoopDisk.create(
            fileSystem, directory.resolve(name + ".img"), directory.resolve(name), bytes);
    unmounts.add(disk::close);
    return disk;
  }

  /// A new and empty disk on so little memory.
  public synchronized ThinDisk createThin(String name, FileSystem fileSystem, int megabytes) {
    ThinDisk disk =
        ThinDisk.create(
            fileSystem, directory.resolve(name + ".store"), directory.resolve(name), megabytes);
    unmounts.add(disk::close);
    return disk;
  }

  public Path directory() {
    return directory;
  }

  /// Unmounts every disk and leaves the images, to look at what was lost.
  public synchronized void keepImages() {
    unmountAll();
    Runtime.getRuntime().removeShutdownHook(atExit);
  }

  @Override
  public void close() {
    removeAll();
    Runtime.getRuntime().removeShutdownHook(atExit);
  }

  private synchronized void removeAll() {
    unmountAll();
    try {
      Leftovers.delete(directory);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void unmountAll() {
    unmounts.forEach(Runnable::run);
    unmounts.clear();
  }
}
