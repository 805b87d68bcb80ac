package io.replog.master.replicate;

import io.replog.node.problem.Printable;
import io.replog.node.tls.OutgoingTls;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Makes one HTTP/1.1 call with a bound on everything: the time from connecting to the last byte of
/// the answer, and the size of the answer. Never follows a redirect, never throws.
final class HttpCaller implements AutoCloseable {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

  private final int maxAnswerBytes;
  private final OutgoingTls tls;
  private final OutgoingTls.Registration renewals;

  /// Replaced when certificates are renewed; calls under way end on the one that they began with.
  private volatile HttpClient client;

  private boolean closed;

  /// What came back.
  sealed interface Reply {

    /// A whole answer of any status.
    record Answered(int status, byte[] body) implements Reply {}

    /// No answer, or not all of it.
    record Lost(FailureKind kind, String error) implements Reply {}
  }

  HttpCaller(int maxAnswerBytes, OutgoingTls tls) {
    this.maxAnswerBytes = maxAnswerBytes;
    this.tls = tls;
    this.client = newClient(tls);
    this.renewals = tls.whenRenewed(this::renew);
  }

  private static HttpClient newClient(OutgoingTls tls) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT)
            .executor(Executors.newVirtualThreadPerTaskExecutor());
    return tls.applyTo(builder).build();
  }

  private synchronized void renew() {
    if (closed) {
      return;
    }
    HttpClient old = client;
    client = newClient(tls);
    old.shutdown();
  }

  /// Waits for the answer on the caller's thread, which should be a virtual one.
  Reply call(HttpRequest request, Duration atMost) {
    CompletableFuture<HttpResponse<byte[]>> pending = client.sendAsync(request, bounded());
    try {
      HttpResponse<byte[]> response = pending.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
      return new Reply.Answered(response.statusCode(), response.body());
    } catch (TimeoutException late) {
      pending.cancel(true);
      return timedOut(atMost);
    } catch (InterruptedException ended) {
      pending.cancel(true);
      Thread.currentThread().interrupt();
      return new Reply.Lost(FailureKind.BROKEN, "this node is stopping");
    } catch (ExecutionException failed) {
      return lost(failed.getCause(), atMost);
    }
  }

  /// Ends every call that is under way; later ones fail.
  @Override
  public void close() {
    renewals.cancel();
    end();
  }

  private synchronized void end() {
    closed = true;
    client.shutdownNow();
  }

  private BodyHandler<byte[]> bounded() {
    return BodyHandlers.limiting(BodyHandlers.ofByteArray(), maxAnswerBytes);
  }

  private static Reply lost(@Nullable Throwable cause, Duration atMost) {
    return switch (cause) {
      case HttpConnectTimeoutException _ ->
          new Reply.Lost(FailureKind.UNREACHABLE, "no connection within 1 s");
      case HttpTimeoutException _ -> timedOut(atMost);
      case ConnectException refused -> unreachable(refused);
      case IOException broken when broken.getCause() instanceof EOFException ->
          new Reply.Lost(FailureKind.BROKEN, "connection closed before the answer");
      case IOException broken -> new Reply.Lost(FailureKind.BROKEN, words(broken));
      case null, default -> new Reply.Lost(FailureKind.BROKEN, words(cause));
    };
  }

  private static Reply unreachable(ConnectException refused) {
    boolean unresolved = refused.getCause() instanceof UnresolvedAddressException;
    String message = refused.getMessage();
    return new Reply.Lost(
        FailureKind.UNREACHABLE,
        unresolved
            ? "host name cannot be resolved"
            : message == null ? "connection refused" : Printable.of(message));
  }

  private static Reply timedOut(Duration atMost) {
    return new Reply.Lost(FailureKind.TIMEOUT, "no answer within " + atMost.toMillis() + " ms");
  }

  private static String words(@Nullable Throwable broken) {
    String message = broken == null ? null : broken.getMessage();
    return "connection broke" + (message == null ? "" : ": " + Printable.of(message));
  }
}
