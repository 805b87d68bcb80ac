package io.replog.master.events;

import io.replog.master.members.Members;
import io.replog.node.events.EventLog;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Lets the log lines know the texts of open calls.
@Configuration(proxyBeanMethods = false)
class EventLinesConfiguration {

  @Bean
  MasterListener eventLines(EventLog log, Members members, OpenAdds open) {
    return new EventLines(
        log,
        members,
        call -> {
          OpenAdds.Received received = open.find(call);
          return received == null ? null : received.text();
        });
  }
}
