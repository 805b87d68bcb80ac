package io.replog.master.messages;

import io.replog.master.cluster.MasterLoop;
import io.replog.node.messages.ReadView;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Epoch and identity of the master's log, for the headers of every read.
@Component
final class MasterReadView implements ReadView {

  private final MasterLoop loop;

  MasterReadView(MasterLoop loop) {
    this.loop = loop;
  }

  @Override
  public long epoch() {
    return loop.view().epoch();
  }

  @Override
  public @Nullable String logId() {
    return loop.view().logId();
  }
}
