package io.replog.node.http;

import java.net.SocketTimeoutException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.AbstractProcessor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/// HTTP/1.1 whose clients cannot hold connections by doing nothing, or next to nothing.
///
/// The web server bounds the silence between two bytes, so a head that comes a byte at a time would
/// be waited for without end. Here a head has one time limit for all of it. And when nine tenths of
/// the connections are taken, those that wait for a request are closed, and heads get a fifth of
/// their time: a probe that connects then is served.
///
/// The web server makes it by its name and sets its properties; both must be public.
public final class TimedConnections extends Http11NioProtocol {

  private static final long PERIOD_MILLIS = 500;
  private static final int FEW = 10;
  private static final int SHORTER = 5;

  private volatile long headMillis = 10_000;
  private @Nullable ScheduledFuture<?> sweeping;

  /// Connections that waited for a request when last looked at.
  private Set<SocketWrapperBase<NioChannel>> idle = Set.of();

  /// How long the head of a request may take, from its first byte to its last.
  public void setHeadMillis(long millis) {
    headMillis = millis;
  }

  @Override
  public void start() throws Exception {
    super.start();
    sweeping =
        getUtilityExecutor()
            .scheduleWithFixedDelay(
                new Unbroken(this::sweep), PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void stop() throws Exception {
    ScheduledFuture<?> started = sweeping;
    if (started != null) {
      started.cancel(false);
    }
    super.stop();
  }

  /// A request that comes while the node stops is answered like any other, and its connection ends
  /// with it. By itself the web server would not read its head, and miss the host in it: 400, which
  /// tells a client not to try again.
  @Override
  public boolean isPaused() {
    return false;
  }

  @Override
  public int getMaxKeepAliveRequests() {
    return getEndpoint().isPaused() ? 1 : super.getMaxKeepAliveRequests();
  }

  private void sweep() {
    boolean scarce = areScarce(getConnectionCount(), getMaxConnections());
    long limitMillis = scarce ? headMillis / SHORTER : headMillis;
    Set<SocketWrapperBase<NioChannel>> nowIdle = new HashSet<>();
    for (SocketWrapperBase<NioChannel> connection : getEndpoint().getConnections()) {
      if (connection.getCurrentProcessor() instanceof AbstractProcessor reading) {
        cutSlowHead(connection, reading, limitMillis);
      } else if (scarce && !connection.getLock().isLocked()) {
        nowIdle.add(connection);
      }
    }
    idle.stream().filter(nowIdle::contains).forEach(TimedConnections::cutIdle);
    idle = nowIdle;
  }

  /// Whether so few connections are left that nobody may keep one for later.
  static boolean areScarce(long taken, int most) {
    return taken > most - most / FEW;
  }

  /// Between two reads of a head, and only then, a connection that nobody serves has a processor.
  private static void cutSlowHead(
      SocketWrapperBase<NioChannel> connection, AbstractProcessor reading, long limitMillis) {
    long startNanos = reading.getRequest().getStartTimeNanos();
    long elapsed = System.nanoTime() - startNanos;
    if (startNanos >= 0 && TimeUnit.NANOSECONDS.toMillis(elapsed) > limitMillis) {
      connection.setError(new SocketTimeoutException("the head of the request was too slow"));
      connection.processSocket(SocketEvent.ERROR, true);
    }
  }

  private static void cutIdle(SocketWrapperBase<NioChannel> connection) {
    if (connection.getLock().tryLock()) {
      try {
        if (connection.getCurrentProcessor() == null) {
          connection.close();
        }
      } finally {
        connection.getLock().unlock();
      }
    }
  }
}
