package io.replog.node.log;

import io.replog.log.LogOptions;
import io.replog.node.settings.NodeSettings;
import io.replog.node.settings.UnusableException;
import io.replog.node.shutdown.FailStop;
import java.io.IOException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Opens the log where the settings say it is.
@Configuration(proxyBeanMethods = false)
class LogConfiguration {

  private static final int MAX_KEY_BYTES = 1_024;

  @Bean
  NodeLog nodeLog(
      NodeSettings settings,
      FailStop failStop,
      @Value("${replog.log.segment-bytes:67108864}") long segmentBytes) {
    try {
      return NodeLog.open(options(settings).withSegmentBytes(segmentBytes), failStop);
    } catch (IOException unusable) {
      throw new UnusableException(
          "DATA_DIR=%s cannot be used: %s"
              .formatted(settings.dataDirectory(), unusable.getMessage()));
    }
  }

  private static LogOptions options(NodeSettings settings) {
    return LogOptions.of(settings.dataDirectory(), settings.clusterId(), settings.node())
        .withFsync(settings.fsync(), settings.fsyncInterval())
        .withMaxRecordBytes(NodeSettings.LARGEST_MESSAGE_BYTES + MAX_KEY_BYTES)
        .withAcceptDataLoss(settings.acceptDataLoss());
  }
}
