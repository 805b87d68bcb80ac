package io.replog.node.call;

import io.replog.node.loop.Deadlines;
import io.replog.node.problem.Printable;
import io.replog.node.tls.OutgoingTls;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.NoHttpResponseException;

/// Makes one HTTP/1.1 call with a bound on everything but the look-up of a name: the time from
/// connecting to the last byte of the answer, and the size of the answer. Never follows a redirect,
/// never throws.
///
/// The caller's thread writes and reads by itself. A connection that was kept may have been closed
/// by the other side meanwhile: what fails on it before any answer is sent once more on a new one,
/// so every call must bear to arrive twice.
public final class HttpCaller implements AutoCloseable {

  /// Of all calls of the process, each ended 50 ms late at most.
  private static final Deadlines LIMITS = new Deadlines("call-limits", Duration.ofMillis(50));

  private final IntSupplier maxAnswerBytes;
  private final KeptConnections connections;

  /// What came back.
  public sealed interface Reply {

    /// A whole answer of any status.
    record Answered(int status, byte[] body) implements Reply {}

    /// No answer, or not all of it.
    record Lost(LossKind kind, String error) implements Reply {}
  }

  public HttpCaller(int maxAnswerBytes, OutgoingTls tls) {
    this(() -> maxAnswerBytes, tls);
  }

  /// @param maxAnswerBytes asked with each call
  public HttpCaller(IntSupplier maxAnswerBytes, OutgoingTls tls) {
    this.maxAnswerBytes = maxAnswerBytes;
    this.connections = new KeptConnections(tls);
  }

  /// Waits for the answer on the caller's thread.
  public Reply call(ClassicHttpRequest request, Duration atMost) {
    request.setHeader(HttpHeaders.HOST, request.getAuthority());
    if (request.getEntity() != null) {
      request.setHeader(HttpHeaders.CONTENT_LENGTH, request.getEntity().getContentLength());
    }
    long deadlineNanos = System.nanoTime() + atMost.toNanos();
    HttpConnection kept = connections.take();
    if (kept != null) {
      Reply reply = exchange(request, kept, deadlineNanos, atMost);
      if (reply instanceof Reply.Answered || kept.wasAnswering() || isOver(deadlineNanos)) {
        return reply;
      }
    }
    return callAnew(request, deadlineNanos, atMost);
  }

  /// Closes connections that no call has needed for a while.
  public void closeIdle() {
    connections.closeIdle();
  }

  /// Ends every call that is under way; later ones fail.
  @Override
  public void close() {
    connections.close();
  }

  private Reply callAnew(ClassicHttpRequest request, long deadlineNanos, Duration atMost) {
    HttpConnection fresh = connections.begin();
    return fresh == null
        ? new Reply.Lost(LossKind.BROKEN, "this node is stopping")
        : exchange(request, fresh, deadlineNanos, atMost);
  }

  private Reply exchange(
      ClassicHttpRequest request, HttpConnection connection, long deadlineNanos, Duration atMost) {
    AtomicBoolean late = new AtomicBoolean();
    try (Deadlines.Deadline _ = LIMITS.at(deadlineNanos, () -> cut(connection, late))) {
      if (!connection.isOpen()) {
        connections.open(connection, request, deadlineNanos - System.nanoTime());
      }
      return connection.exchange(request, maxAnswerBytes.getAsInt());
    } catch (IOException | HttpException failed) {
      return late.get() ? timedOut(atMost) : lost(failed);
    } finally {
      connections.give(connection);
    }
  }

  private static void cut(HttpConnection connection, AtomicBoolean late) {
    late.set(true);
    connection.close();
  }

  private static boolean isOver(long deadlineNanos) {
    return deadlineNanos - System.nanoTime() <= 0;
  }

  private static Reply lost(Exception failed) {
    return switch (failed) {
      case UnknownHostException _ -> unreachable("host name cannot be resolved");
      case SocketTimeoutException _ -> unreachable("no connection within 1 s");
      case ConnectException refused when words(refused).startsWith("Connection refused") ->
          unreachable("connection refused");
      case ConnectException other -> unreachable(words(other));
      case NoRouteToHostException other -> unreachable(words(other));
      case AnswerTooLargeException large -> new Reply.Lost(LossKind.TOO_LARGE, words(large));
      case NoHttpResponseException _ ->
          new Reply.Lost(LossKind.BROKEN, "connection closed before the answer");
      default -> new Reply.Lost(LossKind.BROKEN, "connection broke: " + words(failed));
    };
  }

  private static Reply unreachable(String words) {
    return new Reply.Lost(LossKind.UNREACHABLE, words);
  }

  private static Reply timedOut(Duration atMost) {
    return new Reply.Lost(LossKind.TIMEOUT, "no answer within " + atMost.toMillis() + " ms");
  }

  private static String words(Exception failed) {
    return Printable.of(String.valueOf(failed.getMessage()));
  }
}
