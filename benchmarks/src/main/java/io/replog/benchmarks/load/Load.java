package io.replog.benchmarks.load;

import java.net.InetSocketAddress;
import java.time.Duration;

/// A load to be put on a server.
///
/// @param server where it listens
/// @param protocol what is said to it
/// @param connections how many there are, and so how many requests are out at most; at least 1
/// @param pace when requests start
/// @param length how long requests are started; answers are awaited a little longer
public record Load(
    InetSocketAddress server, Protocol protocol, int connections, Pace pace, Duration length) {

  public Load {
    if (connections < 1 || !length.isPositive()) {
      throw new IllegalArgumentException("a load has a connection and takes time");
    }
  }
}
