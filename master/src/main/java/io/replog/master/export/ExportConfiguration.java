package io.replog.master.export;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.replog.master.cluster.MasterLoop;
import io.replog.master.trace.PickedTraces;
import io.replog.master.trace.TracePicking;
import io.replog.node.settings.NodeSettings;
import java.time.Duration;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/// What exports traces, where that is on.
@Configuration(proxyBeanMethods = false)
@Conditional(ExportIsOn.class)
class ExportConfiguration {

  private static final Duration CONNECTING = Duration.ofSeconds(1);

  @Bean
  ExportMeters exportMeters(MeterRegistry registry) {
    return new ExportMeters(registry);
  }

  @Bean
  PickedTraces pickedTraces(TracePicking picking, ExportMeters meters) {
    return picking.begin(meters::overflowed);
  }

  @Bean
  TraceExport traceExport(
      PickedTraces traces, MasterLoop loop, NodeSettings settings, ExportMeters meters) {
    return new TraceExport(
        () -> traces.take(loop), new Spans(settings.node()), exporter(settings), meters);
  }

  /// Without retries: the next ones come soon enough.
  private static SpanExporter exporter(NodeSettings settings) {
    return OtlpHttpSpanExporter.builder()
        .setEndpoint(Objects.requireNonNull(settings.traceCollector()) + "/v1/traces")
        .setConnectTimeout(CONNECTING)
        .setTimeout(TraceExport.PATIENCE)
        .setRetryPolicy(null)
        .build();
  }
}
