package io.replog.broker;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.connection.CorrelationData;
import org.springframework.amqp.rabbit.connection.CorrelationData.Confirm;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.util.backoff.BackOffExecution;

/// Sends messages, in the order in which they are given, on a thread of its own that connects again
/// whenever the broker is gone. Who gives one does not wait: not for the network, nor for a broker
/// that is away or full.
public final class BrokerSender implements AutoCloseable {

  /// Messages that are on their way and not confirmed.
  private static final int MAX_UNCONFIRMED = 512;

  private static final int MAX_UNCONFIRMED_BYTES = 64 << 20;
  private static final long LOOK_MILLIS = 100;
  private static final Duration STOP_LIMIT = Duration.ofSeconds(1);

  private final BrokerLink link;
  private final RabbitTemplate template;
  private final StopSignal stop = new StopSignal();
  private final Semaphore room = new Semaphore(MAX_UNCONFIRMED);
  private final Semaphore roomBytes = new Semaphore(MAX_UNCONFIRMED_BYTES);
  private final BlockingQueue<Letter> letters = new ArrayBlockingQueue<>(MAX_UNCONFIRMED);
  private final Thread thread;
  private volatile boolean toRenew;

  /// A message and where it goes.
  ///
  /// @param end told once what became of it: null when the broker has it in a queue, else why not,
  ///   in a few words; on any thread, which it must not block
  public record Letter(
      String exchange, String routingKey, Message message, Consumer<@Nullable String> end) {}

  /// @param name of the thread
  /// @param link one for publishing, closed by this
  public BrokerSender(String name, BrokerLink link) {
    this.link = link;
    this.template = link.template();
    this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
  }

  /// Begins to connect. Returns at once.
  public void start() {
    thread.start();
  }

  /// Whether there is a broker that takes messages, as far as is known.
  public boolean isReady() {
    return !stop.isGiven() && link.isOpen() && link.blockedBecause() == null;
  }

  /// Gives a message. Returns at once, never throws: what cannot leave ends with a reason.
  public void send(Letter letter) {
    int bytes = letter.message().getBody().length;
    if (!isReady()) {
      String blocked = link.blockedBecause();
      letter
          .end()
          .accept(blocked == null ? "the broker is away" : "the broker is full: " + blocked);
    } else if (!room.tryAcquire()) {
      letter.end().accept("the broker is slow: " + MAX_UNCONFIRMED + " messages are unconfirmed");
    } else if (!roomBytes.tryAcquire(bytes)) {
      room.release();
      letter.end().accept("the broker is slow: too many bytes are unconfirmed");
    } else {
      letters.add(letter);
    }
  }

  private void run() {
    BackOffExecution pauses = Pauses.begin();
    while (!stop.isGiven()) {
      if (toRenew) {
        toRenew = false;
        link.renew();
      }
      if (link.isOpen()) {
        pauses = Pauses.begin();
        sendAll();
      } else if (!connect()) {
        drop();
        stop.isGivenWithin(pauses.nextBackOff());
      }
    }
    drop();
  }

  private boolean connect() {
    try {
      link.factory().createConnection();
      return true;
    } catch (AmqpException _) {
      return false;
    }
  }

  /// On one channel as long as it lasts: between channels there is no order.
  private void sendAll() {
    try {
      template.invoke(
          _ -> {
            while (!stop.isGiven() && !toRenew && link.isOpen()) {
              sendNext();
            }
            return true;
          });
    } catch (AmqpException _) {
      toRenew = true;
    }
  }

  private void sendNext() {
    try {
      Letter next = letters.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      if (next != null) {
        put(next);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      stop.give();
    }
  }

  private void put(Letter letter) {
    CorrelationData sent = new CorrelationData();
    var _ = sent.getFuture().whenComplete((confirm, _) -> ended(letter, sent, confirm));
    try {
      template.send(letter.exchange(), letter.routingKey(), letter.message(), sent);
    } catch (AmqpException failed) {
      sent.getFuture().completeExceptionally(failed);
    }
  }

  /// What waits for a broker that is away would only be late.
  private void drop() {
    for (Letter letter = letters.poll(); letter != null; letter = letters.poll()) {
      settle(letter, "the broker is away");
    }
  }

  private void ended(Letter letter, CorrelationData sent, @Nullable Confirm confirm) {
    String failure = confirm == null ? "it could not be sent" : Confirms.failure(sent, confirm);
    if (Confirms.isLost(confirm)) {
      toRenew = true;
    }
    settle(letter, failure);
  }

  private void settle(Letter letter, @Nullable String failure) {
    room.release();
    roomBytes.release(letter.message().getBody().length);
    letter.end().accept(failure);
  }

  /// Ends the connection; what waits ends with a reason.
  @Override
  public void close() {
    stop.give();
    link.close();
    try {
      thread.join(STOP_LIMIT);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
