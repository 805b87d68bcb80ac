package io.replog.master.events;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What is known of an add before it has an index, by number of its call. For traces and log lines.
/// As many as there are open calls, never more.
@Component
public final class OpenAdds {

  private final Map<Long, Received> open = new ConcurrentHashMap<>();

  /// @param nanos when it was received, on the clock of [System#nanoTime]
  /// @param text the message, null for those of a bulk add
  /// @param traceparent as it was sent, of any form, null when none was
  public record Received(long nanos, @Nullable String text, @Nullable String traceparent) {}

  /// The call has been read.
  public void opened(long call, Received received) {
    open.put(call, received);
  }

  /// The call has its answer.
  public void closed(long call) {
    open.remove(call);
  }

  /// What is known of `call`, null when it is not open.
  public @Nullable Received find(long call) {
    return open.get(call);
  }
}
