package io.replog.master.cluster;

import io.replog.model.Position;
import io.replog.model.Promise;
import io.replog.node.log.LogEvents;
import io.replog.replication.master.MasterInput;

/// Brings what becomes of the log to the core, and the core to its end and a new one to life when
/// the log is opened anew.
record LogReports(MasterLoop core) implements LogEvents {

  @Override
  public void durable(long index) {
    core.put(new MasterInput.Durable(index));
  }

  @Override
  public void promisePersisted(Promise promise) {
    core.put(new MasterInput.PromisePersisted(promise));
  }

  @Override
  public void released(Position base) {
    core.put(new MasterInput.Released(base));
  }

  @Override
  public void failed(String error) {
    core.put(new MasterInput.LogFailed(error));
  }

  @Override
  public void doesNotJoin(String what) {
    core.put(new MasterInput.DoesNotJoin(what));
  }

  @Override
  public void closing(String why) {
    core.end(why);
  }

  @Override
  public void reopened() {
    core.beginAnew();
  }

  @Override
  public void full(boolean full) {
    core.put(new MasterInput.DiskFull(full));
  }
}
