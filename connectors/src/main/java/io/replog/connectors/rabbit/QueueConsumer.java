package io.replog.connectors.rabbit;

import io.replog.broker.BrokerLink;
import io.replog.broker.QueueReader;
import io.replog.broker.StopSignal;
import io.replog.broker.Trouble;
import org.springframework.amqp.core.AcknowledgeMode;
import org.springframework.context.SmartLifecycle;

/// Has [QueueToLog] get the messages of the queue, by one consumer on one thread.
final class QueueConsumer implements SmartLifecycle {

  private final QueueReader reader;
  private final QueueToLog listener;
  private final BrokerLink publishing;
  private final Trouble trouble;
  private final StopSignal stop;

  /// @param consuming closed by this when it stops, as is `publishing`
  QueueConsumer(
      RabbitSettings.In settings,
      QueueToLog listener,
      BrokerLink consuming,
      BrokerLink publishing,
      Trouble trouble,
      StopSignal stop) {
    this.reader = new QueueReader("rabbit-in", consuming, settings.queue(), settings.prefetch());
    this.listener = listener;
    this.publishing = publishing;
    this.trouble = trouble;
    this.stop = stop;
  }

  @Override
  public void start() {
    reader.start(listener, AcknowledgeMode.MANUAL, trouble, () -> {});
  }

  @Override
  public void stop() {
    stop.give();
    reader.close();
    publishing.close();
  }

  @Override
  public boolean isRunning() {
    return reader.isRunning();
  }
}
