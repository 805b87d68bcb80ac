package io.replog.broker;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Messages without a valid signature, which are dropped: `replog_broker_forged_total`, and a line
/// in the log for the first and then for every hundredth.
public final class ForgedMessages {

  private static final Logger LOG = LoggerFactory.getLogger("replog");
  private static final int LINE_EVERY = 100;

  private final Counter counter;

  public ForgedMessages(MeterRegistry meters) {
    this.counter =
        Counter.builder("replog.broker.forged")
            .description("Messages without a valid signature, which were dropped")
            .register(meters);
  }

  /// One more. For one thread.
  ///
  /// @param queue where it was
  public void drop(String queue) {
    if ((long) counter.count() % LINE_EVERY == 0) {
      LOG.warn("rabbitmq: a message of {} has no valid signature and is dropped", queue);
    }
    counter.increment();
  }
}
