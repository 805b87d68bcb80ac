package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static io.replog.system.kit.TestCluster.FOLLOWER_2;
import static io.replog.system.kit.TestCluster.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.history.Checker;
import io.replog.system.history.History;
import io.replog.system.kit.TestCluster;
import io.replog.system.load.FinalLogs;
import io.replog.system.load.Run;
import io.replog.system.load.Writer;
import io.replog.system.load.WriterHabits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A master that is killed again and again while clients write: nothing is lost, every start is a
/// new epoch, and no start leaves anything behind. `-Dlong=true` kills it fifty times.
class CrashLoopTest {

  private static final int CRASHES = Boolean.getBoolean("long") ? 50 : 6;
  private static final int WRITERS = 4;

  /// Files that a directory may have beyond those of the first start, whatever happens.
  private static final int SPARE_FILES = 3;

  private final History history = new History();
  private final Run run = new Run();
  private final TestCluster cluster = TestCluster.running("crash-loop", settings -> settings);

  @AfterEach
  void stopCluster() {
    run.end();
    cluster.close();
  }

  @Test
  void losesNothingAndLeavesNothingBehind() {
    List<Long> epochs = new ArrayList<>(List.of(epoch()));
    long files = files();
    long descriptors = descriptors();
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int number = 0; number < WRITERS; number++) {
        clients.execute(
            new Writer(
                "c" + number,
                cluster.master(),
                history,
                new Random(number),
                run,
                WriterHabits.restless(3)));
      }
      for (int crash = 0; crash < CRASHES; crash++) {
        awaitMoreAcknowledged();
        cluster.nodes().kill(MASTER);
        cluster.start(MASTER);
        cluster.awaitWritable();
        epochs.add(epoch());
      }
      run.end();
    }
    cluster.awaitInSync();
    for (String node : List.of(MASTER, FOLLOWER_1, FOLLOWER_2)) {
      history.add(FinalLogs.of(node, cluster.client(node)));
    }

    assertThat(epochs).isSorted().doesNotHaveDuplicates().hasSize(CRASHES + 1);
    assertThat(files()).isLessThanOrEqualTo(files + SPARE_FILES);
    assertThat(descriptors()).isLessThan(descriptors * 2);
    assertThat(Checker.check(history)).isEmpty();
  }

  private void awaitMoreAcknowledged() {
    long before = history.acknowledged();
    TestCluster.await("some more adds", () -> history.acknowledged() >= before + 20);
  }

  private long epoch() {
    return cluster.master().health().get("epoch").asLong();
  }

  private long files() {
    return count(cluster.nodes().dataDirectory(MASTER));
  }

  private long descriptors() {
    return count(Path.of("/proc/" + cluster.nodes().pid(MASTER) + "/fd"));
  }

  private static long count(Path directory) {
    try (Stream<Path> found = Files.list(directory)) {
      return found.count();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
