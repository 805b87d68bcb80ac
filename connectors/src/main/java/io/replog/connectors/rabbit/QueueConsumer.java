package io.replog.connectors.rabbit;

import java.time.Duration;
import org.springframework.amqp.core.AcknowledgeMode;
import org.springframework.amqp.rabbit.listener.ConsumeOkEvent;
import org.springframework.amqp.rabbit.listener.ListenerContainerConsumerFailedEvent;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.context.SmartLifecycle;

/// Has [QueueToLog] get the messages of the queue, by one consumer on one thread, and connects
/// again whenever the broker is gone. At its end the broker takes back what was sent ahead.
final class QueueConsumer implements SmartLifecycle {

  private static final Duration STOP_LIMIT = Duration.ofSeconds(2);

  private final SimpleMessageListenerContainer container;
  private final BrokerLink consuming;
  private final BrokerLink publishing;
  private final StopSignal stop;

  /// @param consuming closed by this when it stops, as is `publishing`
  QueueConsumer(
      RabbitSettings.In settings,
      QueueToLog listener,
      BrokerLink consuming,
      BrokerLink publishing,
      Trouble trouble,
      StopSignal stop) {
    this.container = new SimpleMessageListenerContainer(consuming.factory());
    this.consuming = consuming;
    this.publishing = publishing;
    this.stop = stop;
    container.setQueueNames(settings.queue());
    container.setPrefetchCount(settings.prefetch());
    container.setMessageListener(listener);
    configure(trouble);
  }

  private void configure(Trouble trouble) {
    container.setBeanName("rabbit-in");
    container.setAcknowledgeMode(AcknowledgeMode.MANUAL);
    container.setConcurrentConsumers(1);
    container.setForceStop(true);
    container.setShutdownTimeout(STOP_LIMIT.toMillis());
    container.setRecoveryBackOff(Pauses.all());
    container.setMissingQueuesFatal(false);
    container.setMismatchedQueuesFatal(false);
    container.setPossibleAuthenticationFailureFatal(false);
    container.setApplicationEventPublisher(
        event -> {
          switch (event) {
            case ListenerContainerConsumerFailedEvent failed ->
                trouble.is("the queue cannot be read: " + reason(failed));
            case ConsumeOkEvent _ -> trouble.isOver();
            default -> {}
          }
        });
    container.afterPropertiesSet();
  }

  private static String reason(ListenerContainerConsumerFailedEvent failed) {
    Throwable cause = failed.getThrowable();
    return cause == null ? String.valueOf(failed.getReason()) : Trouble.of(cause);
  }

  @Override
  public void start() {
    container.start();
  }

  @Override
  public void stop() {
    stop.give();
    container.stop();
    consuming.close();
    publishing.close();
  }

  @Override
  public boolean isRunning() {
    return container.isRunning();
  }
}
