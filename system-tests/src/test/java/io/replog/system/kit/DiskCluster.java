package io.replog.system.kit;

import io.replog.system.disk.FileSystem;
import io.replog.system.disk.LoopDisk;
import io.replog.system.disk.LoopDisks;
import java.nio.file.Path;

/// A master and one follower, each on a loop disk of its own, for one test.
public final class DiskCluster implements AutoCloseable {

  private final LoopDisks disks;
  private final LoopDisk masterDisk;
  private final LoopDisk followerDisk;
  private final TestCluster cluster;

  /// Returns when both nodes are in sync.
  public DiskCluster(String name, FileSystem fileSystem) {
    requireLoopDisks();
    disks = LoopDisks.below(directory());
    masterDisk = disks.create("master", fileSystem);
    followerDisk = disks.create("follower-1", fileSystem);
    cluster =
        TestCluster.laidOut(
            name,
            settings ->
                settings
                    .followers(1)
                    .set("REPLOG_HTTP_BODY_GRACE", "10m")
                    .set(TestCluster.MASTER, "DATA_DIR", masterDisk.dataDirectory().toString())
                    .set(
                        TestCluster.FOLLOWER_1,
                        "DATA_DIR",
                        followerDisk.dataDirectory().toString()));
    try {
      cluster.nodes().up();
      cluster.awaitInSync();
    } catch (RuntimeException | Error failed) {
      close();
      throw failed;
    }
  }

  /// Skips the test where file systems in files cannot be made or mounted. As root with `CI=true`
  /// it fails.
  public static void requireLoopDisks() {
    for (FileSystem fileSystem : FileSystem.values()) {
      Tools.require(fileSystem.maker(), fileSystem.debianPackage());
    }
    Tools.require("xfs_io", "xfsprogs");
    String obstacle = LoopDisks.obstacle(directory());
    if (!obstacle.isEmpty()) {
      Tools.skip("loop devices cannot be mounted here: " + obstacle, Programs.isRoot());
    }
  }

  public static Path directory() {
    return Repository.root().resolve("system-tests/target/disks");
  }

  public TestCluster cluster() {
    return cluster;
  }

  public NodeClient master() {
    return cluster.master();
  }

  public LoopDisk masterDisk() {
    return masterDisk;
  }

  public LoopDisk followerDisk() {
    return followerDisk;
  }

  @Override
  public void close() {
    cluster.close();
    disks.close();
  }
}
