package io.replog.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.model.Position;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real process, killed while it writes to a real disk.
class KilledProcessTest {

  private static final int KILLS = 3;

  @TempDir private Path parent;

  @Test
  void keepsEverythingThatWasReportedBeforeTheKill() throws Exception {
    for (int kill = 1; kill <= KILLS; kill++) {
      long reported = writeAndKill(400 * kill);

      try (DurableLog log = DurableLog.open(OtherProcess.options(data()), new Heard())) {
        assertThat(log.recovery().corruption()).isEmpty();
        assertThat(log.recovery().cleanShutdown()).isFalse();
        assertThat(log.end().index()).isGreaterThanOrEqualTo(reported);
        assertThat(DurableLogTest.all(log))
            .isEqualTo(Entries.behind(Position.START, (int) log.end().index()));
      }
    }
  }

  /// @return the highest index that the process reported durable before it was gone
  private long writeAndKill(int lines) throws IOException, InterruptedException {
    Process process = OtherProcess.start("write", data());
    long reported = 0;
    try (BufferedReader output = process.inputReader()) {
      for (int i = 0; i < lines; i++) {
        reported = Long.parseLong(output.readLine());
      }
      process.destroyForcibly().waitFor();
    }
    return reported;
  }

  private Path data() {
    return parent.resolve("data");
  }
}
