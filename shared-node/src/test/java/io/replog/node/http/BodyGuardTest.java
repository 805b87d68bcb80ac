package io.replog.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.testnode.RunningNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyGuardTest {

  private static final String HEAD =
      "POST /add HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";

  @TempDir static Path directory;
  @TempDir static Path other;
  private static RunningNode node;

  /// Cuts bodies off soon.
  private static RunningNode impatient;

  @BeforeAll
  static void start() {
    node = start(directory, "1h", "1h");
    impatient = start(other, "300ms", "1500ms");
  }

  private static RunningNode start(Path where, String grace, String timeout) {
    return RunningNode.start(
        where,
        Map.of("MAX_MESSAGE_SIZE", "1KB"),
        "replog.http.body-grace=" + grace,
        "server.tomcat.connection-timeout=" + timeout);
  }

  @AfterAll
  static void stop() {
    node.close();
    impatient.close();
  }

  @Test
  void takesABodyOfSixTimesTheMessageLimitAndABit() throws Exception {
    String escaped = "\\u0001".repeat(1_024);

    assertThat(node.post("/add", "{\"data\":\"" + escaped + "\"}").statusCode()).isEqualTo(200);
  }

  @Test
  void refusesADeclaredLengthAboveTheLimitAndCloses() throws Exception {
    String answer = impatient.raw(HEAD + "Content-Length: 100000000\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 413").contains("Connection: close", "/too-large");
  }

  @Test
  void countsABodyOfUnknownLength() throws Exception {
    String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
    String body = chunk.replaceFirst("x{9}", "{\"data\":\"") + chunk;

    String answer = node.raw(HEAD + "Transfer-Encoding: chunked\r\n\r\n" + body + "0\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 413").contains("Connection: close");
  }

  @Test
  void allowsLargeBatchesBetweenNodes() throws Exception {
    HttpResponse<String> answer =
        node.post(
            "/replicate",
            "{\"data\":\"" + "x".repeat(1 << 20) + "\"}",
            "Cluster-Token",
            RunningNode.TOKEN);

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void cutsOffASilentBody() throws Exception {
    String answer = impatient.raw(HEAD + "Content-Length: 20\r\n\r\n{\"data\"");

    assertThat(answer).startsWith("HTTP/1.1 408").contains("Connection: close", "\"data\":null");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Content-Type|application/json; charset=iso-8859-1|charset iso-8859-1",
        "Content-Type|application/json;charset=\"utf-16\"|charset utf-16",
        "Content-Encoding|gzip|Content-Encoding gzip",
      })
  void refusesOtherCodings(String header, String value, String words) throws Exception {
    HttpResponse<String> answer = node.post("/add", "{\"data\":\"m\"}", header, value);

    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(answer.body()).contains(words);
  }

  @Test
  void takesUtf8ByName() throws Exception {
    String json = "application/json; Charset=\"UTF-8\"";

    assertThat(node.post("/add", "{\"data\":\"m\"}", "Content-Type", json).statusCode())
        .isEqualTo(200);
  }

  @Test
  void cutsOffABodyThatTrickles() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", impatient.port());
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
      OutputStream out = socket.getOutputStream();
      out.write((HEAD + "Content-Length: 5000\r\n\r\n{").getBytes(StandardCharsets.US_ASCII));
      CompletableFuture<Void> refused = new CompletableFuture<>();
      timer.scheduleAtFixedRate(() -> trickle(out, refused), 0, 50, TimeUnit.MILLISECONDS);

      String answer = readAll(socket.getInputStream());

      assertThat(answer).startsWith("HTTP/1.1 408");
      timer.shutdownNow();
    }
  }

  private static void trickle(OutputStream out, CompletableFuture<Void> refused) {
    try {
      out.write(' ');
    } catch (IOException closed) {
      refused.complete(null);
      throw new IllegalStateException("the node has closed", closed);
    }
  }

  private static String readAll(InputStream in) throws IOException {
    StringBuilder all = new StringBuilder();
    byte[] buffer = new byte[4_096];
    try {
      int count = in.read(buffer);
      while (count >= 0) {
        all.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
        count = in.read(buffer);
      }
    } catch (SocketException reset) {
      all.append("(reset)");
    }
    return all.toString();
  }
}
