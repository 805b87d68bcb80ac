package io.replog.node.call;

import io.replog.node.tls.Encryption;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.io.Closer;
import org.jspecify.annotations.Nullable;

/// One connection to a node, for one call at a time, on the caller's thread.
final class HttpConnection implements AutoCloseable {

  /// A batch of usual size leaves in one piece with its head.
  private static final int BUFFER_BYTES = 32 << 10;

  private static final int FINAL_STATUS = 200;

  private static final Http1Config CONFIG =
      Http1Config.custom()
          .setBufferSize(BUFFER_BYTES)
          .setChunkSizeHint(BUFFER_BYTES)
          .setMaxHeaderCount(100)
          .setMaxLineLength(8 << 10)
          .build();

  private final Socket socket = new Socket();
  private final DefaultBHttpClientConnection http = new DefaultBHttpClientConnection(CONFIG);
  private boolean answering;
  private boolean reusable;

  /// Connects, and encrypts if there is a way to.
  ///
  /// @throws IOException if nobody is reached, or the other side cannot prove who it is
  void open(String host, int port, @Nullable Encryption encryption, Duration atMost)
      throws IOException {
    socket.setTcpNoDelay(true);
    socket.connect(new InetSocketAddress(host, port), Math.toIntExact(atMost.toMillis()));
    http.bind(encryption == null ? socket : encryption.over(socket, host, port));
  }

  /// Makes one call.
  ///
  /// @throws IOException if the connection breaks, or the answer has more than `maxBytes`
  /// @throws HttpException if what comes back is not HTTP
  HttpCaller.Reply.Answered exchange(ClassicHttpRequest request, int maxBytes)
      throws IOException, HttpException {
    answering = false;
    reusable = false;
    http.sendRequestHeader(request);
    if (request.getEntity() != null) {
      http.sendRequestEntity(request);
    }
    http.flush();
    ClassicHttpResponse response = http.receiveResponseHeader();
    answering = true;
    while (response.getCode() < FINAL_STATUS) {
      response = http.receiveResponseHeader();
    }
    http.receiveResponseEntity(response);
    byte[] body = body(response.getEntity(), maxBytes);
    reusable =
        DefaultConnectionReuseStrategy.INSTANCE.keepAlive(
            request, response, HttpCoreContext.create());
    return new HttpCaller.Reply.Answered(response.getCode(), body);
  }

  private static byte[] body(@Nullable HttpEntity entity, int maxBytes) throws IOException {
    if (entity == null) {
      return new byte[0];
    }
    InputStream content = entity.getContent();
    byte[] body = content.readNBytes(maxBytes);
    if (body.length == maxBytes && content.read() >= 0) {
      throw new AnswerTooLargeException(maxBytes);
    }
    return body;
  }

  boolean isOpen() {
    return http.isOpen();
  }

  /// Whether the last call has had any answer.
  boolean wasAnswering() {
    return answering;
  }

  /// Whether the last call ended so that another one may follow.
  boolean isReusable() {
    return reusable;
  }

  /// Breaks a call that is under way, from any thread. Never waits for the other side.
  @Override
  public void close() {
    Closer.closeQuietly(socket);
  }
}
