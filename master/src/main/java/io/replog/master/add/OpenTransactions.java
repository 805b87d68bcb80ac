package io.replog.master.add;

import io.replog.master.events.MasterListener;
import io.replog.replication.master.MasterEvent;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import org.springframework.stereotype.Component;

/// Tells a transaction that has been appended where it stands, before it can be carried out on the
/// table: what it reads there would be forgotten otherwise while it waits for other nodes.
@Component
final class OpenTransactions implements MasterListener {

  /// Who is to be told, by number of call; at most as many as there are open calls.
  private final Map<Long, LongConsumer> open = new ConcurrentHashMap<>();

  /// @param told with the index, on the thread that owns the core: must neither block nor throw
  void opened(long call, LongConsumer told) {
    open.put(call, told);
  }

  void closed(long call) {
    open.remove(call);
  }

  @Override
  public void happened(MasterEvent event, long nowNanos) {
    if (!open.isEmpty() && event instanceof MasterEvent.Appended appended) {
      LongConsumer told = open.get(appended.call());
      if (told != null) {
        told.accept(appended.index());
      }
    }
  }
}
