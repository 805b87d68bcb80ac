package io.replog.master.add;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.replog.master.kit.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.replog.master.kit.TestClient;
import io.replog.master.kit.TestFollower;
import io.replog.master.kit.TestMaster;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Elsewhere than on Linux nothing is noticed.
@EnabledOnOs(OS.LINUX)
class ConnectionWatchTest {

  private static final String BLOCKING = "{\"data\":\"m\",\"write_concern\":2}";

  private static final Duration SEVERAL_LOOKS = Duration.ofMillis(2_500);

  @TempDir private Path data;
  private TestFollower follower;
  private TestMaster master;
  private TestClient client;

  @BeforeEach
  void start() {
    follower = new TestFollower("follower-1");
    follower.answerBatches(aResponse().withStatus(500));
    master = TestMaster.start(data, List.of(follower));
    client = new TestClient(master);
  }

  @AfterEach
  void stop() {
    client.close();
    master.close();
    follower.close();
  }

  private Socket connect() throws IOException {
    return new Socket("127.0.0.1", master.uri().getPort());
  }

  private static void send(Socket socket, String... bodies) throws IOException {
    StringBuilder requests = new StringBuilder();
    for (String body : bodies) {
      requests
          .append("POST /add HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n")
          .append("Content-Length: ")
          .append(body.length())
          .append("\r\n\r\n")
          .append(body);
    }
    socket.getOutputStream().write(requests.toString().getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  private void awaitBlocked(int calls) {
    await().until(() -> blocked() == calls);
  }

  private int blocked() {
    return client.data("/health").get("blocked_writes").intValue();
  }

  private double appends(String outcome) {
    return master
        .bean(MeterRegistry.class)
        .counter("replog.appends", "write_concern", "2", "outcome", outcome)
        .count();
  }

  @Test
  void endsTheWaitOfACallerThatHangsUpAndKeepsItsMessage() throws IOException {
    try (Socket socket = connect()) {
      send(socket, BLOCKING);
      awaitBlocked(1);
    }

    awaitBlocked(0);

    assertThat(client.data("/health").get("last_index").longValue()).isEqualTo(1);
    assertThat(appends("abandoned")).isEqualTo(1);
    assertThat(appends("met")).isZero();
  }

  @Test
  void endsTheWaitOfACallerThatResetsItsConnection() throws IOException {
    try (Socket socket = connect()) {
      send(socket, BLOCKING);
      await().pollDelay(SEVERAL_LOOKS).until(() -> blocked() == 1);
      socket.setSoLinger(true, 0);
    }

    awaitBlocked(0);
  }

  @Test
  void answersRequestsThatFollowOnTheSameConnection() throws IOException {
    try (Socket socket = connect()) {
      BufferedReader answers =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));

      send(socket, BLOCKING);
      awaitBlocked(1);
      send(socket, "{\"data\":\"second\"}", "{\"data\":\"third\"}");
      await().pollDelay(SEVERAL_LOOKS).until(() -> blocked() == 1);
      follower.heal();

      assertThat(statusOf(answers)).isEqualTo(200);
      assertThat(statusOf(answers)).isEqualTo(200);
      assertThat(statusOf(answers)).isEqualTo(200);
    }
    assertThat(client.data("/messages").toString())
        .isEqualTo("[{\"text\":\"m\"},{\"text\":\"second\"},{\"text\":\"third\"}]");
  }

  @Test
  void answersRequestsThatCameWithTheOneThatWaits() throws IOException {
    try (Socket socket = connect()) {
      BufferedReader answers =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));

      send(socket, BLOCKING, "{\"data\":\"second\"}", "{\"data\":\"third\"}");
      await().pollDelay(SEVERAL_LOOKS).until(() -> blocked() == 1);
      follower.heal();

      assertThat(statusOf(answers)).isEqualTo(200);
      assertThat(statusOf(answers)).isEqualTo(200);
      assertThat(statusOf(answers)).isEqualTo(200);
    }
  }

  private static int statusOf(BufferedReader answers) throws IOException {
    String line = answers.readLine();
    while (line != null && !line.startsWith("HTTP/1.1 ")) {
      int next = line.indexOf("HTTP/1.1 ");
      line = next > 0 ? line.substring(next) : answers.readLine();
    }
    return line == null ? -1 : Integer.parseInt(line.substring(9, 12));
  }
}
