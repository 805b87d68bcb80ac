package io.replog.node.events;

import io.replog.node.settings.NodeSettings;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Sends the lines to the logger `replog`.
@Configuration(proxyBeanMethods = false)
class EventConfiguration {

  @Bean
  LimitedEventLog eventLog(
      NodeSettings settings, LineQueue lines, ScheduledExecutorService eventTimer) {
    Logger logger = LoggerFactory.getLogger("replog");
    LimitedEventLog events =
        new LimitedEventLog(
            line -> lines.offer(() -> logger.info(line)),
            line -> lines.offer(() -> logger.warn(line)),
            System::nanoTime,
            settings.logMessages());
    var _ = eventTimer.scheduleWithFixedDelay(events::tick, 1, 1, TimeUnit.SECONDS);
    return events;
  }

  @Bean
  LineQueue lineQueue() {
    return new LineQueue();
  }

  @Bean(destroyMethod = "shutdown")
  ScheduledExecutorService eventTimer() {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().name("event-timer").daemon().factory());
  }
}
