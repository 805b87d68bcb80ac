package io.replog.benchmarks.peers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Small talk with a server before the work begins.
final class Setup {

  private static final Duration LIMIT = Duration.ofSeconds(3);
  private static final int MOST_BYTES = 64 << 10;
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(LIMIT).version(HttpClient.Version.HTTP_1_1).build();

  private Setup() {}

  /// The body of the answer, whatever its status.
  static String post(int port, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
            .timeout(LIMIT)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      return HTTP.send(request, BodyHandlers.ofString()).body();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  static void say(SocketChannel channel, String words) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(words.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /// Reads until this has been said.
  ///
  /// @return all that was said until then
  static String listen(SocketChannel channel, String until) throws IOException {
    channel.socket().setSoTimeout((int) LIMIT.toMillis());
    InputStream in = channel.socket().getInputStream();
    StringBuilder said = new StringBuilder();
    while (said.indexOf(until) < 0) {
      int next = in.read();
      if (next < 0 || said.length() > MOST_BYTES) {
        throw new IOException("expected %s after %s".formatted(until.strip(), said));
      }
      said.append((char) next);
    }
    return said.toString();
  }
}
