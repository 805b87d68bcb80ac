package io.replog.benchmarks.peers;

import io.replog.benchmarks.load.Generator;
import io.replog.benchmarks.load.HttpProtocol;
import io.replog.benchmarks.load.Load;
import io.replog.benchmarks.load.Pace;
import io.replog.benchmarks.load.Protocol;
import io.replog.benchmarks.load.Tally;
import io.replog.client.cluster.JarCommand;
import io.replog.client.cluster.LocalCluster;
import io.replog.client.cluster.LocalClusterBuilder;
import io.replog.client.cluster.NodeSpec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;

/// This log, as `./replog up` runs it but without artificial delays, and in the session of the
/// generator, as all the others.
///
/// @param cluster a master and two followers
record ReplogRunning(LocalCluster cluster) implements Running {

  private static final int MAJORITY = 2;
  private static final int LINES = 5_000;
  private static final int STREAMS = 4;

  static Running start(Path directory) {
    return start(directory, Map.of());
  }

  /// The same with further settings.
  static Running start(Path directory, Map<String, String> settings) {
    Path root = Path.of("").toAbsolutePath();
    JarCommand programs = new JarCommand(root, root.resolve("target/programs"));
    LocalClusterBuilder builder = new LocalClusterBuilder(directory, programs).attached();
    builder.set("FSYNC", "always").set("REPLICATION_TRANSPORT", "http");
    settings.forEach(builder::set);
    LocalCluster cluster = builder.build();
    cluster.up();
    return new ReplogRunning(cluster);
  }

  @Override
  public Tally append(int connections, Pace pace, Duration length) throws IOException {
    return run(HttpProtocol.add(Message.TEXT, MAJORITY), connections, pace, length);
  }

  /// Requests of many lines. 0 as soon as one of them is not done.
  @Override
  public OptionalDouble stream(Duration length) throws IOException {
    String lines = "{\"data\":\"%s\"}\n".formatted(Message.TEXT).repeat(LINES);
    Protocol bulk =
        HttpProtocol.post("/add?write_concern=" + MAJORITY, "application/x-ndjson", lines);
    Tally tally = run(bulk, STREAMS, new Pace.AsFastAsAnswered(), length);
    return tally.refused() + tally.failed() > 0
        ? OptionalDouble.of(0)
        : OptionalDouble.of(tally.perSecond() * LINES);
  }

  private Tally run(Protocol protocol, int connections, Pace pace, Duration length)
      throws IOException {
    URI master = URI.create(cluster.url(NodeSpec.MASTER));
    InetSocketAddress address = new InetSocketAddress(master.getHost(), master.getPort());
    return Generator.run(new Load(address, protocol, connections, pace, length));
  }

  @Override
  public void close() {
    cluster.close();
  }
}
