package io.replog.client.demo;

import io.replog.client.branches.Connectors;
import java.math.BigDecimal;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What happens between two branches and their head office, step by step, each checked.
final class BranchScenes {

  private static final String LVIV = "lviv";
  private static final String KYIV = "kyiv";
  private static final int MANY = 40;

  private final Connectors connectors;
  private final Narrator narrator;
  private final Pace pace;
  private final Runnable killAndStart;

  /// @param killAndStart kills the connectors with SIGKILL and starts them again
  BranchScenes(Connectors connectors, Narrator narrator, Pace pace, Runnable killAndStart) {
    this.connectors = connectors;
    this.narrator = narrator;
    this.pace = pace;
    this.killAndStart = killAndStart;
  }

  void play() {
    sell();
    sendNothingTwice();
    goOffline();
    correct();
    survive();
  }

  private void sell() {
    begin("1. Two branches sell, and the head office has it");
    add(LVIV, "tea", 3);
    add(LVIV, "coffee", 1);
    add(KYIV, "tea", 2);
    connectors.sync(LVIV);
    connectors.sync(KYIV);
    checkBothTables(LVIV, 2);
    checkBothTables(KYIV, 1);
    narrator.check("nothing is left to be sent", pending(LVIV) == 0 && pending(KYIV) == 0);
  }

  private void sendNothingTwice() {
    begin("2. Synchronising again sends nothing");
    long before = logIndex();
    connectors.sync(LVIV);
    connectors.sync(LVIV);
    narrator.check("the log has not grown by an entry", logIndex() == before);
  }

  private void goOffline() {
    begin("3. A branch is offline and goes on selling");
    connectors.line(LVIV, false);
    narrator.await("its state is OFFLINE", () -> state(LVIV).equals("OFFLINE"));
    narrator.tell("last seen " + branch(LVIV).path("last_seen").asString("never"));
    add(LVIV, "milk", 5);
    add(LVIV, "bread", 4);
    add(KYIV, "honey", 1);
    narrator.await("kyiv goes on", () -> rows(KYIV).equals(held(KYIV)));
    narrator.check("what lviv sold meanwhile waits there", held(LVIV).size() == 2);
    connectors.line(LVIV, true);
    connectors.sync(LVIV);
    checkBothTables(LVIV, 4);
  }

  private void correct() {
    begin("4. A sale is corrected");
    connectors.changeSale(LVIV, 1, sale("tea", 2));
    connectors.sync(LVIV);
    checkBothTables(LVIV, 4);
    narrator.check(
        "the head office has its second version, once",
        held(LVIV).stream().filter(row -> row.startsWith("1 v2 tea 2 ")).count() == 1);
  }

  private void survive() {
    begin("5. The connectors are killed in the middle of %d sales".formatted(MANY));
    for (int number = 1; number <= MANY; number++) {
      add(KYIV, "cup " + number, 1);
      if (number == MANY / 2) {
        narrator.tell("SIGKILL, and a new start");
        killAndStart.run();
      }
    }
    connectors.sync(KYIV);
    checkBothTables(KYIV, 2 + MANY);
    checkBothTables(LVIV, 4);
  }

  private void begin(String title) {
    narrator.tell("");
    narrator.tell(title);
    pace.pause();
  }

  private void add(String branch, String product, int quantity) {
    JsonNode added = connectors.addSale(branch, sale(product, quantity));
    if (!product.startsWith("cup ")) {
      narrator.tell(
          "%s sells %d %s: sale %d"
              .formatted(branch, quantity, product, added.path("id").asLong()));
    }
  }

  private static ObjectNode sale(String product, int quantity) {
    return JsonMapper.shared()
        .createObjectNode()
        .put("region", "West")
        .put("product", product)
        .put("quantity", quantity)
        .put("cost", new BigDecimal("1.20"))
        .put("tax", new BigDecimal("0.24"));
  }

  private void checkBothTables(String branch, int sales) {
    narrator.check(
        "both tables have the same %d sales of %s, each once".formatted(sales, branch),
        rows(branch).size() == sales && rows(branch).equals(held(branch)));
  }

  private List<String> rows(String branch) {
    return written(connectors.branchSales(branch));
  }

  private List<String> held(String branch) {
    return written(connectors.headOfficeSales(branch));
  }

  /// In the order of their ids; a sale that is there twice is written twice.
  private static List<String> written(List<JsonNode> sales) {
    return sales.stream()
        .map(
            sale ->
                "%d v%d %s %d %s"
                    .formatted(
                        sale.path("id").asLong(),
                        sale.path("version").asLong(),
                        sale.path("product").asString(""),
                        sale.path("quantity").asLong(),
                        sale.path("total").decimalValue().stripTrailingZeros().toPlainString()))
        .toList();
  }

  private long pending(String branch) {
    return branch(branch).path("pending").asLong(-1);
  }

  private String state(String branch) {
    return branch(branch).path("work").path("state").asString("");
  }

  private long logIndex() {
    return connectors.overview().path("head_office").path("log_index").asLong();
  }

  private JsonNode branch(String name) {
    return connectors
        .overview()
        .path("branches")
        .valueStream()
        .filter(branch -> branch.path("name").asString("").equals(name))
        .findFirst()
        .orElseThrow();
  }
}
