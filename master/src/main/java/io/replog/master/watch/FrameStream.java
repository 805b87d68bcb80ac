package io.replog.master.watch;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One stream, on the thread of its request, which holds one frame at a time. `frame` is a [Frame];
/// `lost` says that the reader has missed some: because it was slow or away (`{"frames":12}`), or
/// because the node was started anew (`{"frames":null}`). `Last-Event-ID` goes on behind a frame,
/// for as long as the ring has the next.
final class FrameStream {

  private static final Duration QUIET = Duration.ofSeconds(15);

  private final FrameRing ring;
  private final String startId;
  private final HttpServletResponse response;

  /// Number of the last frame that the reader has.
  private long seen;

  /// Whether that is so, or it has none and misses none.
  private boolean begun;

  FrameStream(FrameRing ring, String startId, HttpServletResponse response) {
    this.ring = ring;
    this.startId = startId;
    this.response = response;
  }

  /// Sends what comes until the client leaves or the node stops.
  void follow(@Nullable String lastEventId) throws IOException, InterruptedException {
    write("retry: 2000\n\n");
    begin(lastEventId == null ? "" : lastEventId);
    boolean open = true;
    while (open) {
      response.flushBuffer();
      switch (ring.await(seen, QUIET.toNanos())) {
        case FrameRing.Next.Found(var number, var json) -> send(number, json);
        case FrameRing.Next.Nothing() -> write(":\n\n");
        case FrameRing.Next.Closed() -> open = false;
      }
    }
  }

  /// A new reader begins with the newest frame.
  private void begin(String lastEventId) throws IOException {
    long last = ring.last();
    Long known = numberOf(lastEventId);
    begun = known != null && known <= last;
    seen = known != null && begun ? known : Math.max(0, last - 1);
    if (!begun && !lastEventId.isEmpty()) {
      lost("null");
    }
  }

  private void send(long number, byte[] json) throws IOException {
    if (begun && number > seen + 1) {
      lost(Long.toString(number - seen - 1));
    }
    write("id: %s-%d\nevent: frame\ndata: ".formatted(startId, number));
    response.getOutputStream().write(json);
    write("\n\n");
    seen = number;
    begun = true;
  }

  /// Null if `id` is none of this process.
  private @Nullable Long numberOf(String id) {
    String prefix = startId + "-";
    String number = id.startsWith(prefix) ? id.substring(prefix.length()) : "";
    return number.matches("\\d{1,18}") ? Long.valueOf(number) : null;
  }

  private void lost(String frames) throws IOException {
    write("event: lost\ndata: {\"frames\":%s}\n\n".formatted(frames));
  }

  private void write(String ascii) throws IOException {
    response.getOutputStream().write(ascii.getBytes(StandardCharsets.US_ASCII));
  }
}
