package io.replog.replication.simulation;

/// The crowd of all clients and operators; it never fails.
final class Clients implements Endpoint {

  static final String NAME = "clients";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean running() {
    return true;
  }

  @Override
  public int process() {
    return 0;
  }

  @Override
  public void inProcess(int process, Runnable action) {
    action.run();
  }
}
