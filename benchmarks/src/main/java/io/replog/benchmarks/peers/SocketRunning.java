package io.replog.benchmarks.peers;

import io.replog.benchmarks.load.Generator;
import io.replog.benchmarks.load.Load;
import io.replog.benchmarks.load.Pace;
import io.replog.benchmarks.load.Protocol;
import io.replog.benchmarks.load.Tally;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/// A system that is spoken to over plain sockets.
///
/// @param servers its processes
/// @param port where the node that takes the messages listens, 0 while there is none; asked before
///   each load, since another one may lead by then
/// @param append how one message is appended
record SocketRunning(Servers servers, IntSupplier port, Protocol append) implements Running {

  @Override
  public Tally append(int connections, Pace pace, Duration length) throws IOException {
    AtomicInteger found = new AtomicInteger();
    servers.await(
        "one that takes messages",
        () -> {
          found.set(port.getAsInt());
          return found.get() > 0;
        });
    InetSocketAddress node = new InetSocketAddress("127.0.0.1", found.get());
    return Generator.run(new Load(node, append, connections, pace, length));
  }

  @Override
  public void close() {
    servers.close();
  }
}
