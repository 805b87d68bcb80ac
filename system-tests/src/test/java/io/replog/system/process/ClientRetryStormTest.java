package io.replog.system.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.kit.RawHttp;
import io.replog.system.kit.TestCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Every request is sent three times at once, and half of the clients hang up before the answer: a
/// key makes one message of it.
class ClientRetryStormTest {

  private static final int MESSAGES = 200;
  private static final int TIMES = 3;
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private final TestCluster cluster =
      TestCluster.running("client-retry-storm", settings -> settings);

  @AfterEach
  void stopCluster() {
    cluster.close();
  }

  @Test
  void appendsOnceForEachKey() {
    storm(number -> "Idempotency-Key: key-" + number + "\r\n");
    awaitEverySettled();

    assertThat(cluster.master().texts())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, MESSAGES).mapToObj(number -> "m" + number).toList());
  }

  /// The control: without keys the same storm leaves doubles behind.
  @Test
  void doublesWhatHasNoKey() {
    storm(_ -> "");
    awaitEverySettled();

    List<String> texts = cluster.master().texts();
    assertThat(texts).hasSizeGreaterThan(MESSAGES * 4 / 3);
    assertThat(texts.stream().distinct().count()).isEqualTo(MESSAGES);
  }

  private void awaitEverySettled() {
    assertThat(cluster.master().add("m0", 3, "Idempotency-Key", "key-0").status()).isEqualTo(200);
    cluster.awaitInSync();
  }

  private interface Headers {
    String of(int number);
  }

  private void storm(Headers headers) {
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int sent = 0; sent < MESSAGES * TIMES; sent++) {
        int number = sent / TIMES;
        boolean hangsUp = sent % 2 == 0;
        clients.execute(() -> send(number, headers.of(number), hangsUp));
      }
    }
  }

  /// Two or one of the three wait for the answer.
  private void send(int number, String headers, boolean hangsUp) {
    String body = "{\"data\":\"m%d\",\"write_concern\":%d}".formatted(number, 1 + number % 3);
    String request =
        "POST /add HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\n\r\n%s"
            .formatted(headers, body.length(), body);
    try (RawHttp connection = RawHttp.connect(cluster.master())) {
      connection.send(request);
      if (!hangsUp) {
        assertThat(connection.readToEnd(ANSWER)).startsWith("HTTP/1.1 200");
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
