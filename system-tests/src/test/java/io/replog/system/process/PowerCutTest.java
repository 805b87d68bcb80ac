package io.replog.system.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.model.FsyncMode;
import io.replog.system.disk.FileSystem;
import io.replog.system.kit.DiskCluster;
import io.replog.system.power.ClusterSettings;
import io.replog.system.power.CutRun;
import io.replog.system.power.LogSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Twenty power cuts that lose nothing; and as many as it takes until something is lost once a
/// protection is taken away. Hundreds: `./replog power-cuts`.
class PowerCutTest {

  private static final String EVERY_FORCE = "io/replog/log/ForceFailedException.force";
  private static final String DIRECTORY_FORCE = "io/replog/log/ForceFailedException.forceDirectory";

  /// Cuts at most until a control has lost something. Without forces of the directory one cut in
  /// about fourteen loses something on xfs, whose journal takes a rename along with the next force
  /// of any file.
  private static final int CUTS_OF_CONTROL = 200;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private final long seed = Long.getLong("replog.seed", System.nanoTime());
  private final List<String> lines = new ArrayList<>();

  @BeforeEach
  void requireLoopDisks() {
    DiskCluster.requireLoopDisks();
  }

  @ParameterizedTest
  @EnumSource
  void keepsEverythingInOneLog(FileSystem fileSystem) {
    CutRun run = log(LogSettings.of(FsyncMode.ALWAYS), fileSystem);

    boolean kept = run.run(8);

    assertThat(kept).as("-Dreplog.seed=%d %s", seed, lines).isTrue();
    assertThat(run.tally().cuts()).isEqualTo(8);
    assertThat(run.tally().acknowledged()).isPositive();
  }

  @ParameterizedTest
  @EnumSource
  void keepsEverythingInACluster(FileSystem fileSystem) {
    CutRun run = cluster(ClusterSettings.of(3, FsyncMode.ALWAYS), fileSystem);

    boolean kept = run.run(2);

    assertThat(kept).as("-Dreplog.seed=%d %s", seed, lines).isTrue();
    assertThat(run.tally().cuts()).isEqualTo(2);
    assertThat(run.tally().acknowledged()).isPositive();
  }

  @ParameterizedTest
  @EnumSource
  void findsLossWithoutForces(FileSystem fileSystem) {
    CutRun run = log(LogSettings.of(FsyncMode.NEVER), fileSystem);

    assertThat(run.run(CUTS_OF_CONTROL)).as("kept %s", lines).isFalse();
  }

  @Test
  void findsLossWithForcesThatDoNothing() {
    CutRun run = log(LogSettings.of(FsyncMode.ALWAYS, EVERY_FORCE), FileSystem.EXT4);

    assertThat(run.run(CUTS_OF_CONTROL)).as("kept %s", lines).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void findsLossWithoutForceOfTheDirectory(FileSystem fileSystem) {
    CutRun run = log(LogSettings.of(FsyncMode.ALWAYS, DIRECTORY_FORCE), fileSystem);

    assertThat(run.run(CUTS_OF_CONTROL)).as("kept %s", lines).isFalse();
  }

  @Test
  void findsLossInAClusterWithoutForces() {
    CutRun run = cluster(ClusterSettings.of(2, FsyncMode.NEVER), FileSystem.EXT4);

    assertThat(run.run(CUTS_OF_CONTROL)).as("kept %s", lines).isFalse();
  }

  private CutRun log(LogSettings settings, FileSystem fileSystem) {
    return CutRun.ofLog(settings, directory, List.of(fileSystem), seed, lines::add);
  }

  private CutRun cluster(ClusterSettings settings, FileSystem fileSystem) {
    return CutRun.ofCluster(settings, directory, List.of(fileSystem), seed, lines::add);
  }
}
