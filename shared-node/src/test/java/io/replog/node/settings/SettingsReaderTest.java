package io.replog.node.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replog.log.Retention;
import io.replog.model.Feed;
import io.replog.model.WriteConcern;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {

  @Test
  void needsNothing() {
    NodeSettings settings = SettingsReader.read(Role.MASTER, Map.of());

    assertThat(settings.node()).isEqualTo("master");
    assertThat(settings.port()).isEqualTo(6061);
    assertThat(settings.bindAddress()).isEqualTo("127.0.0.1");
    assertThat(settings.dataDirectory()).endsWithRaw(Path.of("data/master"));
    assertThat(settings.clusterTokenFile()).endsWithRaw(Path.of("data/cluster-token"));
    assertThat(settings.maxMessageBytes()).isEqualTo(1 << 20);
    assertThat(settings.writeTimeout()).isNull();
    assertThat(settings.followers()).isEmpty();
    assertThat(settings.replicationDelay()).isZero();
  }

  @Test
  void understandsTheThreePortsOfAMinimalFile() {
    Map<String, String> ports =
        Map.of("MASTER_PORT", "7001", "FOLLOWER_1_PORT", "7002", "FOLLOWER_2_PORT", "7003");

    NodeSettings master = SettingsReader.read(Role.MASTER, ports);
    NodeSettings follower = SettingsReader.read(Role.FOLLOWER, ports);

    assertThat(master.port()).isEqualTo(7001);
    assertThat(master.followers())
        .containsExactly(
            new Peer("follower-1", URI.create("http://127.0.0.1:7002")),
            new Peer("follower-2", URI.create("http://127.0.0.1:7003")));
    assertThat(follower.port()).isEqualTo(7002);
    assertThat(follower.masterPort()).isEqualTo(7001);
  }

  @Test
  void readsEveryForm() {
    NodeSettings settings =
        SettingsReader.read(
            Role.MASTER,
            Map.of(
                "FOLLOWERS", "a=http://h1:1, b=https://h2:2/",
                "WRITE_CONCERN_DEFAULT", "majority",
                "WRITE_TIMEOUT", "1.5s",
                "MAX_MESSAGE_SIZE", "64kb",
                "QUORUM_APPEND", "ON",
                "RETENTION_BYTES", "500GB",
                "RETENTION_AGE", "720h",
                "OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318/"));

    assertThat(settings.followers().get(1)).isEqualTo(new Peer("b", URI.create("https://h2:2")));
    assertThat(settings.writeConcernDefault()).isEqualTo(new WriteConcern.Majority());
    assertThat(settings.writeTimeout()).isEqualTo(Duration.ofMillis(1_500));
    assertThat(settings.maxMessageBytes()).isEqualTo(65_536);
    assertThat(settings.quorumAppend()).isTrue();
    assertThat(settings.retention()).isEqualTo(new Retention(500L << 30, Duration.ofDays(30)));
    assertThat(settings.traceCollector()).isEqualTo(URI.create("http://collector:4318"));
  }

  @Test
  void letsACollectorHaveAPath() {
    assertThat(collector(Role.MASTER, "https://collector/otlp/"))
        .isEqualTo(URI.create("https://collector/otlp"));
    assertThatThrownBy(() -> collector(Role.MASTER, "collector"))
        .hasMessageContaining("such as http://collector:4318");
  }

  @Test
  void ignoresACollectorOnFollowers() {
    assertThat(collector(Role.FOLLOWER, "http://collector:4318")).isNull();
    assertThat(collector(Role.FOLLOWER, "collector")).isNull();
  }

  private static URI collector(Role role, String url) {
    return SettingsReader.read(role, Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", url)).traceCollector();
  }

  @Test
  void takesWhatIsEmptyForUnsetAndIgnoresWhatItDoesNotKnow() {
    NodeSettings settings = SettingsReader.read(Role.MASTER, Map.of("PORT", "", "UNKNOWN", "x"));

    assertThat(settings.port()).isEqualTo(6061);
    assertThat(settings.traceCollector()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PORT|65536",
        "PORT|http",
        "PORT|99999999999999999999",
        "FSYNC|sometimes",
        "REPLICATION_DELAY|5",
        "REPLICATION_DELAY|-1s",
        "REPLICATION_DELAY|25h",
        "REPLICATION_JITTER|11m",
        "REPLICATION_JITTER|5s",
        "REPLICATION_ERROR_BEFORE|101",
        "REPLICATION_ERROR_BEFORE|10",
        "REPLICATION_ERROR_AFTER|10%",
        "REPLICATION_ERROR_AFTER|1",
        "FAULTS_SEED|-1",
        "MAX_MESSAGE_SIZE|0",
        "MAX_MESSAGE_SIZE|1TB",
        "MAX_MESSAGE_SIZE|33MB",
        "RETENTION_BYTES|1KB",
        "RETENTION_BYTES|many",
        "RETENTION_AGE|10ms",
        "WRITE_CONCERN_DEFAULT|2",
        "WRITE_CONCERN_DEFAULT|0",
        "FOLLOWERS|follower-1",
        "FOLLOWERS|a=ftp://h:1",
        "FOLLOWERS|a=http://h:1,a=http://h:2",
        "FOLLOWERS|a=http://h:1/path",
        "MASTER_PUBLIC_URL|here",
        "CORS_ORIGINS|example.org",
        "NODE_NAME|a/b",
        "LOG_FORMAT|xml",
        "BOOTSTRAP|now",
        "CLUSTER_TOKEN|short",
        "MAX_TIMEOUT|0s",
        "MAX_BLOCKED_WRITES_PER_CLIENT|0",
        "REPLICATION_TRANSPORT|pigeon",
        "OTEL_EXPORTER_OTLP_ENDPOINT|localhost:4318",
        "OTEL_EXPORTER_OTLP_ENDPOINT|grpc://collector:4317",
        "OTEL_EXPORTER_OTLP_ENDPOINT|http://collector:4318?key=k",
        "OTEL_EXPORTER_OTLP_ENDPOINT|http://user:word@collector:4318",
      })
  void namesVariableAndWhatIsAllowed(String variable, String value) {
    assertThatThrownBy(() -> SettingsReader.read(Role.MASTER, Map.of(variable, value)))
        .isInstanceOf(BadSettingException.class)
        .hasMessageStartingWith(variable + "=")
        .hasMessageContaining("it must be")
        .hasMessageNotContainingAny("\n");
  }

  @Test
  void hasBrokerOnlyWhereBatchesTravelByIt() {
    Map<String, String> broker = Map.of("RABBITMQ_URI", "amqp://me:secret@broker:5672/host");
    Map<String, String> on = new HashMap<>(broker);
    on.put("REPLICATION_TRANSPORT", "rabbitmq");
    Map<String, String> layer = new HashMap<>(on);
    layer.put("FEED", "every 10s");
    layer.put("UPSTREAM", "http://h:1");

    assertThat(SettingsReader.read(Role.MASTER, broker).usesBroker()).isFalse();
    assertThat(SettingsReader.read(Role.MASTER, on).usesBroker()).isTrue();
    assertThat(SettingsReader.read(Role.FOLLOWER, on).replicationBroker())
        .isEqualTo(URI.create("amqp://me:secret@broker:5672/host"));
    assertThat(SettingsReader.read(Role.FOLLOWER, layer).usesBroker()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"'',not set", "http://user:secret@broker,(hidden)"})
  void asksForBrokerWhereBatchesTravelByIt(String uri, String shown) {
    Map<String, String> values = Map.of("REPLICATION_TRANSPORT", "rabbitmq", "RABBITMQ_URI", uri);

    assertThatThrownBy(() -> SettingsReader.read(Role.MASTER, values))
        .isInstanceOf(BadSettingException.class)
        .hasMessageStartingWith("RABBITMQ_URI=" + shown)
        .hasMessageContaining("amqp://user:password@127.0.0.1:5672")
        .hasMessageNotContaining("secret");
  }

  @Test
  void readsFeedAndUpstreamOfALayerNode() {
    NodeSettings layer =
        SettingsReader.read(
            Role.FOLLOWER,
            Map.of("FEED", "every 10 messages", "UPSTREAM", "http://127.0.0.1:6062/"));
    NodeSettings eager = SettingsReader.read(Role.FOLLOWER, Map.of("FEED", "eager"));
    NodeSettings master = SettingsReader.read(Role.MASTER, Map.of("FEED", "nonsense"));

    assertThat(layer.feed()).isEqualTo(new Feed.EveryMessages(10));
    assertThat(layer.upstream()).isEqualTo(URI.create("http://127.0.0.1:6062"));
    assertThat(layer.isLayerNode()).isTrue();
    assertThat(eager.isLayerNode()).isFalse();
    assertThat(master.isLayerNode()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "every 0 messages, http://x, FEED",
    "sometimes, http://x, FEED",
    "every 10ms, http://x, FEED",
    "every 10s, , UPSTREAM",
    "every 10s, nowhere, UPSTREAM",
    "eager, http://x, UPSTREAM",
    ", http://x, UPSTREAM"
  })
  void refusesFeedsAndUpstreamsThatDoNotFit(String feed, String upstream, String named) {
    Map<String, String> values =
        Map.of("FEED", feed == null ? "" : feed, "UPSTREAM", upstream == null ? "" : upstream);

    assertThatThrownBy(() -> SettingsReader.read(Role.FOLLOWER, values))
        .isInstanceOf(BadSettingException.class)
        .hasMessageStartingWith(named + "=");
  }
}
