package io.replog.client.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetachmentTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir private Path path;
  private Process node;

  @AfterEach
  void endNode() {
    if (node != null) {
      node.destroyForcibly();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"setsid", "perl"})
  void givesNodeSessionOfItsOwnUnderTheProcessIdThatWasStarted(String program) throws Exception {
    offer(program);

    start();

    assertThat(Awaiting.until(() -> group().equals("" + node.pid()), PATIENCE)).isTrue();
  }

  @Test
  void atLeastIgnoresHangUpWhereThereIsNeither() throws Exception {
    start();
    assertThat(Awaiting.until(() -> command().contains("sleep"), PATIENCE)).isTrue();

    Shell.signal("HUP", node.pid());

    assertThat(node.waitFor(300, TimeUnit.MILLISECONDS)).isFalse();
    assertThat(command()).contains("sleep");
  }

  private void offer(String program) throws Exception {
    Path found =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .map(folder -> Path.of(folder, program))
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(null);
    Assumptions.assumeTrue(found != null, program + " is not on this machine");
    Path link = Files.writeString(path.resolve(program), "#!/bin/sh\nexec " + found + " \"$@\"\n");
    Files.setPosixFilePermissions(link, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void start() throws Exception {
    List<String> line = new ArrayList<>(Detachment.prefix(path.toString()));
    line.addAll(List.of("sleep", "600"));
    node = new ProcessBuilder(line).start();
  }

  private String group() {
    return Shell.output("ps", "-o", "pgid=", "-p", Long.toString(node.pid())).strip();
  }

  private String command() {
    return Shell.output("ps", "-o", "comm=", "-p", Long.toString(node.pid()));
  }
}
