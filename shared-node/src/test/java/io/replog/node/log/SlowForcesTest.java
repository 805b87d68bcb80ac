package io.replog.node.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.log.LogOptions;
import io.replog.node.events.EventLog;
import io.replog.node.shutdown.FailStop;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlowForcesTest {

  @TempDir Path directory;
  private final List<String> warnings = new ArrayList<>();

  @Test
  void warnsOfAForceOfMoreThanASecondOnly() throws Exception {
    try (NodeLog log =
        NodeLog.open(LogOptions.of(directory, "replog", "node"), new FailStop(_ -> {}, _ -> {}))) {
      SlowForces forces = new SlowForces(log, new Recorder());

      forces.forced(3, 1_000_000_000L);
      assertThat(warnings).isEmpty();
      forces.forced(3, 1_250_000_000L);

      assertThat(warnings).containsExactly("the disk took 1250 ms to force 3 entries");
    }
  }

  private final class Recorder implements EventLog {

    @Override
    public void happened(String kind, String line) {}

    @Override
    public void warn(String kind, String line) {
      warnings.add(line);
    }

    @Override
    public String text(String text) {
      return "";
    }
  }
}
