package io.replog.connectors.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.connectors.ConnectorsApplication;
import io.replog.connectors.testing.DatabaseServer;
import io.replog.connectors.testing.FakeLog;
import io.replog.node.settings.Variables;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/// A branch in PostgreSQL, another and the head office in MariaDB: real servers, killed and
/// started.
class DatabaseServersTest {

  private static final String SALE =
      "{\"region\":\"West\",\"product\":\"%s\",\"quantity\":3,\"cost\":1.2,\"tax\":0.72}";

  private Calls calls;

  @Test
  void goesOnWhereEachServerIsBackAfterItWasKilled() {
    try (DatabaseServer postgresql = DatabaseServer.postgresql();
        DatabaseServer mariadb = DatabaseServer.mariadb();
        FakeLog log = new FakeLog();
        ConfigurableApplicationContext running = start(postgresql, mariadb, log)) {
      calls =
          new Calls(Integer.parseInt(running.getEnvironment().getProperty("local.server.port")));
      calls.awaitDatabases();
      sell("lviv", "tea");
      sell("kyiv", "honey");
      sync("lviv");
      sync("kyiv");
      assertSameOnBothSides("lviv", 1);
      assertSameOnBothSides("kyiv", 1);

      postgresql.kill();
      assertThat(calls.post("/branches/lviv/sync", "", 503).path("message").asString())
          .contains("branch lviv is offline");
      assertThat(branch("lviv").path("work").path("state").asString()).isEqualTo("OFFLINE");
      assertThat(calls.get("/branches/lviv/sales", 503).path("detail").asString())
          .contains("branch lviv is offline");
      assertThat(
              calls
                  .post("/branches/lviv/sales", SALE.formatted("tea"), 503)
                  .path("detail")
                  .asString())
          .contains("branch lviv is offline");
      sell("kyiv", "milk");
      sync("kyiv");
      assertSameOnBothSides("kyiv", 2);
      postgresql.start();
      calls.awaitDatabases();
      sell("lviv", "coffee");
      sync("lviv");
      assertSameOnBothSides("lviv", 2);

      mariadb.kill();
      assertThat(calls.post("/branches/lviv/sync", "", 503).path("message").asString())
          .contains("the head office is offline");
      assertThat(calls.get("/head-office/sales?branch=lviv", 503).path("detail").asString())
          .contains("the head office is offline");
      sell("lviv", "bread");
      mariadb.start();
      calls.awaitDatabases();
      sync("lviv");
      assertSameOnBothSides("lviv", 3);
      assertSameOnBothSides("kyiv", 2);
      assertThat(log.entries()).extracting(FakeLog.Held::key).doesNotHaveDuplicates();
    }
  }

  private static ConfigurableApplicationContext start(
      DatabaseServer postgresql, DatabaseServer mariadb, FakeLog log) {
    Map<String, String> variables =
        Map.ofEntries(
            Map.entry("CONNECTORS_PORT", "0"),
            Map.entry("LOG_URL", log.url().toString()),
            Map.entry("BRANCH_1_NAME", "lviv"),
            Map.entry("BRANCH_1_URL", postgresql.newDatabase()),
            Map.entry("BRANCH_1_USER", postgresql.user()),
            Map.entry("BRANCH_1_AUTO", "off"),
            Map.entry("BRANCH_2_NAME", "kyiv"),
            Map.entry("BRANCH_2_URL", mariadb.newDatabase()),
            Map.entry("BRANCH_2_USER", mariadb.user()),
            Map.entry("BRANCH_2_AUTO", "off"),
            Map.entry("HEAD_OFFICE_URL", mariadb.newDatabase()),
            Map.entry("HEAD_OFFICE_USER", mariadb.user()));
    return ConnectorsApplication.start(new Variables(variables));
  }

  private void sell(String branch, String product) {
    calls.post("/branches/%s/sales".formatted(branch), SALE.formatted(product), 201);
  }

  private void sync(String branch) {
    JsonNode synced = calls.post("/branches/%s/sync".formatted(branch), "", 200);
    assertThat(synced.path("data").path("pending").asLong(-1)).isZero();
  }

  private JsonNode branch(String name) {
    return calls.get("/branches/" + name, 200).path("data");
  }

  private void assertSameOnBothSides(String branch, int sales) {
    List<String> sold = written(calls.get("/branches/%s/sales".formatted(branch), 200));
    List<String> held = written(calls.get("/head-office/sales?branch=" + branch, 200));
    assertThat(held).hasSize(sales).isEqualTo(sold);
  }

  private static List<String> written(JsonNode answer) {
    return answer
        .path("data")
        .valueStream()
        .map(
            sale ->
                "%s %s %s %s %s"
                    .formatted(
                        sale.path("id"),
                        sale.path("version"),
                        sale.path("date"),
                        sale.path("product"),
                        sale.path("total")))
        .toList();
  }
}
