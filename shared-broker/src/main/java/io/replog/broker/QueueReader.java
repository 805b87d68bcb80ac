package io.replog.broker;

import java.time.Duration;
import org.springframework.amqp.core.AcknowledgeMode;
import org.springframework.amqp.core.MessageListener;
import org.springframework.amqp.rabbit.listener.ConsumeOkEvent;
import org.springframework.amqp.rabbit.listener.ListenerContainerConsumerFailedEvent;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;

/// Has a listener get the messages of a queue, by one consumer on one thread, and connects again
/// whenever the broker is gone. At its end the broker takes back what was sent ahead.
public final class QueueReader implements AutoCloseable {

  private static final Duration STOP_LIMIT = Duration.ofSeconds(1);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  private final SimpleMessageListenerContainer container;
  private final BrokerLink link;
  private volatile boolean reading;

  /// @param name of the thread
  /// @param link one for consuming, closed by this
  /// @param prefetch messages that are with this consumer at once
  public QueueReader(String name, BrokerLink link, String queue, int prefetch) {
    this.container = new SimpleMessageListenerContainer(link.factory());
    this.link = link;
    container.setBeanName(name);
    container.setQueueNames(queue);
    container.setPrefetchCount(prefetch);
    container.setConcurrentConsumers(1);
    container.setForceStop(true);
    container.setShutdownTimeout(STOP_LIMIT.toMillis());
    container.setRecoveryBackOff(Pauses.all());
    container.setMissingQueuesFatal(false);
    container.setMismatchedQueuesFatal(false);
    container.setPossibleAuthenticationFailureFatal(false);
    container.setDeclarationRetries(1);
    container.setFailedDeclarationRetryInterval(LOOK_AGAIN.toMillis());
  }

  /// Begins to read. Returns at once.
  ///
  /// @param listener gets the messages, one after the other
  /// @param acknowledging who acknowledges them: `MANUAL` the listener, `NONE` nobody
  /// @param trouble hears what keeps it from reading, and when that is over; the link says of
  ///   itself that it is gone
  /// @param missing runs whenever reading has failed on a link that is there: the queue may have
  ///   been deleted
  public void start(
      MessageListener listener, AcknowledgeMode acknowledging, Trouble trouble, Runnable missing) {
    container.setMessageListener(listener);
    container.setAcknowledgeMode(acknowledging);
    container.setApplicationEventPublisher(
        event -> {
          switch (event) {
            case ListenerContainerConsumerFailedEvent failed -> {
              reading = false;
              if (link.isOpen()) {
                trouble.is("the queue cannot be read: " + reason(failed));
                missing.run();
              }
            }
            case ConsumeOkEvent _ -> {
              reading = true;
              trouble.isOver();
            }
            default -> {}
          }
        });
    container.afterPropertiesSet();
    container.start();
  }

  private static String reason(ListenerContainerConsumerFailedEvent failed) {
    Throwable cause = failed.getThrowable();
    return cause == null ? String.valueOf(failed.getReason()) : Trouble.of(cause);
  }

  /// Whether the broker delivers here, as far as is known.
  public boolean isReading() {
    return reading && link.isOpen();
  }

  /// Whether it was started and not closed.
  public boolean isRunning() {
    return container.isRunning();
  }

  @Override
  public void close() {
    reading = false;
    container.stop();
    link.close();
  }
}
