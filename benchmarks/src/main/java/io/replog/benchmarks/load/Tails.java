package io.replog.benchmarks.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Live tails of one node (`text/event-stream`), all read on one thread. The messages are those of
/// [ClockedAdd], so each event says how old it is; what others add meanwhile is not counted.
public final class Tails implements AutoCloseable {

  private static final long STEP_NANOS = Duration.ofMillis(10).toNanos();
  private static final Duration END = Duration.ofSeconds(10);
  private static final int SELECT_MILLIS = 100;

  private final Selector selector;
  private final int count;

  /// Owner: the thread, until it has ended.
  private final Tally ages;

  private final Thread thread = Thread.ofPlatform().name("tails").daemon().unstarted(this::read);
  private volatile boolean closing;

  /// Tails whose answer has begun.
  private final AtomicInteger open = new AtomicInteger();

  private final AtomicLong events = new AtomicLong();

  private volatile @Nullable IOException failure;

  /// Messages sent before are not counted.
  private volatile long fromNanos = Long.MAX_VALUE;

  private long astray;

  private Tails(Selector selector, int count, Duration length) {
    this.selector = selector;
    this.count = count;
    this.ages = new Tally(length);
  }

  /// Opens them; returns when each has the beginning of its answer.
  ///
  /// @param length how long messages are sent that count
  /// @throws IOException when the node refuses one, or does not answer all within `atMost`
  public static Tails open(InetSocketAddress node, int count, Duration length, Duration atMost)
      throws IOException {
    Tails tails = new Tails(Selector.open(), count, length);
    try {
      for (int number = 0; number < count; number++) {
        tails.connect(node);
      }
      tails.thread.start();
      tails.await("an answer to each tail", () -> tails.open.get() == count, atMost);
      return tails;
    } catch (IOException | RuntimeException failed) {
      tails.close();
      throw failed;
    }
  }

  private void connect(InetSocketAddress node) throws IOException {
    SocketChannel channel = SocketChannel.open(node);
    Tail tail = new Tail(channel);
    // An answer to HTTP/1.0 is not cut into chunks.
    String request =
        "GET /messages HTTP/1.0\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n";
    channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, tail);
  }

  /// Counts messages from this [System#nanoTime] on; none was counted before. To be called once.
  public void countFrom(long nanoTime) {
    fromNanos = nanoTime;
  }

  /// Waits until each of them has seen so many messages.
  ///
  /// @throws IOException when one of them broke, or it takes longer than `atMost`
  public void awaitMessages(long each, Duration atMost) throws IOException {
    await("%d messages on each tail".formatted(each), () -> events.get() >= each * count, atMost);
  }

  private void await(String what, BooleanSupplier reached, Duration atMost) throws IOException {
    long begin = System.nanoTime();
    while (!reached.getAsBoolean() && failure == null) {
      if (System.nanoTime() - begin > atMost.toNanos()) {
        throw new IOException(
            "there were not %s within %d s: %d tails have answered, %d events have come"
                .formatted(what, atMost.toSeconds(), open.get(), events.get()));
      }
      LockSupport.parkNanos(STEP_NANOS);
    }
    if (failure != null) {
      throw new IOException("a tail broke", failure);
    }
  }

  /// Events on all tails together.
  public long events() {
    return events.get();
  }

  /// Events that did not have the index behind the one before. To be asked behind [#end].
  public long astray() {
    return astray;
  }

  /// How long after the sending of its message each event was there. To be asked behind [#end].
  public Tally ages() {
    return ages;
  }

  private void read() {
    try {
      while (!closing && failure == null) {
        selector.select(this::proceed, SELECT_MILLIS);
      }
    } catch (IOException broken) {
      failure = broken;
    }
  }

  private void proceed(SelectionKey key) {
    try {
      ((Tail) key.attachment()).proceed();
    } catch (IOException broken) {
      failure = broken;
    }
  }

  /// Reads no more; what was seen stands fast then.
  public void end() {
    closing = true;
    selector.wakeup();
    try {
      thread.join(END.toMillis());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    end();
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }

  private final class Tail {

    private static final int BUFFER_BYTES = 16 << 10;
    private static final byte[] STATUS = ascii("HTTP/1.");
    private static final byte[] ID = ascii("id: ");
    private static final byte[] DATA = ascii("data: ");
    private static final byte[] TEXT = ascii("\"text\":\"");
    private static final int STATUS_AT = 9;

    private final SocketChannel channel;
    private final ByteBuffer received = ByteBuffer.allocate(BUFFER_BYTES);
    private long last;

    Tail(SocketChannel channel) {
      this.channel = channel;
    }

    private static byte[] ascii(String text) {
      return text.getBytes(StandardCharsets.US_ASCII);
    }

    void proceed() throws IOException {
      if (channel.read(received) < 0) {
        throw new IOException("the node ended a tail");
      }
      received.flip();
      int line = 0;
      for (int at = 0; at < received.limit(); at++) {
        if (received.get(at) == '\n') {
          line(line, at);
          line = at + 1;
        }
      }
      received.position(line).compact();
      if (!received.hasRemaining()) {
        throw new IOException("a line of a tail has more than %d bytes".formatted(BUFFER_BYTES));
      }
    }

    private void line(int from, int to) throws IOException {
      if (startsWith(ID, from, to)) {
        index(number(from + ID.length, to));
      } else if (startsWith(DATA, from, to)) {
        data(from, to);
      } else if (startsWith(STATUS, from, to)) {
        status(from, to);
      }
    }

    private void status(int from, int to) throws IOException {
      long status = number(from + STATUS_AT, to);
      if (status != 200) {
        throw new IOException("a tail was answered with %d".formatted(status));
      }
      open.incrementAndGet();
    }

    private void index(long index) {
      if (last > 0 && index != last + 1) {
        astray++;
      }
      last = index;
    }

    private void data(int from, int to) {
      for (int at = from; at < to - TEXT.length; at++) {
        if (startsWith(TEXT, at, to)) {
          count(number(at + TEXT.length, to));
          return;
        }
      }
    }

    private void count(long sentNanos) {
      if (sentNanos >= fromNanos) {
        ages.count(Answer.DONE, sentNanos - fromNanos, System.nanoTime() - fromNanos);
        events.incrementAndGet();
      }
    }

    private boolean startsWith(byte[] wanted, int from, int to) {
      return to - from >= wanted.length
          && received.slice(from, wanted.length).equals(ByteBuffer.wrap(wanted));
    }

    private long number(int from, int to) {
      long number = 0;
      for (int at = from; at < to && Character.isDigit(received.get(at)); at++) {
        number = number * 10 + received.get(at) - '0';
      }
      return number;
    }
  }
}
