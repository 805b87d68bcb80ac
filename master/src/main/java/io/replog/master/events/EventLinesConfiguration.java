package io.replog.master.events;

import io.replog.node.events.EventLog;
import io.replog.node.settings.NodeSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Lets the log lines know the texts of open calls.
@Configuration(proxyBeanMethods = false)
class EventLinesConfiguration {

  @Bean
  MasterListener eventLines(EventLog log, NodeSettings settings, OpenAdds open) {
    return new EventLines(
        log,
        settings,
        call -> {
          OpenAdds.Received received = open.find(call);
          return received == null ? null : received.text();
        });
  }
}
