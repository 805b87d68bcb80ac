package io.replog.master.watch;

import io.replog.master.events.MasterListener;
import io.replog.master.events.OpenAdds;
import io.replog.master.members.Members;
import io.replog.replication.master.MasterEvent;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Hears everything and keeps what happens between two frames, while somebody watches; else an
/// event costs the core one look. The lock is held for the noting of one event.
@Component
final class Collector implements MasterListener {

  private final OpenAdds open;
  private final Members members;
  private volatile boolean watched;
  private @Nullable Span span;

  Collector(OpenAdds open, Members members) {
    this.open = open;
    this.members = members;
  }

  @Override
  public void happened(MasterEvent event, long nowNanos) {
    if (watched) {
      note(event, nowNanos);
    }
  }

  private synchronized void note(MasterEvent event, long nowNanos) {
    if (span != null) {
      span.note(event, nowNanos);
    }
  }

  synchronized void start() {
    span = new Span(open, members);
    watched = true;
  }

  synchronized void stop() {
    watched = false;
    span = null;
  }

  /// Takes what was kept, and begins anew.
  synchronized Span take() {
    Span taken = span == null ? new Span(open, members) : span;
    span = watched ? new Span(open, members) : null;
    return taken;
  }
}
