package io.replog.connectors.rabbit;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replog.broker.BrokerLink;
import io.replog.broker.StopSignal;
import io.replog.broker.Trouble;
import io.replog.connectors.log.LogClients;
import io.replog.connectors.testing.FakeLog;
import io.replog.node.json.StrictJson;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where publishing goes on, and where it does not, without a broker: what is to be published is
/// refused.
class LogToExchangeTest {

  private static final URI NO_BROKER = URI.create("amqp://127.0.0.1:1");

  private final FakeLog log = new FakeLog();
  private final Trouble trouble = new Trouble("test");
  private final BrokerLink link = BrokerLink.forPublishing(NO_BROKER, "test", trouble);

  @TempDir private Path directory;
  private Path path;
  private PositionFile file;
  private LogToExchange publishing;

  @BeforeEach
  void make() {
    path = directory.resolve("position.json");
    file = new PositionFile(path, StrictJson.mapper(1 << 10));
    publishing =
        new LogToExchange(
            LogClients.of(log.url()),
            new ConfirmedPublisher(link),
            file,
            new RabbitSettings.Out("out", path, 1, 1),
            new OutMeters(new SimpleMeterRegistry()),
            trouble,
            new StopSignal());
  }

  @AfterEach
  void close() {
    link.close();
    log.close();
  }

  @Test
  void stopsWhereLogHasLostItsEndAndGoesOnWhereItIsBack() {
    log.append(null, "first");
    log.append(null, "second");
    file.save(new Position("log-1", 2));
    log.lagAt(1);

    assertThat(publishing.turn()).isEqualTo(OutState.BAD_POSITION);

    assertThat(trouble.last()).contains(path.toString(), "#2", "#1", "RABBITMQ_OUT_FROM");
    log.lagAt(2);
    assertThat(publishing.turn()).isEqualTo(OutState.CAUGHT_UP);
  }

  @Test
  void beginsAnewWhereFileIsDeletedWhileItRuns() throws Exception {
    log.append(null, "first");
    file.save(new Position("log-1", 1));
    assertThat(publishing.turn()).isEqualTo(OutState.CAUGHT_UP);
    log.replace("log-2");
    assertThat(publishing.turn()).isEqualTo(OutState.BAD_POSITION);

    Files.delete(path);

    assertThat(publishing.turn()).isEqualTo(OutState.CAUGHT_UP);
    log.append(null, "first of the other");
    assertThat(publishing.turn()).as("it is to be published").isEqualTo(OutState.BROKER_REFUSES);
  }
}
