package io.replog.master.trace;

import io.replog.master.events.OpenAdds;
import java.util.function.IntConsumer;
import org.springframework.stereotype.Component;

/// Where somebody who wants traces to leave this process begins.
@Component
public final class TracePicking {

  private final OpenAdds open;
  private final TraceRing ring;

  TracePicking(OpenAdds open, TraceRing ring) {
    this.open = open;
    this.ring = ring;
  }

  /// Picks from now on, once it is told of what happens in the core.
  ///
  /// @param lost is told how many picked traces could not be kept or found
  public PickedTraces begin(IntConsumer lost) {
    return new PickedTraces(open, ring, lost);
  }
}
