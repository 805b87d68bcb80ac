package io.replog.system.load;

import io.replog.system.kit.NodeClient;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/// So many clients at once that each add one message after the other, for a while. They speak just
/// enough HTTP to cost the machine less than the node does.
public final class Rush {

  /// What came of it.
  ///
  /// @param acknowledged adds answered with 200
  /// @param refused adds answered with 503
  /// @param other answers of another status, and connections that broke
  /// @param perSecond acknowledged adds in a second
  /// @param slowHundredth what the slowest hundredth of the acknowledged took at least
  public record Outcome(
      long acknowledged, long refused, long other, double perSecond, Duration slowHundredth) {}

  private static final int READ_MILLIS = 60_000;
  private static final int STATUS_FROM = 9;
  private static final String LENGTH = "content-length:";

  private final int port;
  private final byte[] request;
  private final long endNanos;
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong other = new AtomicLong();
  private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();

  private Rush(NodeClient master, int concern, long endNanos) {
    this.port = master.port();
    this.endNanos = endNanos;
    String body = "{\"data\":\"rush\",\"write_concern\":%d}".formatted(concern);
    this.request =
        "POST /add HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(body.length(), body)
            .getBytes(StandardCharsets.US_ASCII);
  }

  /// Runs it to its end.
  public static Outcome run(NodeClient master, int clients, int concern, Duration time) {
    long start = System.nanoTime();
    Rush rush = new Rush(master, concern, start + time.toNanos());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int number = 0; number < clients; number++) {
        threads.execute(rush::addUntilTheEnd);
      }
    }
    return rush.outcome(System.nanoTime() - start);
  }

  private Outcome outcome(long elapsedNanos) {
    List<Long> sorted = nanos.stream().sorted().toList();
    long slow = sorted.isEmpty() ? 0 : sorted.get(sorted.size() * 99 / 100);
    return new Outcome(
        sorted.size(),
        refused.get(),
        other.get(),
        sorted.size() * 1e9 / elapsedNanos,
        Duration.ofNanos(slow));
  }

  private void addUntilTheEnd() {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(READ_MILLIS);
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      while (System.nanoTime() < endNanos) {
        long sent = System.nanoTime();
        socket.getOutputStream().write(request);
        count(readStatus(in), System.nanoTime() - sent);
      }
    } catch (IOException _) {
      other.incrementAndGet();
    }
  }

  private void count(int status, long tookNanos) {
    switch (status) {
      case 200 -> nanos.add(tookNanos);
      case 503 -> refused.incrementAndGet();
      default -> other.incrementAndGet();
    }
  }

  /// Reads one whole answer.
  private static int readStatus(InputStream in) throws IOException {
    int status = Integer.parseInt(readLine(in).substring(STATUS_FROM, STATUS_FROM + 3));
    int length = 0;
    for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
      if (line.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
        length = Integer.parseInt(line.substring(LENGTH.length()).strip());
      }
    }
    in.skipNBytes(length);
    return status;
  }

  private static String readLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the node closed the connection");
      }
      line.append((char) next);
    }
    return line.toString().strip();
  }
}
