package io.replog.system.disk;

import io.replog.client.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A disk that promises more room than there is: a large image on a small file system in memory.
/// Once that is full, the kernel takes writes and cannot keep them, and the next force fails.
public final class ThinDisk implements AutoCloseable {

  private static final long PROMISED_BYTES = 640L << 20;

  private final Path store;
  private final LoopDisk disk;

  private ThinDisk(Path store, LoopDisk disk) {
    this.store = store;
    this.disk = disk;
  }

  static ThinDisk create(FileSystem fileSystem, Path store, Path mountPoint, int megabytes) {
    try {
      Files.createDirectories(store);
    } catch (IOException failed) {
      throw Failure.refused(store + " cannot be made: " + failed.getMessage());
    }
    Commands.run(List.of("mount", "-t", "tmpfs", "-o", size(megabytes), "tmpfs", store.toString()));
    Path image = store.resolve("image");
    return new ThinDisk(store, LoopDisk.create(fileSystem, image, mountPoint, PROMISED_BYTES));
  }

  private static String size(int megabytes) {
    return "size=" + megabytes + "m";
  }

  /// From now on there is so much room.
  public void resize(int megabytes) {
    Commands.run(List.of("mount", "-o", "remount," + size(megabytes), store.toString()));
  }

  public LoopDisk disk() {
    return disk;
  }

  @Override
  public void close() {
    disk.close();
    Commands.run(List.of("umount", "--lazy", store.toString()));
  }
}
