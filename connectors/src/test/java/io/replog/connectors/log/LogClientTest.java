package io.replog.connectors.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import io.replog.connectors.settings.ConnectorsSettings;
import io.replog.connectors.testing.FakeLog;
import io.replog.model.WriteConcern;
import io.replog.node.json.StrictJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogClientTest {

  private static final WriteConcern MAJORITY = new WriteConcern.Majority();

  private final WireMockServer node =
      new WireMockServer(WireMockConfiguration.options().dynamicPort());

  @AfterEach
  void stop() {
    node.stop();
  }

  @Test
  void appendsOnceUnderOneKeyAndReadsWithoutGap() {
    try (FakeLog log = new FakeLog()) {
      LogClient client = LogClients.of(log.url());

      long first = client.append("a\n\u0000ü", "key/1", MAJORITY);
      long again = client.append("a\n\u0000ü", "key/1", MAJORITY);
      long last =
          client.appendAll(
              List.of(new NewMessage("b", "key/2"), new NewMessage("c", "key/3")), MAJORITY);

      assertThat(first).isEqualTo(1).isEqualTo(again);
      assertThat(last).isEqualTo(3);
      LogPage page = client.read(2, 10);
      assertThat(page.logId()).isEqualTo("log-1");
      assertThat(page.lastIndex()).isEqualTo(3);
      assertThat(page.records()).extracting(LogRecord::text).containsExactly("b", "c");
      assertThat(client.read(1, 1).records())
          .extracting(LogRecord::text)
          .containsExactly("a\n\u0000ü");
      assertThat(client.read(4, 10).records()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "413,true",
    "422,true",
    "400,false",
    "401,false",
    "405,false",
    "429,false",
    "503,false",
    "507,false"
  })
  void callsDefiniteRefusalSoAndSaysWhetherItIsOfTheMessage(int status, boolean forEver) {
    answer(status, "{\"message\":\"not so\"}");

    assertThatThrownBy(() -> client().append("a", "k", MAJORITY))
        .isInstanceOfSatisfying(
            AppendRefusedException.class,
            refused -> assertThat(refused.isForEver()).isEqualTo(forEver))
        .hasMessage("not so");
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 504})
  void callsOutcomeUnknownWhereTheNodeLeavesItOpen(int status) {
    answer(status, "<html>");

    assertThatThrownBy(() -> client().append("a", "k", MAJORITY))
        .isInstanceOf(AppendUnknownException.class)
        .hasMessageContaining("HTTP " + status);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"EMPTY_RESPONSE", "CONNECTION_RESET_BY_PEER", "MALFORMED_RESPONSE_CHUNK"})
  void callsOutcomeUnknownWhereConnectionBreaks(Fault fault) {
    node.start();
    node.stubFor(
        WireMock.any(WireMock.anyUrl())
            .willReturn(WireMock.aResponse().withStatus(504).withFault(fault)));

    assertThatThrownBy(() -> client().append("a", "k", MAJORITY))
        .isInstanceOf(AppendUnknownException.class);
  }

  @Test
  void callsOutcomeUnknownWhereAnswerNamesNoIndex() {
    answer(200, "{}");

    assertThatThrownBy(() -> client().append("a", "k", MAJORITY))
        .isInstanceOf(AppendUnknownException.class);
  }

  @Test
  void callsItDefiniteWhereNobodyListens() {
    node.start();
    int port = node.port();
    node.stop();

    assertThatThrownBy(
            () -> LogClients.of(URI.create("http://127.0.0.1:" + port)).append("a", "k", MAJORITY))
        .isInstanceOfSatisfying(
            AppendRefusedException.class, refused -> assertThat(refused.isForEver()).isFalse());
  }

  @Test
  void followsFollowerToItsMaster() {
    try (FakeLog log = new FakeLog()) {
      node.start();
      node.stubFor(
          WireMock.any(WireMock.anyUrl())
              .willReturn(
                  WireMock.aResponse().withStatus(307).withHeader("Location", log.url() + "/add")));

      client().append("a", "k", MAJORITY);

      assertThat(log.entries()).containsExactly(new FakeLog.Held("k", "a"));
    }
  }

  @Test
  void sendsKeyOfClient() {
    answer(200, "{}");
    ConnectorsSettings settings = LogClients.settings(URI.create(node.baseUrl()), "0123456789");

    assertThatThrownBy(() -> LogClients.of(settings).append("a", "k", new WriteConcern.Count(2)));

    node.verify(
        WireMock.postRequestedFor(WireMock.urlEqualTo("/add"))
            .withHeader("Authorization", WireMock.equalTo("Bearer 0123456789"))
            .withHeader("Idempotency-Key", WireMock.equalTo("k"))
            .withRequestBody(WireMock.matchingJsonPath("$.write_concern", WireMock.equalTo("2"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"index\":2,\"epoch\":1,\"timestamp\":\"t\",\"key\":null,\"text\":\"b\"}\n",
        "{\"index\":1,\"epoch\":1,\"timestamp\":\"t\",\"key\":null,\"text\":\"a\"}\n"
            + "{\"index\":3,\"epoch\":1,\"timestamp\":\"t\",\"key\":null,\"text\":\"c\"}\n",
        "{\"index\":1,\"epoch\":1,\"ti",
      })
  void refusesGapAndTornLine(String lines) {
    node.start();
    node.stubFor(
        WireMock.any(WireMock.anyUrl())
            .willReturn(WireMock.aResponse().withHeader("Log-Id", "log-1").withBody(lines)));

    assertThatThrownBy(() -> client().read(1, 10)).isInstanceOf(ReadFailedException.class);
  }

  @Test
  void tellsThatEntriesAreReleased() {
    answer(410, "{\"message\":\"gone\"}");

    assertThatThrownBy(() -> client().read(1, 10))
        .isInstanceOfSatisfying(
            ReadFailedException.class, failed -> assertThat(failed.isReleased()).isTrue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "with blank", "ü", "a\n"})
  void refusesKeyThatNoNodeTakes(String key) {
    assertThatThrownBy(() -> new NewMessage("a", key)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new NewMessage("a", "k".repeat(129)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readsLittleAtATimeWhereTextsAreLarge() {
    String line = "{\"index\":%d,\"epoch\":1,\"timestamp\":\"t\",\"key\":null,\"text\":\"%s\"}\n";
    String large = "x".repeat(3 << 20);
    String lines = line.formatted(1, large) + line.formatted(2, large) + line.formatted(3, large);

    List<LogRecord> read = readLines(lines);

    assertThat(read).hasSize(2);
  }

  private static List<LogRecord> readLines(String lines) {
    try {
      return new RecordLines(StrictJson.mapper(64 << 20), 1)
          .read(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void answer(int status, String body) {
    node.start();
    node.stubFor(
        WireMock.any(WireMock.anyUrl())
            .willReturn(WireMock.aResponse().withStatus(status).withBody(body)));
  }

  private LogClient client() {
    return LogClients.of(URI.create(node.baseUrl()));
  }
}
