package io.replog.node.call;

import io.replog.node.tls.Encryption;
import io.replog.node.tls.OutgoingTls;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;

/// The connections of one caller to one node: those in use, and those kept for the next call. As
/// many are kept as were in use at once in the last seconds, which the window of the pipeline
/// bounds. When certificates are renewed, calls under way end on what they began with, and nothing
/// is kept.
final class KeptConnections implements AutoCloseable {

  private static final long CONNECT_MILLIS = 1_000;
  private static final long MAX_IDLE_NANOS = 5_000_000_000L;
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  private final OutgoingTls tls;
  private final OutgoingTls.Registration renewals;

  /// The one given back last is last, and taken first.
  private final Deque<Idle> idle = new ArrayDeque<>();

  private final Set<HttpConnection> used = new HashSet<>();

  /// Those in use whose certificates are those of before.
  private final Set<HttpConnection> outdated = new HashSet<>();

  private Encryption encryption;
  private boolean closed;

  private record Idle(HttpConnection connection, long sinceNanos) {}

  KeptConnections(OutgoingTls tls) {
    this.tls = tls;
    this.encryption = tls.present();
    this.renewals = tls.whenRenewed(this::renew);
  }

  /// One that was used last, or null when none is kept.
  synchronized @Nullable HttpConnection take() {
    Idle kept = idle.pollLast();
    if (kept == null) {
      return null;
    }
    used.add(kept.connection());
    return kept.connection();
  }

  /// A new one, not open yet, or null when this is closed.
  synchronized @Nullable HttpConnection begin() {
    if (closed) {
      return null;
    }
    HttpConnection fresh = new HttpConnection();
    used.add(fresh);
    return fresh;
  }

  /// Connects to where `request` goes.
  void open(HttpConnection connection, ClassicHttpRequest request, long atMostNanos)
      throws IOException {
    boolean encrypted = "https".equals(request.getScheme());
    URIAuthority to = request.getAuthority();
    int ordinaryPort = encrypted ? HTTPS_PORT : HTTP_PORT;
    long millis = Math.clamp(TimeUnit.NANOSECONDS.toMillis(atMostNanos), 1, CONNECT_MILLIS);
    connection.open(
        to.getHostName(),
        to.getPort() < 0 ? ordinaryPort : to.getPort(),
        encrypted ? presentEncryption() : null,
        Duration.ofMillis(millis));
  }

  private synchronized Encryption presentEncryption() {
    return encryption;
  }

  /// The call on `connection` has ended: keeps it if another one may follow.
  void give(HttpConnection connection) {
    if (!keep(connection)) {
      connection.close();
    }
  }

  private synchronized boolean keep(HttpConnection connection) {
    used.remove(connection);
    boolean kept = !outdated.remove(connection) && !closed && connection.isReusable();
    if (kept) {
      idle.addLast(new Idle(connection, System.nanoTime()));
    }
    return kept;
  }

  /// Closes what nobody has used for five seconds.
  void closeIdle() {
    takeIdleLong(System.nanoTime()).forEach(HttpConnection::close);
  }

  private synchronized List<HttpConnection> takeIdleLong(long now) {
    List<HttpConnection> taken = new ArrayList<>();
    for (Idle oldest = idle.peekFirst();
        oldest != null && now - oldest.sinceNanos() > MAX_IDLE_NANOS;
        oldest = idle.peekFirst()) {
      taken.add(idle.removeFirst().connection());
    }
    return taken;
  }

  private void renew() {
    takeForRenewal().forEach(HttpConnection::close);
  }

  private synchronized List<HttpConnection> takeForRenewal() {
    encryption = tls.present();
    outdated.addAll(used);
    return takeIdle();
  }

  private List<HttpConnection> takeIdle() {
    List<HttpConnection> taken = idle.stream().map(Idle::connection).toList();
    idle.clear();
    return taken;
  }

  /// Breaks every connection; later calls fail.
  @Override
  public void close() {
    renewals.cancel();
    takeAll().forEach(HttpConnection::close);
  }

  private synchronized Set<HttpConnection> takeAll() {
    closed = true;
    Set<HttpConnection> all = new HashSet<>(used);
    all.addAll(takeIdle());
    return all;
  }
}
