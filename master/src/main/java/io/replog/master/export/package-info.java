/// Sends traces to a collector of OpenTelemetry, where `OTEL_EXPORTER_OTLP_ENDPOINT` names one;
/// otherwise nothing of it is loaded. Spans are made of finished traces, never on the way of an
/// add. Read [io.replog.master.export.TraceExport] first.
@NullMarked
package io.replog.master.export;

import org.jspecify.annotations.NullMarked;
