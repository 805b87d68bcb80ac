package io.replog.client.command;

import io.replog.client.Failure;
import io.replog.client.Home;
import io.replog.client.cluster.NodeSpec;
import io.replog.client.terminal.Console;
import io.replog.client.tls.DevCa;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Makes certificates for the nodes of a cluster.
@Command(
    name = "dev-ca",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a certificate authority in DIR, and by it a certificate for each node.",
      "Again with the same DIR: new certificates by the same authority.",
      "TLS_DIR=DIR then has replog up run the cluster on them."
    })
final class DevCaCommand implements Callable<Integer> {

  private static final List<String> THIS_MACHINE = List.of("localhost", "127.0.0.1", "::1");

  private final Home home;
  private final Console console;

  @Parameters(index = "0", paramLabel = "DIR", description = "Where the files are, or will be.")
  private Path directory = Path.of("");

  @Parameters(
      index = "1..*",
      paramLabel = "NODE",
      description = "Names of nodes; otherwise those of the local cluster.")
  private List<String> nodes = List.of();

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "A further name or address under which the nodes are reached; may be repeated.")
  private List<String> hosts = List.of();

  DevCaCommand(Home home, Console console) {
    this.home = home;
    this.console = console;
  }

  @Override
  public Integer call() {
    List<String> names = nodes.isEmpty() ? localNodes() : nodes;
    List<String> reachedAs = new ArrayList<>(THIS_MACHINE);
    reachedAs.addAll(hosts);
    requireNames(names);
    requireNames(reachedAs);
    DevCa authority = DevCa.in(directory);
    names.forEach(name -> authority.issue(name, reachedAs));
    console.print(
        "%s: ca.crt, and a certificate and a key for %s"
            .formatted(directory, String.join(", ", names)));
    return 0;
  }

  private List<String> localNodes() {
    return home.settings(OptionalInt.empty()).nodes().stream().map(NodeSpec::name).toList();
  }

  private static void requireNames(List<String> names) {
    for (String name : names) {
      if (!name.matches("[A-Za-z0-9:][A-Za-z0-9.:_-]{0,62}")) {
        throw Failure.usage(
            "%s cannot be used; allowed: a host name or an address".formatted(name));
      }
    }
  }
}
