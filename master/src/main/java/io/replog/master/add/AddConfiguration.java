package io.replog.master.add;

import io.replog.node.json.StrictJson;
import io.replog.node.settings.NodeSettings;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Tells the reader of bodies when a text is too long.
@Configuration(proxyBeanMethods = false)
class AddConfiguration implements WebMvcConfigurer {

  /// Characters that any string but the text may need.
  private static final int LEAST_CHARACTERS = 1_024;

  private final JsonMapper bounded;

  AddConfiguration(NodeSettings settings) {
    this.bounded = StrictJson.mapper(Math.max(LEAST_CHARACTERS, settings.maxMessageBytes()));
  }

  /// A text never has more characters than bytes, so that one above the limit is refused while it
  /// is read. What nodes send each other is of other types and not bounded by this.
  @Override
  public void configureMessageConverters(HttpMessageConverters.ServerBuilder builder) {
    builder.configureMessageConverters(
        converter -> {
          if (converter instanceof JacksonJsonHttpMessageConverter json) {
            json.registerMappersForType(
                JsonNode.class, mappers -> mappers.put(MediaType.APPLICATION_JSON, bounded));
          }
        });
  }
}
