package io.replog.master.cluster;

import io.replog.model.Promise;
import io.replog.node.log.LogEvents;
import io.replog.replication.master.MasterInput;
import java.util.function.Consumer;

/// Brings what becomes of the log to the core.
record LogReports(Consumer<MasterInput> core) implements LogEvents {

  @Override
  public void durable(long index) {
    core.accept(new MasterInput.Durable(index));
  }

  @Override
  public void promisePersisted(Promise promise) {
    core.accept(new MasterInput.PromisePersisted(promise));
  }

  @Override
  public void failed(String error) {
    core.accept(new MasterInput.LogFailed(error));
  }

  @Override
  public void full(boolean full) {
    core.accept(new MasterInput.DiskFull(full));
  }
}
