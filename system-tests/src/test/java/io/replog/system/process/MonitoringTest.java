package io.replog.system.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.client.cluster.Ports;
import io.replog.system.kit.ConnectorsProgram;
import io.replog.system.kit.Json;
import io.replog.system.kit.NodeClient;
import io.replog.system.kit.Repository;
import io.replog.system.kit.SharedCluster;
import io.replog.system.kit.Shell;
import io.replog.system.kit.TestCluster;
import io.replog.system.kit.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;

/// The dashboard and the alert rules in `docs/monitoring` ask for nothing that the nodes do not
/// have.
@ExtendWith(SharedCluster.class)
class MonitoringTest {

  private static final Path DOCS = Repository.root().resolve("docs/monitoring");
  private static final Pattern METRIC = Pattern.compile("\\breplog_[a-z_]+");

  @Test
  void showsOnlyMetricsThatNodesExpose(TestCluster cluster) throws IOException {
    Set<String> exposed = exposed(cluster);

    Set<String> shown = new TreeSet<>();
    JsonNode dashboard = Json.parse(Files.readString(DOCS.resolve("grafana.json")));
    for (JsonNode panel : dashboard.get("panels")) {
      assertThat(panel.get("description").asString()).isNotBlank();
      panel.get("targets").forEach(target -> shown.addAll(metrics(target.get("expr").asString())));
    }

    assertThat(shown).hasSizeGreaterThan(15);
    assertThat(missing(shown, exposed)).isEmpty();
  }

  @Test
  void alertsOnlyOnMetricsThatNodesExpose(TestCluster cluster) throws IOException {
    Set<String> exposed = exposed(cluster);

    Set<String> watched = new TreeSet<>();
    for (Map<?, ?> rule : rules()) {
      assertThat(rule.keySet().stream().map(String::valueOf))
          .contains("alert", "expr", "labels", "annotations");
      watched.addAll(metrics(String.valueOf(rule.get("expr"))));
    }

    assertThat(watched).hasSizeGreaterThan(10);
    assertThat(missing(watched, exposed)).isEmpty();
  }

  @Test
  void wouldMissWhatNobodyExposes(TestCluster cluster) {
    assertThat(missing(metrics("rate(replog_made_up_total[1m]) > replog_epoch"), exposed(cluster)))
        .containsExactly("replog_made_up_total");
  }

  @Test
  void writesRulesThatPrometheusAccepts() {
    Tools.require("promtool", "prometheus");

    Shell.run("promtool", "check", "rules", DOCS.resolve("alerts.yaml").toString());
  }

  @Test
  void namesItsMetricsAsPrometheusWants(TestCluster cluster, @TempDir Path directory)
      throws IOException {
    Tools.require("promtool", "prometheus");
    Path scrape = directory.resolve("scrape");

    for (NodeClient node : List.of(cluster.master(), cluster.follower1())) {
      List<String> own =
          node.get("/actuator/prometheus").text().lines().filter(MonitoringTest::isOwn).toList();
      Files.write(scrape, own);
      Shell.run("sh", "-c", "promtool check metrics < " + scrape);
    }
  }

  private static boolean isOwn(String line) {
    return line.startsWith("replog_") || line.matches("# (HELP|TYPE) replog_.*");
  }

  /// What a master, a follower, a master whose broker is away, and the connectors have, these with
  /// a branch and without their broker.
  private static Set<String> exposed(TestCluster cluster) {
    assertThat(cluster.master().add("something to measure", 3).status()).isEqualTo(200);
    Set<String> exposed = new HashSet<>();
    expose(cluster.master(), exposed);
    expose(cluster.follower1(), exposed);
    String nowhere = "amqp://127.0.0.1:" + Ports.free();
    try (TestCluster other =
        TestCluster.laidOut(
            "monitoring-broker",
            settings ->
                settings.set("REPLICATION_TRANSPORT", "rabbitmq").set("RABBITMQ_URI", nowhere))) {
      other.nodes().startWithoutWaiting(TestCluster.MASTER);
      other.nodes().awaitAnswer(TestCluster.MASTER, TestCluster.LIMIT);
      expose(other.master(), exposed);
    }
    try (ConnectorsProgram connectors =
        new ConnectorsProgram("monitoring", cluster.nodes().url(TestCluster.MASTER))) {
      connectors
          .set("BRANCH_1_NAME", "lviv")
          .set("BRANCH_1_URL", "jdbc:h2:" + connectors.file("lviv"))
          .set("HEAD_OFFICE_URL", "jdbc:h2:" + connectors.file("head-office"))
          .set("RABBITMQ_URI", nowhere)
          .set("RABBITMQ_OUT_POSITION", connectors.file("position.json").toString())
          .start();
      expose(connectors.client(), exposed);
    }
    return exposed;
  }

  private static void expose(NodeClient node, Set<String> exposed) {
    node.get("/actuator/prometheus")
        .text()
        .lines()
        .filter(line -> line.startsWith("replog_"))
        .map(line -> line.split("[{ ]", 2)[0])
        .forEach(exposed::add);
  }

  private static Set<String> metrics(String expression) {
    Set<String> names = new TreeSet<>();
    METRIC.matcher(expression).results().map(MatchResult::group).forEach(names::add);
    return names;
  }

  private static Set<String> missing(Set<String> named, Set<String> exposed) {
    Set<String> missing = new TreeSet<>(named);
    missing.removeAll(exposed);
    return missing;
  }

  private static List<Map<?, ?>> rules() throws IOException {
    Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
    Map<String, List<Map<String, List<Map<?, ?>>>>> file =
        yaml.load(Files.readString(DOCS.resolve("alerts.yaml")));
    return file.get("groups").getFirst().get("rules");
  }
}
