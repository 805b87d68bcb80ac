package io.replog.master.trace;

import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The header `traceparent` of W3C Trace Context:
/// `00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01`, version, trace, span, flags.
final class TraceContext {

  private static final Pattern FORM =
      Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

  private static final int SPAN_AT = 36;
  private static final int FLAGS_AT = 52;

  private TraceContext() {}

  /// What was sent, null when it has another form: it counts then as if nothing had been sent.
  static @Nullable String valid(@Nullable String sent) {
    return sent != null && FORM.matcher(sent).matches() ? sent : null;
  }

  /// Whether who began the trace records it.
  static boolean isSampled(String context) {
    return (Character.digit(context.charAt(context.length() - 1), 16) & 1) == 1;
  }

  /// The same trace with a span of its own.
  static String child(String parent) {
    long span = UUID.randomUUID().getLeastSignificantBits();
    return "00"
        + parent.substring(2, SPAN_AT)
        + "%016x".formatted(span)
        + parent.substring(FLAGS_AT);
  }
}
