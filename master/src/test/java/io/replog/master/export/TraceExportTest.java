package io.replog.master.export;

import static io.replog.master.kit.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.replog.master.kit.TestClient;
import io.replog.master.kit.TestFollower;
import io.replog.master.kit.TestMaster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/// What reaches a collector, and what happens to a master whose collector fails.
@ExtendWith(OutputCaptureExtension.class)
class TraceExportTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String CALLER = "00f067aa0ba902b7";
  private static final String SENDING = "POST /replicate";
  private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";

  @TempDir Path directory;

  private static String context(String flags) {
    return "00-%s-%s-%s".formatted(TRACE, CALLER, flags);
  }

  /// The spans of a call whose follower took what it was sent at some time. How often a slow
  /// machine had it sent before, or probed, is left open: of the sendings that which went well
  /// stays.
  private static Map<String, Span> byName(List<Span> spans) {
    Map<String, List<Span>> all = spans.stream().collect(Collectors.groupingBy(Span::getName));
    Map<String, Span> one = new HashMap<>();
    all.forEach((name, same) -> one.put(name, name.equals(SENDING) ? taken(same) : only(same)));
    return one;
  }

  private static Span taken(List<Span> sendings) {
    return only(sendings.stream().filter(each -> !isProbe(each) && !isFailed(each)).toList());
  }

  private static Span only(List<Span> spans) {
    assertThat(spans).hasSize(1);
    return spans.getFirst();
  }

  private static boolean isProbe(Span sending) {
    return sending.getAttributesList().stream()
        .anyMatch(each -> each.getKey().equals("replog.probe") && each.getValue().getBoolValue());
  }

  private static boolean isFailed(Span span) {
    return span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR;
  }

  private static long nanos(JsonNode moment) {
    Instant at = Instant.parse(moment.get("at").asString());
    return TimeUnit.SECONDS.toNanos(at.getEpochSecond()) + at.getNano();
  }

  private static double counted(TestMaster master, String name) {
    return master.bean(MeterRegistry.class).get(name).counters().stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  @Test
  void joinsTheTraceOfTheCaller() throws Exception {
    try (TestCollector collector = new TestCollector();
        TestFollower follower = new TestFollower("follower-1");
        TestMaster master =
            TestMaster.start(directory, List.of(follower), ENDPOINT, collector.url());
        TestClient client = new TestClient(master)) {
      follower.model().measure(3_000, 2_000);

      client.add("{\"data\":\"m\",\"write_concern\":2}", "traceparent", context("01"));
      await().until(() -> !collector.spansOf(TRACE).isEmpty());

      Map<String, Span> spans =
          byName(
              collector.spansOf(TRACE).stream()
                  .filter(span -> !collector.serviceOf(span).equals("replog-follower"))
                  .toList());
      assertThat(spans)
          .containsOnlyKeys(
              "POST /add", "queue", "write", "force", "replicate follower-1", SENDING);
      Span add = spans.get("POST /add");
      assertThat(TestCollector.hex(add.getParentSpanId())).isEqualTo(CALLER);
      for (String part : List.of("queue", "write", "force", "replicate follower-1")) {
        assertThat(spans.get(part).getParentSpanId()).as(part).isEqualTo(add.getSpanId());
      }
      assertThat(spans.get(SENDING).getParentSpanId())
          .isEqualTo(spans.get("replicate follower-1").getSpanId());
    }
  }

  @Test
  void tellsTheTimesOfTheTrace() throws Exception {
    try (TestCollector collector = new TestCollector();
        TestFollower follower = new TestFollower("follower-1");
        TestMaster master =
            TestMaster.start(directory, List.of(follower), ENDPOINT, collector.url());
        TestClient client = new TestClient(master)) {
      follower.model().measure(3_000, 2_000);
      client.add("{\"data\":\"m\",\"write_concern\":2}", "traceparent", context("01"));
      await().until(() -> !collector.spansOf(TRACE).isEmpty());

      JsonNode trace = client.data("/messages/1/trace");
      Map<Boolean, List<Span>> byFollower =
          collector.spansOf(TRACE).stream()
              .collect(
                  Collectors.partitioningBy(
                      span -> collector.serviceOf(span).equals("replog-follower")));

      Map<String, Span> own = byName(byFollower.get(false));
      assertThat(length(own.get("POST /add")))
          .as("as long as the call took")
          .isCloseTo(
              nanos(trace.get("released")) - nanos(trace.get("received")),
              org.assertj.core.data.Offset.offset(2_000L));
      assertThat(length(own.get("queue")) + length(own.get("write")) + length(own.get("force")))
          .as("the parts at the master make up its whole")
          .isEqualTo(
              own.get("force").getEndTimeUnixNano() - own.get("queue").getStartTimeUnixNano());
      Map<String, Span> there = byName(byFollower.get(true));
      assertThat(there).containsOnlyKeys("append", "hold", "force");
      assertThat(length(there.get("hold"))).isEqualTo(3_000_000);
      assertThat(length(there.get("force"))).isEqualTo(2_000_000);
      assertThat(there.get("append").getParentSpanId()).isEqualTo(own.get(SENDING).getSpanId());
      assertThat(trace.at("/followers/0/tries"))
          .as("the id that went along")
          .extracting(sending -> sending.get("traceparent").asString())
          .contains(
              "00-%s-%s-01".formatted(TRACE, TestCollector.hex(own.get(SENDING).getSpanId())));
    }
  }

  private static long length(Span span) {
    return span.getEndTimeUnixNano() - span.getStartTimeUnixNano();
  }

  @Test
  void tellsWhichSendingFailed() throws Exception {
    try (TestCollector collector = new TestCollector();
        TestFollower follower = new TestFollower("follower-1");
        TestMaster master =
            TestMaster.start(directory, List.of(follower), ENDPOINT, collector.url());
        TestClient client = new TestClient(master)) {
      client.add("{\"data\":\"first\",\"write_concern\":2}");
      follower.answerBatchesOf(
          "m2", com.github.tomakehurst.wiremock.client.WireMock.aResponse().withStatus(503));
      var waiting =
          client.addLater("{\"data\":\"m2\",\"write_concern\":2}", "traceparent", context("01"));
      await()
          .until(
              () -> client.data("/messages/2/trace").at("/followers/0/tries/0/error").isString());
      follower.heal();
      waiting.join();
      await().until(() -> !collector.spansOf(TRACE).isEmpty());

      assertThat(collector.spansOf(TRACE))
          .filteredOn(span -> span.getName().equals(SENDING))
          .hasSizeGreaterThan(1)
          .filteredOn(TraceExportTest::isFailed)
          .extracting(failed -> failed.getStatus().getMessage())
          .anyMatch(message -> message.contains("503"));
    }
  }

  @Test
  void leavesOutWhatTheCallerDoesNotRecord() throws Exception {
    try (TestCollector collector = new TestCollector();
        TestMaster master = TestMaster.start(directory, List.of(), ENDPOINT, collector.url());
        TestClient client = new TestClient(master)) {
      client.add("{\"data\":\"not recorded\"}", "traceparent", context("00"));
      client.add("{\"data\":\"recorded by nobody else\"}");

      await().until(() -> !collector.spans().isEmpty());

      assertThat(collector.spansOf(TRACE)).isEmpty();
      assertThat(collector.spans()).extracting(Span::getName).contains("POST /add");
    }
  }

  @Test
  void goesOnWithoutACollectorAndSaysSoOnceAMinute(CapturedOutput output) throws Exception {
    long since = System.nanoTime();
    try (Socket deaf = bound();
        TestMaster master =
            TestMaster.start(
                directory, List.of(), ENDPOINT, "http://127.0.0.1:" + deaf.getLocalPort());
        TestClient client = new TestClient(master)) {
      for (int lost = 1; lost <= 3; lost++) {
        int least = lost;
        assertThat(client.add("{\"data\":\"m\"}").statusCode()).isEqualTo(200);
        await().until(() -> counted(master, "replog.lost.traces") >= least);
      }

      assertThat(counted(master, "replog.exported.traces")).isZero();
      assertThat(output.getAll().lines().filter(line -> line.contains("traces do not reach")))
          .hasSizeBetween(1, 1 + (int) Duration.ofNanos(System.nanoTime() - since).toMinutes())
          .allMatch(line -> line.contains(" WARN "));
      assertThat(output.getAll()).doesNotContain("\tat ");
    }
  }

  /// Has a port, and does not listen there.
  private static Socket bound() throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    return socket;
  }

  @Test
  void waitsForNobodyWhileTheCollectorHangs() throws Exception {
    try (TestCollector collector = new TestCollector().hanging()) {
      TestMaster master = TestMaster.start(directory, List.of(), ENDPOINT, collector.url());
      try (TestClient client = new TestClient(master)) {
        client.add("{\"data\":\"m\"}");
        collector.awaitAsked();

        for (int count = 0; count < 20; count++) {
          assertThat(client.add("{\"data\":\"m\"}").statusCode()).isEqualTo(200);
        }
        await().until(() -> counted(master, "replog.lost.traces") > 0);
        client.add("{\"data\":\"one more for the collector to hang over\"}");
      }
      long since = System.nanoTime();
      master.close();

      assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(20));
    }
  }
}
