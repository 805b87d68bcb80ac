package io.replog.system.process;

import static io.replog.system.kit.TestCluster.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.kit.TestCluster;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A master that exports no traces does not even load what would.
class TraceExportTest {

  private static final String LIBRARY = "io.opentelemetry.";

  @Test
  void loadsNothingOfOpenTelemetryUnlessTold() {
    assertThat(loaded("silent", "")).noneMatch(line -> line.contains(LIBRARY));
    assertThat(loaded("exporting", "http://127.0.0.1:9"))
        .as("the check sees what is loaded")
        .anyMatch(line -> line.contains(LIBRARY));
  }

  /// What a master says of its classes, after it has taken a message.
  private static Stream<String> loaded(String name, String endpoint) {
    try (TestCluster cluster =
        TestCluster.running(
            "traces-" + name,
            settings ->
                settings
                    .followers(1)
                    .set(MASTER, "JAVA_OPTS", TestCluster.JAVA_OPTIONS + " -Xlog:class+load")
                    .set(MASTER, "OTEL_EXPORTER_OTLP_ENDPOINT", endpoint))) {
      cluster.master().add("m", 2);
      return cluster.lines(MASTER).stream();
    }
  }
}
