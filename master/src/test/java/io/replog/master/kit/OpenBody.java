package io.replog.master.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// The body of a bulk add that is sent piece by piece.
public final class OpenBody implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 60_000;

  private final Socket socket;

  private OpenBody(Socket socket) {
    this.socket = socket;
  }

  /// Sends the head, and nothing of the body.
  public static OpenBody begin(URI master, int concern) throws IOException {
    Socket socket = new Socket(master.getHost(), master.getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    OpenBody body = new OpenBody(socket);
    body.write(
        "POST /add?write_concern=%d HTTP/1.1\r\n".formatted(concern)
            + "Host: x\r\n"
            + "Connection: close\r\n"
            + "Content-Type: application/x-ndjson\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n");
    return body;
  }

  /// Sends a piece.
  public void send(String lines) throws IOException {
    int bytes = lines.getBytes(StandardCharsets.UTF_8).length;
    write(Integer.toHexString(bytes) + "\r\n" + lines + "\r\n");
  }

  /// Sends the end.
  public void end() throws IOException {
    write("0\r\n\r\n");
  }

  /// All that comes back, head and body, until the master closes the connection. It resets the
  /// connection if it has not read all that was sent; what had arrived before is the answer then.
  public String answer() throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(answer);
    } catch (SocketException reset) {
      assertThat(answer.size()).as("bytes before: %s", reset).isPositive();
    }
    return answer.toString(StandardCharsets.UTF_8);
  }

  private void write(String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
