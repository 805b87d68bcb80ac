package io.replog.system.chaos;

import io.replog.system.disk.CutKind;
import io.replog.system.disk.FileSystem;
import io.replog.system.disk.LoopDisk;
import io.replog.system.kit.Programs;
import io.replog.system.kit.Shell;
import io.replog.system.kit.TestCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// A small disk of its own for every node, so that it can become full or lose its power: a file
/// system in a file.
final class SmallDisks implements AutoCloseable {

  /// Room for what a node keeps free (256 MiB), and for the log of a run.
  private static final long DISK_BYTES = 640L << 20;

  private static final Set<FaultKind> NEEDED_FOR = Set.of(FaultKind.FULL_DISK, FaultKind.POWER);

  private static final String FILLER = "filler";
  private static final int FILL_ATTEMPTS = 10;
  private static final long FILL_STEP_BYTES = 1 << 20;

  private final Path directory;
  private final boolean wanted;
  private final Map<String, LoopDisk> disks = new LinkedHashMap<>();

  /// Mount points of the disks that are full.
  private final Set<Path> full = new HashSet<>();

  private final Set<String> filled = new HashSet<>();

  private SmallDisks(Path directory, boolean wanted) {
    this.directory = directory;
    this.wanted = wanted;
  }

  /// @param kinds of faults; without [FaultKind#FULL_DISK] and [FaultKind#POWER] the nodes share
  ///   the machine's disk
  static SmallDisks under(Path directory, Set<FaultKind> kinds) {
    return new SmallDisks(directory, !Collections.disjoint(kinds, NEEDED_FOR));
  }

  static boolean arePossible() {
    return Programs.isRoot()
        && Programs.isThere("mkfs.ext4")
        && Programs.isThere("xfs_io")
        && Programs.isThere("fallocate")
        && Files.exists(Path.of("/dev/loop-control"));
  }

  /// Mounts the disk of a node.
  ///
  /// @return the data directory for it, or empty when it has no disk of its own
  Optional<String> mount(String node) {
    if (!wanted) {
      return Optional.empty();
    }
    Path image = directory.resolve(node + ".img");
    LoopDisk disk = LoopDisk.create(FileSystem.EXT4, image, directory.resolve(node), DISK_BYTES);
    disks.put(node, disk);
    return Optional.of(disk.dataDirectory().toString());
  }

  private LoopDisk disk(String node) {
    return Objects.requireNonNull(disks.get(node), node);
  }

  boolean isMounted(String node) {
    return disks.containsKey(node);
  }

  /// Where the data of the node are, if it has a disk of its own.
  Optional<Path> data(String node) {
    return Optional.ofNullable(disks.get(node)).map(LoopDisk::dataDirectory);
  }

  /// Removes everything, for good: a power cut does not bring it back.
  void empty(String node) {
    TestCluster.deleteTree(disk(node).dataDirectory());
    sync(disk(node).mountPoint());
  }

  private static void sync(Path mountPoint) {
    Shell.run("sync", "--file-system", mountPoint.toString());
  }

  /// Cuts the power of the node's disk under the node.
  void cut(String node, CutKind kind) {
    disk(node).cut(kind);
  }

  /// Gives it its power back; the node is gone by now.
  void restore(String node) {
    disk(node).remount();
  }

  /// Whether the node's disk was ever filled.
  boolean wasFilled(String node) {
    return filled.contains(node);
  }

  /// Fills the node's disk but for this much.
  void fill(String node, long freeBytes) {
    filled.add(node);
    Path mount = disk(node).mountPoint();
    if (!full.add(mount)) {
      return;
    }
    Path filler = mount.resolve(FILLER);
    for (int attempt = 0; attempt < FILL_ATTEMPTS; attempt++) {
      long fill = mount.toFile().getUsableSpace() - freeBytes - attempt * FILL_STEP_BYTES;
      if (fill <= 0 || allocate(filler, fill)) {
        return;
      }
    }
    throw new IllegalStateException("the disk of " + node + " could not be filled");
  }

  /// The node goes on writing meanwhile, so the space may be gone that was there a moment ago.
  private static boolean allocate(Path filler, long bytes) {
    try {
      Shell.run("fallocate", "-l", Long.toString(bytes), filler.toString());
      return true;
    } catch (UncheckedIOException _) {
      TestCluster.deleteTree(filler);
      return false;
    }
  }

  /// Gives all space back, for good: a power cut does not fill the disks again.
  void release() {
    try {
      for (Path mount : full) {
        Files.deleteIfExists(mount.resolve(FILLER));
        sync(mount);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    full.clear();
  }

  @Override
  public void close() {
    disks.values().forEach(LoopDisk::close);
    disks.clear();
  }
}
