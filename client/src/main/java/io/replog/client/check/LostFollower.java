package io.replog.client.check;

/// The last follower, while it may be lost. However that ends, by Ctrl-C too and when the command
/// that stops it fails after it took effect, the follower is started again.
final class LostFollower implements AutoCloseable {

  private final Subject cluster;
  private final Control control;
  private final Thread atExit = new Thread(this::start, "start the follower");

  LostFollower(Subject cluster) {
    this.cluster = cluster;
    this.control = new Control(cluster.limit());
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  synchronized void lose() {
    control.run(cluster.stop());
  }

  private synchronized void start() {
    control.run(cluster.start());
  }

  @Override
  public void close() {
    if (isOursToStart()) {
      start();
    }
  }

  /// Once this program is being ended, the other thread does it.
  private boolean isOursToStart() {
    try {
      return Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException _) {
      return false;
    }
  }
}
