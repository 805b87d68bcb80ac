package io.replog.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TailsTest {

  private static final Duration LENGTH = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final List<Socket> callers = new ArrayList<>();
  private ServerSocket node;

  @BeforeEach
  void listen() throws IOException {
    node = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    for (Socket caller : callers) {
      caller.close();
    }
    node.close();
  }

  @Test
  void tellsHowOldMessagesAreOnEveryTail() throws Exception {
    try (Tails tails = open(3)) {
      long sent = System.nanoTime() - Duration.ofSeconds(5).toNanos();
      tails.countFrom(sent);
      say("id: 5\ndata: {\"index\":5,\"text\":\"%d\"}\n\n".formatted(sent - 1));
      say("id: 6\ndata: {\"index\":6,\"text\":\"of others\"}\n\n");
      say("id: 7\ndata: {\"index\":7,\"text\":\"%d\"}\n\n".formatted(sent));
      say("id: 8\nda");
      say("ta: {\"index\":8,\"text\":\"%d\"}\n\n".formatted(sent));

      tails.awaitMessages(2, PATIENCE);

      tails.end();
      assertThat(tails.events()).isEqualTo(6);
      assertThat(tails.astray()).isZero();
      assertThat(tails.ages().millisAt(0)).isGreaterThanOrEqualTo(4_990);
    }
  }

  @Test
  void noticesWhatIsMissingOrComesTwice() throws Exception {
    try (Tails tails = open(1)) {
      tails.countFrom(System.nanoTime());
      for (int index : new int[] {7, 8, 10, 10, 11}) {
        say("id: %d\ndata: {\"text\":\"%d\"}\n\n".formatted(index, System.nanoTime()));
      }

      tails.awaitMessages(5, PATIENCE);

      tails.end();
      assertThat(tails.astray()).isEqualTo(2);
    }
  }

  @Test
  void saysThatTailBroke() throws Exception {
    try (Tails tails = open(2)) {
      callers.getFirst().close();

      assertThatThrownBy(() -> tails.awaitMessages(1, PATIENCE)).hasMessage("a tail broke");
    }
  }

  @Test
  void saysThatTailWasRefused() {
    assertThatThrownBy(() -> open(1, "HTTP/1.1 503 \r\n\r\n"))
        .hasRootCauseMessage("a tail was answered with 503");
  }

  @Test
  void saysThatNodeIsNotThere() throws IOException {
    node.close();

    assertThatThrownBy(
            () ->
                Tails.open(
                    new InetSocketAddress(node.getInetAddress(), node.getLocalPort()),
                    1,
                    LENGTH,
                    PATIENCE))
        .isInstanceOf(ConnectException.class);
  }

  private Tails open(int count) throws Exception {
    return open(count, "HTTP/1.1 200 \r\n\r\n");
  }

  private Tails open(int count, String answer) throws Exception {
    CompletableFuture<Void> accepted =
        CompletableFuture.runAsync(() -> accept(count, answer), Thread.ofVirtual()::start);
    Tails tails =
        Tails.open(
            new InetSocketAddress(node.getInetAddress(), node.getLocalPort()),
            count,
            LENGTH,
            PATIENCE);
    accepted.get();
    return tails;
  }

  private void accept(int count, String answer) {
    try {
      for (int number = 0; number < count; number++) {
        Socket caller = node.accept();
        callers.add(caller);
        BufferedReader head =
            new BufferedReader(
                new InputStreamReader(caller.getInputStream(), StandardCharsets.US_ASCII));
        assertThat(head.readLine()).isEqualTo("GET /messages HTTP/1.0");
        write(caller, answer);
      }
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private void say(String events) throws IOException {
    for (Socket caller : callers) {
      write(caller, events);
    }
  }

  private static void write(Socket caller, String text) throws IOException {
    caller.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    caller.getOutputStream().flush();
  }
}
