package io.replog.client.branches;

import io.replog.client.Failure;
import io.replog.client.Home;
import io.replog.client.cluster.LocalConnectors;
import io.replog.client.cluster.NodeSpec;
import io.replog.client.terminal.Console;
import io.replog.model.settings.Durations;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The branches and their head office.
@Command(
    name = "branches",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "[VERB]",
    description = {
      "Branch databases and their head office: shows them, or does what VERB says.",
      "The connectors do the work, a process of their own: replog branches up starts them."
    },
    footer = {"", "See docs/branches.md."})
public final class BranchesCommand implements Callable<Integer> {

  private final Home home;
  private final Console console;

  @Option(
      names = "--connectors",
      paramLabel = "URL",
      description = "Address of the connectors; otherwise this machine and CONNECTORS_PORT, 6070.")
  private @Nullable String url;

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description = "File that holds their key; otherwise CONNECTORS_KEY or CONNECTORS_KEY_FILE.")
  private @Nullable Path keyFile;

  public BranchesCommand(Home home, Console console) {
    this.home = home;
    this.console = console;
  }

  @Override
  public Integer call() {
    return status(false);
  }

  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description =
          "Shows every branch and the head office; ? is what is unknown while one is away.")
  int status(@Option(names = "--json", description = "Print one JSON line.") boolean json) {
    JsonNode overview = connectors().overview();
    if (json) {
      console.print(overview.toString());
    } else {
      BranchTable.lines(overview).forEach(console::print);
    }
    return 0;
  }

  @Command(
      name = "sync",
      mixinStandardHelpOptions = true,
      description = "Synchronises branches now, all when none is named; returns when it is done.")
  int sync(@Parameters(paramLabel = "BRANCH", arity = "0..*") @Nullable List<String> branches) {
    Connectors connectors = connectors();
    List<String> wanted = branches == null || branches.isEmpty() ? names(connectors) : branches;
    for (String branch : wanted) {
      JsonNode done = connectors.sync(branch);
      console.print(
          "%s: synchronised, %d to send"
              .formatted(done.path("name").asString(branch), done.path("pending").asLong(0)));
    }
    return 0;
  }

  @Command(
      name = "start",
      mixinStandardHelpOptions = true,
      description = "Turns the automatic synchronisation of a branch on.")
  int start(
      @Parameters(paramLabel = "BRANCH") String branch,
      @Option(
              names = "--every",
              paramLabel = "D",
              description = "Pause between two times, such as 5s; otherwise as before.")
          @Nullable String every) {
    JsonNode work = connectors().start(branch, every == null ? null : interval(every)).path("work");
    console.print(
        "%s: synchronised every %d ms".formatted(branch, work.path("interval_ms").asLong(0)));
    return 0;
  }

  @Command(
      name = "stop",
      mixinStandardHelpOptions = true,
      description = "Turns the automatic synchronisation of a branch off; sync still works.")
  int stop(@Parameters(paramLabel = "BRANCH") String branch) {
    connectors().stop(branch);
    console.print(branch + ": synchronised by hand only");
    return 0;
  }

  @Command(
      name = "add-sale",
      mixinStandardHelpOptions = true,
      description = "Adds a sale to the table of a branch.")
  int addSale(
      @Parameters(paramLabel = "BRANCH") String branch,
      @Option(names = "--region", required = true) String region,
      @Option(names = "--product", required = true) String product,
      @Option(names = "--quantity", required = true) int quantity,
      @Option(names = "--cost", required = true, description = "Of one piece.") BigDecimal cost,
      @Option(names = "--tax", description = "Of all, otherwise 0.") @Nullable BigDecimal tax,
      @Option(names = "--date", description = "Such as 2026-11-20, otherwise today.")
          @Nullable String date) {
    ObjectNode sale =
        JsonMapper.shared()
            .createObjectNode()
            .put("region", region)
            .put("product", product)
            .put("quantity", quantity)
            .put("cost", cost);
    if (tax != null) {
      sale.put("tax", tax);
    }
    if (date != null) {
      sale.put("date", date);
    }
    JsonNode added = connectors().addSale(branch, sale);
    console.print(
        "%s: sale %d added, total %s"
            .formatted(branch, added.path("id").asLong(), added.path("total").decimalValue()));
    return 0;
  }

  @Command(
      name = "change-sale",
      mixinStandardHelpOptions = true,
      description = {
        "Changes a sale of a branch: what is given, the rest stays; amount and total follow.",
        "A sale is never deleted: --quantity 0 --tax 0 undoes it."
      })
  int changeSale(
      @Parameters(paramLabel = "BRANCH") String branch,
      @Parameters(paramLabel = "ID") long id,
      @Option(names = "--region") @Nullable String region,
      @Option(names = "--product") @Nullable String product,
      @Option(names = "--quantity", description = "At least 0.") @Nullable Integer quantity,
      @Option(names = "--cost", description = "Of one piece.") @Nullable BigDecimal cost,
      @Option(names = "--tax", description = "Of all.") @Nullable BigDecimal tax,
      @Option(names = "--date", description = "Such as 2026-11-20.") @Nullable String date) {
    Connectors connectors = connectors();
    ObjectNode wanted = JsonMapper.shared().createObjectNode();
    wanted.setAll((ObjectNode) connectors.sale(branch, id));
    wanted.remove(List.of("amount", "total"));
    Optional.ofNullable(region).ifPresent(value -> wanted.put("region", value));
    Optional.ofNullable(product).ifPresent(value -> wanted.put("product", value));
    Optional.ofNullable(quantity).ifPresent(value -> wanted.put("quantity", value));
    Optional.ofNullable(cost).ifPresent(value -> wanted.put("cost", value));
    Optional.ofNullable(tax).ifPresent(value -> wanted.put("tax", value));
    Optional.ofNullable(date).ifPresent(value -> wanted.put("date", value));
    JsonNode changed = connectors.changeSale(branch, id, wanted);
    console.print(
        "%s: sale %d changed, version %d, total %s"
            .formatted(
                branch,
                id,
                changed.path("version").asLong(),
                changed.path("total").decimalValue()));
    return 0;
  }

  @Command(
      name = "up",
      mixinStandardHelpOptions = true,
      description = {
        "Starts the connectors on this machine and returns when they serve. Where BRANCH_1_URL is",
        "not set there are two branches and a head office, in files below .replog."
      })
  int up() {
    LocalConnectors connectors = local();
    boolean started = connectors.up(home.cluster().url(NodeSpec.MASTER));
    console.print(
        "connectors  %s  %s".formatted(connectors.url(), started ? "started" : "running"));
    console.print("Try: ./replog branches    ./replog branches sync    and open the address");
    return 0;
  }

  @Command(name = "down", mixinStandardHelpOptions = true, description = "Stops the connectors.")
  int down() {
    console.print(local().down() ? "Stopped connectors." : "Nothing was running.");
    return 0;
  }

  private LocalConnectors local() {
    return new LocalConnectors(home.files(), home.root(), home.files().programs(), variables());
  }

  private Map<String, String> variables() {
    return home.settings(OptionalInt.empty()).variables();
  }

  private Connectors connectors() {
    Map<String, String> variables = variables();
    String base = url == null ? "http://127.0.0.1:" + LocalConnectors.port(variables) : url;
    return new Connectors(base.replaceFirst("/$", ""), key(variables));
  }

  private @Nullable String key(Map<String, String> variables) {
    String given = variables.getOrDefault("CONNECTORS_KEY", "").strip();
    String file = variables.getOrDefault("CONNECTORS_KEY_FILE", "").strip();
    if (keyFile != null) {
      return read(keyFile);
    }
    if (!given.isEmpty()) {
      return given;
    }
    return file.isEmpty() ? null : read(home.files().directory().resolve(file));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException unreadable) {
      throw Failure.usage("the key in " + file + " cannot be read");
    }
  }

  private static List<String> names(Connectors connectors) {
    return connectors
        .overview()
        .path("branches")
        .valueStream()
        .map(branch -> branch.path("name").asString(""))
        .toList();
  }

  private static Duration interval(String written) {
    return Durations.parse(written)
        .orElseThrow(
            () ->
                Failure.usage(
                    "--every %s cannot be used; allowed: a duration such as 5s"
                        .formatted(written)));
  }
}
