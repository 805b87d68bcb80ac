package io.replog.master.feed;

import io.replog.node.feed.Standpoint;
import io.replog.node.log.NodeLog;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Nobody knows more than the master.
@Component
final class MasterStandpoint implements Standpoint {

  private final NodeLog log;

  MasterStandpoint(NodeLog log) {
    this.log = log;
  }

  @Override
  public @Nullable Integer layer() {
    return 0;
  }

  @Override
  public String source() {
    return "clients";
  }

  @Override
  public Known known() {
    return new Known(log.commitIndex(), 0L);
  }
}
