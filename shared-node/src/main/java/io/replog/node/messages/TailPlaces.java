package io.replog.node.messages;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.replog.node.problem.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/// Room for live tails, of whatever: each costs a connection and a thread as long as it lasts.
@Component
public final class TailPlaces implements MeterBinder {

  private static final int MAX_TAILS = 1_000;
  private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

  private final Semaphore places = new Semaphore(MAX_TAILS);

  /// Room for one tail, to be given back.
  @FunctionalInterface
  public interface Place extends AutoCloseable {
    @Override
    void close();
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("replog.live.tails", places, free -> MAX_TAILS - free.availablePermits())
        .description("live tails open now")
        .register(registry);
  }

  /// @throws Refusal 503 if all places are taken
  public Place take() {
    if (!places.tryAcquire()) {
      throw Refusal.unavailable(
          "there are %d live tails already".formatted(MAX_TAILS), "TOO_MANY_TAILS", 5);
    }
    return places::release;
  }

  /// Sends the head, so that the client knows that it is connected.
  public static void open(HttpServletResponse response) throws IOException {
    response.setHeader("X-Accel-Buffering", "no");
    keepAlive(response.getOutputStream());
    response.flushBuffer();
  }

  /// Shows that the connection lives, and finds out whether it does.
  public static void keepAlive(OutputStream out) throws IOException {
    out.write(COMMENT);
  }
}
