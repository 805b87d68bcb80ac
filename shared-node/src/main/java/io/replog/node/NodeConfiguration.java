package io.replog.node;

import io.replog.node.loop.ShortWaits;
import java.time.Duration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;

/// Everything of this module, to be imported by a node. The node itself supplies a
/// [io.replog.node.messages.ReadView] and its own controllers, and is started by
/// [io.replog.node.start.NodeLauncher].
@Configuration(proxyBeanMethods = false)
@ComponentScan(excludeFilters = @Filter(ManagementContextConfiguration.class))
public class NodeConfiguration {

  /// For calls that wait for the core: after a second each looks whether it still should.
  @Bean
  ShortWaits shortWaits() {
    return new ShortWaits("short-waits", Duration.ofSeconds(1));
  }
}
