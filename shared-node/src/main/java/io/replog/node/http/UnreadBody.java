package io.replog.node.http;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/// Takes in what is left of a body that nobody wanted, so that its sender gets to read the answer,
/// which has left by then; but only so much of it and for so long, then its connection is closed.
/// The web server by itself would wait for a byte at a time.
///
/// It reads below the servlet API, where a body is closed as soon as its answer has been written.
final class UnreadBody extends ValveBase {

  private static final long MAX_BYTES = 2L << 20;

  private final Duration grace;

  UnreadBody(Duration grace) {
    super(true);
    this.grace = grace;
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    getNext().invoke(request, response);
    if (!request.isAsync() && isAlive(request) && !isTakenIn(request)) {
      response.finishResponse();
      takeInOrClose(request.getCoyoteRequest());
    }
  }

  private static boolean isAlive(Request request) {
    AtomicBoolean alive = new AtomicBoolean();
    request.getCoyoteRequest().action(ActionCode.IS_IO_ALLOWED, alive);
    return alive.get();
  }

  private static boolean isTakenIn(Request request) {
    return request.getCoyoteRequest().isFinished();
  }

  private void takeInOrClose(org.apache.coyote.Request request) {
    try {
      takeIn(request);
    } catch (IOException endless) {
      request.action(ActionCode.CLOSE_NOW, endless);
    }
  }

  private void takeIn(org.apache.coyote.Request request) throws IOException {
    long start = System.nanoTime();
    Discarded discarded = new Discarded();
    long taken = 0;
    int count = 0;
    while (count >= 0) {
      if (taken > MAX_BYTES || System.nanoTime() - start > grace.toNanos()) {
        throw new IOException("nobody wanted the body, and its end was not in sight");
      }
      count = request.doRead(discarded);
      taken += count;
    }
  }

  /// Where the web server shows what it has read.
  private static final class Discarded implements ApplicationBufferHandler {

    private ByteBuffer shown = ByteBuffer.allocate(0);

    @Override
    public void setByteBuffer(ByteBuffer buffer) {
      shown = buffer;
    }

    @Override
    public ByteBuffer getByteBuffer() {
      return shown;
    }

    @Override
    public void expand(int size) {}
  }
}
