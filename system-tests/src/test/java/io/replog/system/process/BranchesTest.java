package io.replog.system.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.client.branches.Connectors;
import io.replog.client.cluster.Awaiting;
import io.replog.client.cluster.Ports;
import io.replog.connectors.testing.Databases;
import io.replog.system.kit.Program;
import io.replog.system.kit.Replog;
import io.replog.system.kit.Repository;
import io.replog.system.kit.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What people did with the synchroniser of branches before, done with the command line on real
/// nodes: start, stop, synchronise now and by itself, a new sale, the status, and both tables
/// equal.
class BranchesTest {

  private static final Duration LIMIT = Duration.ofMinutes(5);

  @TempDir private Path home;
  private final int port = Ports.free();
  private final Connectors connectors = new Connectors("http://127.0.0.1:" + port, null);

  @BeforeEach
  void layOutCheckout() throws IOException {
    Path root = Repository.root();
    for (String module : List.of("master", "follower", "connectors")) {
      Path built = Files.createDirectory(home.resolve(module)).resolve("target");
      Files.createSymbolicLink(built, root.resolve(module).resolve("target"));
    }
    Path state = Files.createDirectory(home.resolve(".replog"));
    TestCluster.programs().prepare();
    Files.createSymbolicLink(state.resolve("programs"), root.resolve("target/programs"));
    Files.writeString(
        home.resolve(".env"),
        """
        MASTER_PORT=%d
        FOLLOWER_1_PORT=%d
        FOLLOWER_2_PORT=%d
        FOLLOWER_1_DELAY=0s
        FOLLOWER_2_DELAY=0s
        CONNECTORS_PORT=%d
        JAVA_OPTS=%s
        """
            .formatted(Ports.free(), Ports.free(), Ports.free(), port, TestCluster.JAVA_OPTIONS));
  }

  @AfterEach
  void down() {
    replog("down");
  }

  @Test
  void doesWhatPeopleDidWithTheOldSynchroniser() {
    expect(0, "up");
    assertThat(expect(0, "branches", "up")).contains("started", "http://127.0.0.1:" + port);
    assertThat(expect(0, "branches", "up")).contains("running");
    awaitDatabases();
    assertThat(expect(0, "branches", "status")).contains("lviv", "kyiv", "head office");

    expect(0, "branches", "stop", "lviv");
    assertThat(Awaiting.until(() -> isStopped("lviv"), LIMIT)).isTrue();
    assertThat(addSale("lviv", "tea")).contains("sale 1 added, total 3.84");
    assertThat(expect(0, "branches", "status")).containsPattern("lviv +STOPPED +1 +1 ");
    assertThat(connectors.headOfficeSales("lviv")).isEmpty();

    assertThat(expect(0, "branches", "sync", "lviv")).contains("lviv: synchronised, 0 to send");
    assertThat(expect(0, "branches", "status")).containsPattern("lviv +STOPPED +1 +0 ");
    assertBothTablesHave("lviv", 1);

    expect(0, "branches", "start", "lviv", "--every", "200ms");
    addSale("lviv", "coffee");
    addSale("kyiv", "honey");
    awaitSales("lviv", 2);
    awaitSales("kyiv", 1);
    connectors.changeSale("lviv", 1, sale("green tea"));
    assertThat(Awaiting.until(() -> held("lviv").getLast().contains("v2 green tea"), LIMIT))
        .isTrue();
    expect(0, "branches", "sync");
    assertBothTablesHave("lviv", 2);
    assertBothTablesHave("kyiv", 1);
  }

  @Test
  void waitsForClusterThatIsAwayAndLosesNothing() {
    expect(0, "up");
    expect(0, "branches", "up");
    awaitDatabases();
    expect(0, "kill", "master");
    addSale("lviv", "tea");

    Program.Result refused = replog("branches", "sync", "lviv");

    assertThat(refused.exitCode()).as("%s", refused).isEqualTo(3);
    assertThat(refused.errors()).contains("the log cannot be reached");
    assertThat(expect(0, "branches")).containsPattern("lviv +FAILING +1 +1 ");
    expect(0, "start", "master");
    awaitSales("lviv", 1);
    assertBothTablesHave("lviv", 1);
  }

  @Test
  void tellsWhatIsMissingAndWrong() {
    Program.Result nobody = replog("branches");
    assertThat(nobody.exitCode()).isEqualTo(3);
    assertThat(nobody.errors()).contains("replog branches up");

    expect(0, "branches", "up");
    awaitDatabases();
    assertThat(replog("branches", "sync", "nowhere").errors()).contains("lviv, kyiv");
    assertThat(
            replog(
                    "branches",
                    "add-sale",
                    "lviv",
                    "--region",
                    "W",
                    "--product",
                    "tea",
                    "--quantity",
                    "0",
                    "--cost",
                    "1")
                .errors())
        .contains("quantity is 0");
    assertThat(replog("branches", "start", "lviv", "--every", "soon").exitCode()).isEqualTo(2);
    assertThat(expect(0, "branches", "down")).contains("Stopped connectors");
    assertThat(expect(0, "branches", "down")).contains("Nothing was running");
  }

  private boolean isStopped(String branch) {
    return connectors
        .overview()
        .path("branches")
        .valueStream()
        .filter(each -> each.path("name").asString().equals(branch))
        .anyMatch(each -> each.path("work").path("state").asString().equals("STOPPED"));
  }

  private String addSale(String branch, String product) {
    return expect(
        0,
        "branches",
        "add-sale",
        branch,
        "--region",
        "West",
        "--product",
        product,
        "--quantity",
        "3",
        "--cost",
        "1.20",
        "--tax",
        "0.24");
  }

  private void awaitDatabases() {
    assertThat(Awaiting.until(() -> Databases.haveAnswered(connectors.overview()), LIMIT)).isTrue();
  }

  private void awaitSales(String branch, int count) {
    assertThat(Awaiting.until(() -> held(branch).size() == count, LIMIT)).isTrue();
  }

  private void assertBothTablesHave(String branch, int sales) {
    assertThat(held(branch)).hasSize(sales).isEqualTo(written(connectors.branchSales(branch)));
  }

  private List<String> held(String branch) {
    return written(connectors.headOfficeSales(branch));
  }

  private static List<String> written(List<JsonNode> sales) {
    return sales.stream()
        .map(
            sale ->
                "%s v%s %s %s %s %s %s"
                    .formatted(
                        sale.path("id"),
                        sale.path("version"),
                        sale.path("product").asString(),
                        sale.path("date").asString(),
                        sale.path("quantity"),
                        sale.path("amount"),
                        sale.path("total")))
        .toList();
  }

  private static JsonNode sale(String product) {
    return JsonMapper.shared()
        .readTree(
            "{\"region\":\"West\",\"product\":\"%s\",\"quantity\":3,\"cost\":1.2}"
                .formatted(product));
  }

  private String expect(int exitCode, String... arguments) {
    Program.Result run = replog(arguments);
    assertThat(run.exitCode()).as("%s", run).isEqualTo(exitCode);
    return run.output();
  }

  private Program.Result replog(String... arguments) {
    return new Program(home).run(LIMIT, Replog.command(home, arguments));
  }
}
