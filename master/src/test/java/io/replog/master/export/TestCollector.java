package io.replog.master.export;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.replog.master.kit.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/// A collector of OpenTelemetry that keeps what it was sent, and can hang.
final class TestCollector implements AutoCloseable {

  private final HttpServer server;
  private final List<Span> spans = new CopyOnWriteArrayList<>();
  private final Map<ByteString, String> services = new ConcurrentHashMap<>();
  private final CountDownLatch asked = new CountDownLatch(1);
  private volatile CountDownLatch gate = new CountDownLatch(0);

  TestCollector() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v1/traces", this::take);
    server.start();
  }

  /// What `OTEL_EXPORTER_OTLP_ENDPOINT` is to say.
  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// Takes connections from now on and answers nothing.
  TestCollector hanging() {
    gate = new CountDownLatch(1);
    return this;
  }

  void awaitAsked() {
    Eventually.await().until(() -> asked.getCount() == 0);
  }

  private void take(HttpExchange exchange) throws IOException {
    asked.countDown();
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      gate.await();
      keep(ExportTraceServiceRequest.parseFrom(body));
      exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(200, -1);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// What was sent together is there together.
  private void keep(ExportTraceServiceRequest request) {
    List<Span> all = new ArrayList<>();
    for (var resource : request.getResourceSpansList()) {
      String service =
          resource.getResource().getAttributesList().stream()
              .filter(attribute -> attribute.getKey().equals("service.name"))
              .map(attribute -> attribute.getValue().getStringValue())
              .findFirst()
              .orElseThrow();
      for (var scope : resource.getScopeSpansList()) {
        scope.getSpansList().forEach(span -> services.put(span.getSpanId(), service));
        all.addAll(scope.getSpansList());
      }
    }
    spans.addAll(all);
  }

  /// Those of one trace so far.
  List<Span> spansOf(String traceId) {
    return spans.stream().filter(span -> hex(span.getTraceId()).equals(traceId)).toList();
  }

  List<Span> spans() {
    return List.copyOf(spans);
  }

  String serviceOf(Span span) {
    return services.get(span.getSpanId());
  }

  static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }

  @Override
  public void close() {
    gate.countDown();
    server.stop(0);
  }
}
