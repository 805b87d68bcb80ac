package io.replog.testnode;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.replog.model.Envelope;
import io.replog.node.NodeConfiguration;
import io.replog.node.feed.Standpoint;
import io.replog.node.health.ReadyCondition;
import io.replog.node.health.WritesAccepted;
import io.replog.node.log.NodeLog;
import io.replog.node.messages.KnownHolders;
import io.replog.node.messages.LayerView;
import io.replog.node.messages.ReadView;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// The smallest node: its log, and handlers that take a body or fail.
@SpringBootApplication(proxyBeanMethods = false)
@Import({NodeConfiguration.class, TestNode.Handlers.class})
public class TestNode {

  /// What is still going on, null when the node is ready.
  public static final AtomicReference<@Nullable String> PENDING = new AtomicReference<>();

  /// Why writes are refused, null when they are accepted.
  public static final AtomicReference<@Nullable String> READ_ONLY = new AtomicReference<>();

  /// What happens while somebody waits for holders, on a node with `test.holders`.
  public static final AtomicReference<Runnable> WHILE_WAITING = new AtomicReference<>(() -> {});

  @Bean
  @ConditionalOnProperty("test.holders")
  KnownHolders knownHolders() {
    return new KnownHolders() {
      @Override
      public int clusterSize() {
        return 3;
      }

      @Override
      public int holdersOf(long index) {
        return 1;
      }

      @Override
      public int awaitHolders(long index, int requiredNodes, Duration atMost) {
        WHILE_WAITING.get().run();
        return 1;
      }
    };
  }

  @Bean
  @ConditionalOnProperty("test.layer")
  LayerView layerView() {
    return version -> new LayerView.Staleness(version, 3L, null);
  }

  @Bean
  ReadView readView(NodeLog log) {
    return new ReadView() {
      @Override
      public long epoch() {
        return log.shownEnd().epoch();
      }

      @Override
      public @Nullable String logId() {
        return log.shownIndex() == 0 ? null : RunningNode.LOG_ID;
      }
    };
  }

  @Bean
  Standpoint standpoint(NodeLog log) {
    return new Standpoint() {
      @Override
      public Integer layer() {
        return 0;
      }

      @Override
      public String source() {
        return "clients";
      }

      @Override
      public Known known() {
        return new Known(log.commitIndex(), 0L);
      }
    };
  }

  @Bean
  ReadyCondition readyCondition() {
    return PENDING::get;
  }

  @Bean
  WritesAccepted writesAccepted() {
    return READ_ONLY::get;
  }

  /// A body with a field of each kind.
  public record Body(
      @JsonProperty("data") @Nullable String data,
      @JsonProperty("number") @Nullable Integer number,
      @JsonProperty("inner") @Nullable Body inner) {}

  @RestController
  static class Handlers {

    @PostMapping(path = "/add", consumes = MediaType.APPLICATION_JSON_VALUE)
    Envelope<Body> add(@RequestBody Body body) {
      return Envelope.ok("echo", body);
    }

    @PostMapping(path = "/replicate", consumes = MediaType.APPLICATION_JSON_VALUE)
    Envelope<Void> replicate(@RequestBody Body body) {
      return Envelope.ok("taken", null);
    }

    @GetMapping("/fails")
    Envelope<Void> fails() {
      throw new IllegalStateException("secret detail");
    }
  }
}
