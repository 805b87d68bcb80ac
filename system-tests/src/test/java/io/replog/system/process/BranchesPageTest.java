package io.replog.system.process;

import static io.replog.system.kit.TestCluster.MASTER;
import static io.replog.system.kit.TestCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.connectors.testing.Databases;
import io.replog.system.kit.Axe;
import io.replog.system.kit.Browser;
import io.replog.system.kit.ConnectorsProgram;
import io.replog.system.kit.NodeClient;
import io.replog.system.kit.TestCluster;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/// The page of the branches in a real browser, over real nodes: both tables, the form, the verbs,
/// and what it says of a branch that is away. Each test has a branch of its own, and leaves every
/// line up.
class BranchesPageTest {

  private static final String KEY = "0123456789";
  private static final String FRESH = "sells-nothing";
  private static final String STOPPED = "stopped";
  private static final String CUT = "cut";
  private static final String FULL = "full";
  private static final String SALE =
      "{\"region\":\"West\",\"product\":\"%s\",\"quantity\":3,\"cost\":1.2}";
  private static final String DIALOG_IS_OPEN = "document.querySelector('#key-dialog').open";

  private static TestCluster cluster;
  private static ConnectorsProgram connectors;
  private static Browser browser;

  @BeforeAll
  static void start() {
    browser = Browser.start();
    cluster = TestCluster.running("branches-page", settings -> settings);
    connectors = new ConnectorsProgram("branches-page", cluster.nodes().url(MASTER));
    branch(1, FRESH, "on");
    branch(2, STOPPED, "off");
    branch(3, CUT, "on");
    branch(4, FULL, "on");
    connectors
        .set("HEAD_OFFICE_URL", "jdbc:h2:" + connectors.file("head-office"))
        .set("CONNECTORS_KEY", KEY)
        .set("FAULTS", "on")
        .start();
    await("databases that answer", () -> Databases.haveAnswered(calls().get("/branches").data()));
  }

  private static void branch(int number, String name, String automatic) {
    String prefix = "BRANCH_" + number;
    connectors
        .set(prefix + "_NAME", name)
        .set(prefix + "_URL", "jdbc:h2:" + connectors.file(name))
        .set(prefix + "_AUTO", automatic)
        .set(prefix + "_INTERVAL", "200ms");
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    if (connectors != null) {
      connectors.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  @BeforeEach
  void open() {
    browser.resize(1280, 900);
    browser.open(page());
    browser.script("sessionStorage.setItem('replog.key', arguments[0])", KEY);
    browser.open(page());
    browser.awaitText("#feed", "live");
  }

  @AfterEach
  void nothingWasBlockedOrThrown() {
    assertThat(browser.complaints())
        .noneMatch(line -> line.contains("Content Security Policy") || line.contains("Uncaught"));
  }

  @Test
  void asksForKeyAndShowsNothingWithoutIt() {
    browser.script("sessionStorage.clear()");
    browser.open(page());
    await("a question", () -> browser.holds(DIALOG_IS_OPEN));
    assertThat(browser.text("#branches")).isEmpty();

    browser.type("#key-input", KEY, Keys.ENTER);

    browser.awaitText("#feed", "live");
    browser.awaitText("#branches", FRESH);
  }

  /// By keyboard alone, with a name that would be an image if it were taken for markup.
  @Test
  void addsSaleAndShowsItOnBothSides() {
    String product = "<img src=x onerror=alert(1)>";
    choose(FRESH);

    browser.script(
        "document.querySelector('#sale [name=product]').value = arguments[0];"
            + "document.querySelector('.skip').focus()",
        product);
    browser.press(Keys.ENTER);
    browser.press(Keys.ENTER);

    browser.awaitText("#sale-note", "Sale 1 added, total 1.2");
    browser.awaitText("#branch-table tbody", product);
    browser.awaitText("#head-office-table tbody", product);
    browser.awaitText("#compared", "The same on both sides");
    browser.awaitText(card(FRESH, ".figures"), "0 to be sent");
    assertThat(browser.holds("document.querySelector('td img') === null")).isTrue();
  }

  @Test
  void saysWhyFormWasNotTaken() {
    choose(FRESH);

    browser.script(
        "const form = document.getElementById('sale');"
            + "form.quantity.min = ''; form.quantity.value = '0'; form.requestSubmit()");

    browser.awaitText("#sale-note", "quantity is 0");
  }

  @Test
  void marksWhatHeadOfficeHasNotYetAndSendsItWhenTold() {
    choose(STOPPED);
    browser.awaitText(card(STOPPED, ".status"), "stopped");
    sell(STOPPED, "tea");

    browser.awaitText("#compared", "1 not yet in the head office, 0 there in an older version.");
    browser.awaitText(card(STOPPED, ".figures"), "1 to be sent");
    assertThat(rows("tr[data-match='missing']")).isEqualTo(1);

    press(STOPPED, "Sync now");
    browser.awaitText("#compared", "The same on both sides");
    change(STOPPED, 1, "green tea");
    browser.awaitText("#compared", "0 not yet in the head office, 1 there in an older version.");
    assertThat(rows("tr[data-match='older']")).isEqualTo(1);

    press(STOPPED, "Start");
    browser.awaitText("#compared", "The same on both sides");
    browser.awaitText("#head-office-table tbody", "green tea");
    browser.awaitText(card(STOPPED, ".figures"), "every 200 ms");

    press(STOPPED, "Stop");
    browser.awaitText(card(STOPPED, ".status"), "stopped");
  }

  @Test
  void saysOnCardWhyItWasNotSynchronised() {
    line(CUT, false);

    press(CUT, "Sync now");

    browser.awaitText(card(CUT, ".answer"), "is offline");
    line(CUT, true);
    press(CUT, "Sync now");
    browser.awaitText(card(CUT, ".answer"), "Synchronised successfully");
  }

  @Test
  void startsWithIntervalThatIsEntered() {
    browser.awaitText(card(STOPPED, ".status"), "stopped");
    enterSeconds("0.3");

    press(STOPPED, "Start");

    browser.awaitText(card(STOPPED, ".figures"), "every 300 ms");
    enterSeconds("0.01");
    press(STOPPED, "Start");
    browser.awaitText(card(STOPPED, ".answer"), "interval_ms is 10, it must be from 100");
    enterSeconds("0.2");
    press(STOPPED, "Start");
    browser.awaitText(card(STOPPED, ".figures"), "every 200 ms");
    press(STOPPED, "Stop");
    browser.awaitText(card(STOPPED, ".status"), "stopped");
  }

  private static void enterSeconds(String seconds) {
    browser.script(
        "document.querySelector(\"%s\").value = arguments[0]".formatted(card(STOPPED, ".every")),
        seconds);
  }

  @Test
  void guessesNothingOfBranchThatIsAway() {
    line(CUT, false);

    browser.awaitText(card(CUT, ".status"), "line cut by hand");
    browser.awaitText(card(CUT, ".figures"), "to be sent: unknown while it is away");
    browser.awaitText("#summary", "and those of 1 away");
    sell(CUT, "milk");

    line(CUT, true);
    choose(CUT);
    browser.awaitText("#head-office-table tbody", "milk");
    browser.awaitText(card(CUT, ".figures"), "0 to be sent");
  }

  @Test
  void showsWhatWasPutAside() {
    cluster.master().add("no sale", 2, "Idempotency-Key", "sale/nowhere/9/1");

    browser.awaitText("#dead-letters", "sale/nowhere/9/1: the message is not the sale");
  }

  @ParameterizedTest
  @CsvSource({"light, 1280", "light, 360", "dark, 1280", "dark, 360"})
  void hasNothingInAnybodysWay(String theme, int width) {
    sell(FULL, "tea in " + theme + " at " + width);
    choose(FULL);
    browser.awaitText("#head-office-table tbody", "tea in " + theme + " at " + width);
    browser.resize(width, 800);
    browser.script("document.documentElement.dataset.theme = arguments[0]", theme);

    assertThat(Axe.violations(browser)).as("the page").isEmpty();
    assertThat(browser.holds("document.body.scrollWidth <= innerWidth")).as("in width").isTrue();

    browser.click("#key");
    assertThat(Axe.violations(browser)).as("the question for a key").isEmpty();
    browser.press(Keys.ESCAPE);
  }

  private static String page() {
    return connectors.url() + "/";
  }

  private static NodeClient calls() {
    return connectors.client().saying("Authorization", "Bearer " + KEY);
  }

  private static void sell(String branch, String product) {
    assertThat(calls().post("/branches/" + branch + "/sales", SALE.formatted(product)).status())
        .isEqualTo(201);
  }

  private static void change(String branch, long id, String product) {
    byte[] sale = SALE.formatted(product).getBytes(StandardCharsets.UTF_8);
    String path = "/branches/%s/sales/%d".formatted(branch, id);
    assertThat(calls().send("PUT", path, sale, "Content-Type", "application/json").status())
        .isEqualTo(200);
  }

  private static void line(String branch, boolean up) {
    assertThat(calls().post("/branches/" + branch + "/line", "{\"up\":%s}".formatted(up)).status())
        .isEqualTo(200);
  }

  private static void choose(String branch) {
    await(
        branch + " is offered",
        () ->
            browser.holds(
                "[...document.querySelector('#branch').options].some((o) => o.value ==="
                    + " arguments[0])",
                branch));
    browser.script(
        "const select = document.querySelector('#branch'); select.value = arguments[0];"
            + "select.dispatchEvent(new Event('change'))",
        branch);
    await(
        branch + " is shown",
        () ->
            browser.holds("document.querySelector('#shown').textContent === arguments[0]", branch));
  }

  private static void press(String branch, String verb) {
    await(verb + " is pressed", () -> isPressed(branch, verb));
  }

  /// Tries once. A button cannot be pressed until what it did before is answered.
  private static boolean isPressed(String branch, String verb) {
    return Boolean.TRUE.equals(
        browser.script(
            """
            const button = document.querySelector(`[aria-label='${arguments[0]}: ${arguments[1]}']`);
            const ready = button !== null && !button.disabled;
            if (ready) {
              button.click();
            }
            return ready;
            """,
            verb,
            branch));
  }

  private static String card(String branch, String part) {
    return "#branches [data-name='%s'] %s".formatted(branch, part);
  }

  private static int rows(String selector) {
    return ((Number)
            browser.script("return document.querySelectorAll(arguments[0]).length", selector))
        .intValue();
  }
}
