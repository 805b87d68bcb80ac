package io.replog.system.disk;

import io.replog.client.cluster.Awaiting;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A disk of its own for one node: an image file that holds a file system and is mounted. Its power
/// can be cut under the node that runs on it, and comes back with [#remount]. Safe for use by
/// several threads.
public final class LoopDisk implements AutoCloseable {

  private static final Duration UNMOUNT_LIMIT = Duration.ofSeconds(20);

  private final FileSystem fileSystem;
  private final Path image;
  private final Path mountPoint;

  /// Null while the disk is not mounted, and after a cut.
  private @Nullable PowerSwitch powerSwitch;

  private boolean mounted;

  private LoopDisk(FileSystem fileSystem, Path image, Path mountPoint) {
    this.fileSystem = fileSystem;
    this.image = image;
    this.mountPoint = mountPoint;
  }

  /// A new and empty disk, mounted.
  ///
  /// @param image made by this method, sparse
  /// @param bytes its size
  public static LoopDisk create(FileSystem fileSystem, Path image, Path mountPoint, long bytes) {
    try {
      Files.createDirectories(image.getParent());
      Files.createDirectories(mountPoint);
      try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
        file.setLength(bytes);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    Commands.run(fileSystem.make(image));
    LoopDisk disk = new LoopDisk(fileSystem, image, mountPoint);
    disk.mount();
    return disk;
  }

  /// Where the data directory of a node goes; a directory below the root of the file system, so
  /// that the node has to make it durable itself.
  public Path dataDirectory() {
    return mountPoint.resolve("data");
  }

  public Path mountPoint() {
    return mountPoint;
  }

  public Path image() {
    return image;
  }

  /// Cuts the power: every later access fails, and what was not forced is gone.
  public void cut() {
    cut(CutKind.NOTHING_FLUSHED);
  }

  public synchronized void cut(CutKind kind) {
    if (powerSwitch == null) {
      throw new IllegalStateException(mountPoint + " is without power already");
    }
    powerSwitch.cut(kind);
    powerSwitch = null;
  }

  /// Unmounts and mounts, by which the file system replays its journal. Nobody may use it any more.
  public synchronized void remount() {
    unmount();
    mount();
  }

  private void mount() {
    Commands.run(
        List.of(
            "mount",
            "-t",
            fileSystem.toString(),
            "-o",
            "loop",
            image.toString(),
            mountPoint.toString()));
    mounted = true;
    powerSwitch = PowerSwitch.at(mountPoint);
  }

  private void unmount() {
    letGo();
    List<String> command = List.of("umount", mountPoint.toString());
    if (!Awaiting.until(() -> Commands.succeeds(command), UNMOUNT_LIMIT)) {
      Commands.run(command);
    }
    mounted = false;
  }

  private void letGo() {
    if (powerSwitch != null) {
      powerSwitch.close();
      powerSwitch = null;
    }
  }

  /// Unmounts it, even from under somebody. The image stays.
  @Override
  public synchronized void close() {
    if (mounted) {
      letGo();
      Commands.run(List.of("umount", "--lazy", mountPoint.toString()));
      mounted = false;
    }
  }
}
