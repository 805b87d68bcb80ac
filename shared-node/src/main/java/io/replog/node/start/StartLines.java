package io.replog.node.start;

import io.replog.model.FsyncMode;
import io.replog.node.log.NodeLog;
import io.replog.node.log.RecoveryLines;
import io.replog.node.messages.ReadView;
import io.replog.node.settings.NodeSettings;
import java.util.Locale;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// What a person wants to see when a node has started.
@Component
final class StartLines {

  private static final Logger LOG = LoggerFactory.getLogger("replog");

  private final NodeSettings settings;
  private final NodeLog log;
  private final ReadView view;
  private final ServletWebServerApplicationContext web;

  StartLines(
      NodeSettings settings, NodeLog log, ReadView view, ServletWebServerApplicationContext web) {
    this.settings = settings;
    this.log = log;
    this.view = view;
    this.web = web;
  }

  @EventListener(ApplicationReadyEvent.class)
  void started() {
    LOG.info(
        "{} started as {} on port {}, log {} up to #{}, fsync {}, data in {}",
        settings.node(),
        settings.role().word(),
        Objects.requireNonNull(web.getWebServer()).getPort(),
        view.logId() == null ? "(none yet)" : view.logId(),
        log.shownIndex(),
        settings.fsync().name().toLowerCase(Locale.ROOT),
        settings.dataDirectory());
    if (settings.isLayerNode()) {
      LOG.info(
          "layer node: fed {} by {}, counts for no write concern",
          settings.feed().words(),
          settings.upstream());
    }
    RecoveryLines.tell(log.recovery(), settings.acceptDataLoss());
    if (settings.fsync() != FsyncMode.ALWAYS) {
      LOG.warn("FSYNC is not always: a power cut may lose acknowledged messages");
    }
    if (settings.access().apiKeysFile() != null && settings.tls() == null) {
      LOG.warn("API keys travel unencrypted: set TLS_CERTIFICATE, or keep to loopback or a proxy");
    }
    if (!settings.replicationDelay().isZero()) {
      LOG.warn(
          "artificial delay: every message waits {} ms before it is appended here",
          settings.replicationDelay().toMillis());
    }
  }
}
