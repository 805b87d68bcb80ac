package io.replog.node.json;

import io.replog.node.settings.NodeSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/// Makes the strict mapper the one that handlers read and write with. The length of a string is
/// bounded by what any node may have accepted; what a client may send is bounded by the size of the
/// body.
@Configuration(proxyBeanMethods = false)
class JsonConfiguration {

  @Bean
  JsonMapper jsonMapper() {
    return StrictJson.mapper(NodeSettings.LARGEST_MESSAGE_BYTES);
  }
}
