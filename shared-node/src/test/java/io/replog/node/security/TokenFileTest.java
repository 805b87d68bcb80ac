package io.replog.node.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenFileTest {

  @TempDir Path directory;

  @Test
  void makesASecretThatOnlyTheOwnerReads() throws Exception {
    Path file = directory.resolve("new/token");

    String secret = new TokenFile(file, new SecureRandom()).readOrCreate();

    assertThat(secret).matches("[0-9a-f]{64}");
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(new TokenFile(file, new SecureRandom()).readOrCreate()).isEqualTo(secret);
  }

  @Test
  void givesOneSecretToNodesThatStartAtOnce() throws Exception {
    Path file = directory.resolve("token");
    List<Future<String>> secrets = new ArrayList<>();

    try (ExecutorService nodes = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        secrets.add(nodes.submit(() -> new TokenFile(file, new SecureRandom()).readOrCreate()));
      }
    }

    String first = secrets.getFirst().get();
    for (Future<String> secret : secrets) {
      assertThat(secret.get()).isEqualTo(first);
    }
    try (var left = Files.list(directory)) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void refusesAFileWithoutASecret() throws Exception {
    Path file = Files.writeString(directory.resolve("token"), "\n");

    assertThatThrownBy(() -> new TokenFile(file, new SecureRandom()).readOrCreate())
        .isInstanceOf(IOException.class);
  }
}
