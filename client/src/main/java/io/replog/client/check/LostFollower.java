package io.replog.client.check;

/// The last follower, while it may be lost. However that ends, by Ctrl-C too and when the command
/// that stops it fails after it took effect, the follower is started again.
final class LostFollower implements AutoCloseable {

  private final Subject cluster;
  private final Control control;
  private final Thread atExit = new Thread(this::start, "start the follower");
  private boolean lost;

  LostFollower(Subject cluster) {
    this.cluster = cluster;
    this.control = new Control(cluster.limit());
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  synchronized void lose() {
    lost = true;
    control.run(cluster.stop());
  }

  private synchronized void start() {
    if (lost) {
      control.run(cluster.start());
      lost = false;
    }
  }

  /// Where the start fails, it is tried once more at the end of this program.
  @Override
  public void close() {
    start();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException _) {
      // This program is being ended; the other thread finds nothing left to do.
    }
  }
}
