package io.replog.system.link;

import io.replog.client.cluster.Awaiting;
import io.replog.system.link.Weather.Cut;
import io.replog.system.link.Weather.Passage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;

/// One connection through a link: two sockets, and two threads that carry bytes between them.
final class Connection {

  private static final int PIECE_BYTES = 4 * 1024;

  /// Longest time that bytes are held back; far above any weather.
  private static final Duration LONGEST_STALL = Duration.ofMinutes(10);

  private final Socket near;
  private final Socket far;
  private final Supplier<Weather> weather;
  private volatile boolean lostBytes;

  Connection(Socket near, Socket far, Supplier<Weather> weather) {
    this.near = near;
    this.far = far;
    this.weather = weather;
  }

  boolean hasLostBytes() {
    return lostBytes;
  }

  /// Returns when both directions have ended.
  void carry() throws IOException {
    Thread answers = Thread.ofVirtual().start(() -> pump(far, near, Weather::answers));
    pump(near, far, Weather::requests);
    try {
      answers.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    near.close();
    far.close();
  }

  private void pump(Socket from, Socket to, Function<Weather, Passage> direction) {
    byte[] piece = new byte[PIECE_BYTES];
    long budget = -1;
    boolean lost = false;
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int size = in.read(piece); size >= 0; size = in.read(piece)) {
        awaitPassage(direction);
        Weather now = weather.get();
        if (direction.apply(now) == Passage.SWALLOWED) {
          lost = true;
          lostBytes = true;
          continue;
        }
        if (lost) {
          throw new IOException("what follows the lost bytes makes no sense");
        }
        holdUp(now, size);
        budget = now.cut() == Cut.NEVER ? -1 : budget < 0 ? drawBudget(now) : budget;
        if (budget >= 0 && budget < size) {
          out.write(piece, 0, (int) budget);
          cut(now.cut(), to);
          return;
        }
        budget = budget < 0 ? budget : budget - size;
        out.write(piece, 0, size);
      }
      awaitPassage(direction);
      to.shutdownOutput();
    } catch (IOException _) {
      reset();
    }
  }

  private static long drawBudget(Weather now) {
    return ThreadLocalRandom.current().nextInt(now.bytesBeforeCut() + 1);
  }

  private void awaitPassage(Function<Weather, Passage> direction) throws IOException {
    boolean passes =
        Awaiting.until(
            () -> direction.apply(weather.get()) != Passage.STALLED || near.isClosed(),
            LONGEST_STALL);
    if (!passes || near.isClosed()) {
      throw new IOException("closed while bytes were held back");
    }
  }

  private static void holdUp(Weather now, int size) {
    long nanos = now.delay().toNanos() + size * 1_000_000_000L / now.bytesPerSecond();
    if (nanos > 0) {
      LockSupport.parkNanos(nanos);
    }
  }

  private void cut(Cut how, Socket to) throws IOException {
    if (how == Cut.HALF_CLOSE) {
      to.shutdownOutput();
    } else {
      reset();
    }
  }

  /// Ends the connection at once; both sides see a reset.
  void reset() {
    for (Socket socket : new Socket[] {near, far}) {
      try {
        socket.setSoLinger(true, 0);
        socket.close();
      } catch (IOException _) {
        lostBytes = true; // it was closed already
      }
    }
  }
}
