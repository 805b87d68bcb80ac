package io.replog.connectors.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.connectors.ConnectorsApplication;
import io.replog.connectors.testing.Await;
import io.replog.connectors.testing.FakeLog;
import io.replog.node.settings.Variables;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/// The connectors over HTTP, with two branches and a head office in files.
class ConnectorsTest {

  private static final String TEA =
      "{\"region\":\"West\",\"product\":\"tea\",\"quantity\":3,\"cost\":1.2,\"tax\":0.72}";

  @TempDir private Path folder;
  private final FakeLog log = new FakeLog();
  private final Map<String, String> variables = new HashMap<>();
  private ConfigurableApplicationContext running;
  private Calls calls;

  @BeforeEach
  void configure() {
    variables.putAll(
        Map.of(
            "CONNECTORS_PORT", "0",
            "LOG_URL", log.url().toString(),
            "FAULTS", "on",
            "BRANCH_1_NAME", "lviv",
            "BRANCH_1_URL", "jdbc:h2:" + folder.resolve("lviv"),
            "BRANCH_1_AUTO", "off",
            "BRANCH_2_NAME", "kyiv",
            "BRANCH_2_URL", "jdbc:h2:" + folder.resolve("kyiv"),
            "BRANCH_2_AUTO", "off",
            "HEAD_OFFICE_URL", "jdbc:h2:" + folder.resolve("head-office")));
  }

  @AfterEach
  void stop() {
    if (running != null) {
      running.close();
    }
    log.close();
  }

  @Test
  void bringsSalesAndChangesToTheHeadOfficeOnce() {
    start();
    JsonNode added = calls.post("/branches/lviv/sales", TEA, 201);
    assertThat(added.path("data").path("total").decimalValue()).isEqualByComparingTo("4.32");
    assertThat(branch("lviv").path("pending").asLong()).isEqualTo(1);

    JsonNode synced = calls.post("/branches/lviv/sync", "", 200);

    assertThat(synced.path("data").path("pending").asLong(-1)).isZero();
    assertThat(held("lviv").path(0).path("product").asString()).isEqualTo("tea");
    calls.put("/branches/lviv/sales/1", TEA.replace("tea", "green tea"), 200);
    calls.post("/branches/lviv/sync", "", 200);
    calls.post("/branches/lviv/sync", "", 200);
    assertThat(held("lviv")).hasSize(1);
    assertThat(held("lviv").path(0).path("product").asString()).isEqualTo("green tea");
    assertThat(held("lviv").path(0).path("version").asLong()).isEqualTo(2);
    assertThat(log.entries()).hasSize(2);
  }

  @Test
  void undoesSaleByQuantityZero() {
    start();
    calls.post("/branches/lviv/sales", TEA, 201);
    String nothing = TEA.replace(":3,", ":0,").replace("0.72", "0");
    assertThat(calls.post("/branches/lviv/sales", nothing, 400).path("message").asString())
        .contains("at least 1");

    calls.put("/branches/lviv/sales/1", nothing, 200);

    JsonNode sale = calls.get("/branches/lviv/sales/1", 200).path("data");
    assertThat(sale.path("quantity").asInt(-1)).isZero();
    assertThat(sale.path("total").decimalValue()).isZero();
    calls.get("/branches/lviv/sales/2", 404);
    calls.post("/branches/lviv/sync", "", 200);
    assertThat(held("lviv").path(0).path("quantity").asInt(-1)).isZero();
    assertThat(calls.get("/head-office/dead-letters", 200).path("data")).isEmpty();
  }

  @Test
  void synchronisesByItselfFromStartToStop() {
    start();
    calls.post("/branches/kyiv/start", "{\"interval_ms\":100}", 200);

    calls.post("/branches/kyiv/sales", TEA, 201);

    Await.until(() -> held("kyiv").size() == 1);
    calls.post("/branches/kyiv/stop", "", 200);
    assertThat(branch("kyiv").path("work").path("state").asString()).isIn("STOPPED", "WORKING");
    assertThat(branch("kyiv").path("work").path("automatic").asBoolean()).isFalse();
    assertThat(branch("lviv").path("sales").asLong()).isZero();
  }

  @Test
  void tellsOfBranchThatIsAwayAndGoesOnWhereItIsBack() {
    start();
    calls.post("/branches/lviv/sales", TEA, 201);
    calls.post("/branches/lviv/line", "{\"up\":false}", 200);

    JsonNode refused = calls.post("/branches/lviv/sync", "", 503);

    assertThat(refused.path("detail").asString()).contains("offline");
    JsonNode away = branch("lviv");
    assertThat(away.path("work").path("state").asString()).isEqualTo("OFFLINE");
    assertThat(away.path("pending").isNull()).as("unknown, not guessed").isTrue();
    assertThat(away.path("last_seen").isString()).isTrue();
    calls.post("/branches/lviv/sales", TEA, 201);
    calls.post("/branches/lviv/line", "{\"up\":true}", 200);
    calls.post("/branches/lviv/sync", "", 200);
    assertThat(held("lviv")).hasSize(2);
  }

  @Test
  void countsInMetricsWhatIsToBeSentAndGuessesNothingOfBranchThatIsAway() {
    start();
    calls.post("/branches/lviv/sales", TEA, 201);
    calls.post("/branches/kyiv/sales", TEA, 201);
    calls.post("/branches/kyiv/sync", "", 200);
    assertThat(metrics())
        .contains(
            "replog_branch_pending{branch=\"lviv\"} 1.0",
            "replog_branch_pending{branch=\"kyiv\"} 0.0",
            "replog_branch_refused{branch=\"lviv\"} 0.0",
            "replog_connectors_failures{work=\"branch kyiv\"} 0.0",
            "replog_head_office_applied_index 1.0",
            "replog_head_office_dead_letters 0.0")
        .containsPattern(
            "replog_connectors_last_success_seconds\\{work=\"the head office\"} 1\\.\\d+E9");

    calls.post("/branches/lviv/line", "{\"up\":false}", 200);
    calls.post("/branches/lviv/sync", "", 503);

    assertThat(metrics())
        .contains(
            "replog_branch_pending{branch=\"lviv\"} NaN",
            "replog_branch_refused{branch=\"lviv\"} NaN",
            "replog_connectors_failures{work=\"branch lviv\"} 1.0");
  }

  @Test
  void tellsThatLogIsAwayAndKeepsWhatIsToBeSent() {
    start();
    calls.post("/branches/lviv/sales", TEA, 201);
    log.refuseAll(503);

    JsonNode refused = calls.post("/branches/lviv/sync", "", 503);

    assertThat(refused.path("message").asString()).contains("refused by the test");
    assertThat(branch("lviv").path("work").path("state").asString()).isEqualTo("FAILING");
    assertThat(branch("lviv").path("pending").asLong()).isEqualTo(1);
  }

  @Test
  void failsAndKeepsEverySaleWhereSettingsDoNotSuitTheLog() {
    start();
    calls.post("/branches/lviv/sales", TEA, 201);
    log.refuseAdds(400);

    calls.post("/branches/lviv/sync", "", 503);

    JsonNode branch = branch("lviv");
    assertThat(branch.path("work").path("state").asString()).isEqualTo("FAILING");
    assertThat(branch.path("work").path("reason").asString()).contains("refused by the test");
    assertThat(branch.path("pending").asLong()).isEqualTo(1);
    assertThat(branch.path("refused").asLong(-1)).isZero();
  }

  @Test
  void refusesAnotherLogAndSaysWhatToDo() {
    start();
    calls.post("/branches/lviv/sales", TEA, 201);
    calls.post("/branches/lviv/sync", "", 200);
    log.replace("log-2");
    log.append(null, "of others");

    JsonNode refused = calls.post("/branches/lviv/sync", "", 503);

    assertThat(refused.path("message").asString())
        .contains("log-1", "log-2", "LOG_URL", "BRANCHES_ACCEPT_LOG=log-2");
    assertThat(held("lviv")).hasSize(1);
    assertThat(log.entries()).hasSize(1);
  }

  @Test
  void answersOnlyWhenHeadOfficeHasWhatNodeThatLagsShowsLater() throws Exception {
    start();
    calls.post("/branches/lviv/sales", TEA, 201);
    log.lagAt(0);
    AtomicReference<JsonNode> synced = new AtomicReference<>();
    Thread caller =
        Thread.startVirtualThread(() -> synced.set(calls.post("/branches/lviv/sync", "", 200)));
    Await.until(() -> log.entries().size() == 1);
    int reads = log.reads();
    Await.until(() -> log.reads() > reads + 2);
    assertThat(synced).hasValue(null);

    log.lagAt(1);
    caller.join();

    assertThat(synced).doesNotHaveNullValue();
    assertThat(held("lviv")).hasSize(1);
  }

  @Test
  void namesHowManyWerePutAside() {
    start();
    calls.post("/branches/lviv/sales", TEA.replace("tea", "poison"), 201);
    log.refuseTexts(text -> text.contains("poison"));
    log.append("sale/lviv/7/1", "not a sale");
    log.append("sale/lvivska/7/1", "not a sale");

    JsonNode synced = calls.post("/branches/lviv/sync", "", 200);

    assertThat(synced.path("message").asString())
        .contains("1 sales by the log", "1 versions of sales by the head office");
  }

  @Test
  void putsSaleThatHeadOfficeCannotUseAside() throws Exception {
    start();
    calls.post("/branches/lviv/sales", TEA, 201);
    log.append("sale/lviv/7/1", "not a sale");

    calls.post("/branches/lviv/sync", "", 200);

    assertThat(held("lviv")).hasSize(1);
    JsonNode dead = calls.get("/head-office/dead-letters", 200).path("data");
    assertThat(dead).hasSize(1);
    assertThat(dead.path(0).path("reason").asString()).contains("not the sale");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET  | /branches/nowhere                 |      | 404 | there is no such branch",
        "GET  | /nowhere                          |      | 404 | nothing at this path",
        "POST | /branches/nowhere/sync            |      | 404 | lviv, kyiv",
        "GET  | /branches/lviv/sales?limit=0      |      | 400 | limit",
        "GET  | /branches/lviv/sales?limit=10001  |      | 400 | limit",
        "GET  | /head-office/sales                |      | 400 | a",
        "POST | /branches/lviv/sales              | {}   | 400 | cost",
        "POST | /branches/lviv/sales              | {    | 400 | not JSON",
        "POST | /branches/lviv/sales              |"
            + " {\"region\":\"W\",\"product\":\"tea\",\"quantity\":\"3\",\"cost\":1} | 400 |"
            + " quantity",
        "POST | /branches/lviv/sales              |"
            + " {\"region\":\"W\",\"product\":\"tea\",\"quantity\":3,\"cost\":1,\"total\":9} | 400"
            + " | total is 9",
        "POST | /branches/lviv/sales              | {\"region\":\""
            + " \",\"product\":\"tea\",\"quantity\":3,\"cost\":1} | 400 | region",
        "POST | /branches/lviv/sales              |"
            + " {\"region\":\"W\",\"product\":\"tea\",\"quantity\":3,\"cost\":1.00001} | 400 |"
            + " cost",
        "POST | /branches/lviv/start              | {\"interval_ms\":1} | 400 | interval_ms",
        "PUT  | /branches/lviv/sales/x            |"
            + " {\"region\":\"W\",\"product\":\"tea\",\"quantity\":3,\"cost\":1} | 400 | whole"
            + " number",
        "PUT  | /branches/lviv/sales/99           |"
            + " {\"region\":\"W\",\"product\":\"tea\",\"quantity\":3,\"cost\":1} | 404 | no sale",
        "PUT  | /branches/lviv/sync               |      | 405 | POST",
      })
  void answersEveryMistakeWithProblemThatNamesIt(
      String method, String path, String body, int status, String words) {
    start();

    JsonNode problem = calls.send(method, path, body == null ? "" : body, status);

    assertThat(problem.path("status_code").asInt()).isEqualTo(status);
    assertThat(problem.path("type").asString()).startsWith("/problems/");
    assertThat(problem.path("message").asString()).contains(words.equals("a") ? "" : words);
  }

  @Test
  void cutsNoLineWhereFaultsAreOff() {
    variables.put("FAULTS", "off");
    start();

    JsonNode problem = calls.post("/branches/lviv/line", "{\"up\":false}", 403);

    assertThat(problem.path("message").asString()).contains("FAULTS=on");
  }

  @Test
  void asksForKeyOnEveryPathButPageAndProbes() {
    variables.put("CONNECTORS_KEY", "0123456789");
    startAtOnce();

    assertThat(calls.get("/branches", 401).path("message").asString()).contains("key is needed");
    calls.get("/head-office", 401);
    calls.post("/branches/lviv/sync", "", 401);
    calls.get("/actuator/prometheus", 401);
    calls.status("/", 200);
    calls.status("/page/branches.js", 200);
    calls.status("/readyz", 200);
    calls.with("Authorization", "Bearer wrong-key").get("/branches", 401);
    calls.with("Authorization", "Bearer 0123456789").get("/branches", 200);
  }

  @Test
  void keepsPagesOfOthersOut() {
    start();

    calls.with("Origin", "http://evil.example").post("/branches/lviv/sync", "", 403);
    calls.with("Host", "evil.example").get("/branches", 403);
    calls.with("Origin", "null").post("/branches/lviv/sync", "", 403);
  }

  @Test
  void servesItsPageUnderStrictPolicy() {
    start();

    assertThat(calls.page("/").headers().firstValue("Content-Security-Policy"))
        .contains("default-src 'self'; frame-ancestors 'none'");
    assertThat(calls.page("/").body()).contains("New sale").doesNotContain("<style", "style=");
    for (String file :
        new String[] {
          "branches.js",
          "cards.js",
          "tables.js",
          "sale.js",
          "access.js",
          "dom.js",
          "format.js",
          "theme.js",
          "page.css",
          "parts.css",
          "branches.css",
          "icon.svg"
        }) {
      assertThat(calls.page("/page/" + file).statusCode()).as(file).isEqualTo(200);
    }
  }

  @Test
  void runsWithoutAnyBranch() {
    variables.keySet().removeIf(name -> name.startsWith("BRANCH_") || name.startsWith("HEAD_"));
    startAtOnce();

    JsonNode all = calls.get("/branches", 200).path("data");

    assertThat(all.path("branches")).isEmpty();
    assertThat(all.path("head_office").isNull()).isTrue();
    assertThat(calls.get("/head-office", 404).path("message").asString())
        .contains("HEAD_OFFICE_URL");
  }

  private void start() {
    startAtOnce();
    calls.awaitDatabases();
  }

  private void startAtOnce() {
    running = ConnectorsApplication.start(new Variables(variables));
    calls = new Calls(Integer.parseInt(running.getEnvironment().getProperty("local.server.port")));
  }

  private String metrics() {
    return calls.page("/actuator/prometheus").body();
  }

  private JsonNode branch(String name) {
    return calls.get("/branches/" + name, 200).path("data");
  }

  private JsonNode held(String branch) {
    return calls.get("/head-office/sales?branch=" + branch, 200).path("data");
  }
}
