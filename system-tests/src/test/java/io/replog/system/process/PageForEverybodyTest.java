package io.replog.system.process;

import static io.replog.system.kit.TestCluster.MASTER;
import static io.replog.system.kit.TestCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.kit.Axe;
import io.replog.system.kit.Browser;
import io.replog.system.kit.KeyFile;
import io.replog.system.kit.RefusedException;
import io.replog.system.kit.TestCluster;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/// The page for those who cannot see colours, see at all, or hold a mouse; and for those whom the
/// cluster does not let in, who must be told why.
class PageForEverybodyTest {

  private static final int MAX_WATCHERS = 200;
  private static final String DIALOG_IS_OPEN = "document.querySelector('#key-dialog').open";

  private static final String CAN_FORGET = "!document.querySelector('#faults-forget').hidden";

  @TempDir static Path directory;

  private static TestCluster cluster;
  private static Browser browser;

  @BeforeAll
  static void start() {
    browser = Browser.start();
    KeyFile keys =
        new KeyFile(directory.resolve("keys")).add("admin", "somebody").add("writer", "writer");
    cluster =
        TestCluster.laidOut(
                "everybody",
                settings ->
                    settings.set("FAULTS", "on").set("API_KEYS_FILE", keys.path().toString()))
            .speaking(client -> client.saying(KeyFile.header("somebody")));
    cluster.up();
    cluster.master().add("held by all", "all");
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  @BeforeEach
  void withoutAKey() {
    browser.resize(1280, 900);
    browser.open(cluster.nodes().url(MASTER));
    browser.script("sessionStorage.clear()");
  }

  private static void enterAs(String name) {
    browser.script("sessionStorage.setItem('replog.key', arguments[0])", KeyFile.keyOf(name));
    browser.open(cluster.nodes().url(MASTER));
    browser.awaitText("#feed", "live");
  }

  @ParameterizedTest
  @CsvSource({"light, 1280", "light, 360", "dark, 1280", "dark, 360"})
  void hasNothingInAnybodysWay(String theme, int width) {
    enterAs("somebody");
    browser.resize(width, 800);
    browser.script("document.documentElement.dataset.theme = arguments[0]", theme);
    browser.script("document.getElementById('faults-panel').open = true");
    browser.click("#read button");
    browser.awaitText("#matrix tbody", "held by all");
    browser.awaitText("#read-table tbody", "held by all");

    assertThat(Axe.violations(browser)).as("the page").isEmpty();

    browser.script("document.querySelector('#matrix tbody button').click()");
    browser.awaitText("#trace", "master: forced");
    assertThat(Axe.violations(browser)).as("a trace").isEmpty();
    browser.press(Keys.ESCAPE);
    browser.click("#key");
    assertThat(Axe.violations(browser)).as("the question for a key").isEmpty();
    browser.press(Keys.ESCAPE);
  }

  @Test
  void findsAnImageThatSaysNothing() {
    enterAs("somebody");

    browser.script("document.querySelector('main').append(document.createElement('img'))");

    assertThat(Axe.violations(browser)).anyMatch(violation -> violation.startsWith("image-alt"));
  }

  @Test
  void saysWhyWhoeverDeclinesSeesNothing() {
    browser.open(cluster.nodes().url(MASTER));
    await("a question", () -> browser.holds(DIALOG_IS_OPEN));

    browser.click("#key-dialog [value='cancel']");

    browser.awaitText("#notice", "Live feed lost: a key is needed");
    assertThat(browser.holds(DIALOG_IS_OPEN)).as("asked again").isFalse();
    browser.click("#key");
    browser.type("#key-input", KeyFile.keyOf("somebody"), Keys.ENTER);
    browser.awaitText("#feed", "live");
    assertThat(browser.text("#notice")).isEmpty();
  }

  @Test
  void saysThatTooManyWatch() throws IOException {
    browser.open("about:blank");
    await(
        "nobody watches",
        () -> cluster.master().get("/actuator/prometheus").text().contains("replog_watchers 0.0"));
    List<InputStream> others = watchAll();
    try {
      browser.open(cluster.nodes().url(MASTER));
      browser.script(
          "sessionStorage.setItem('replog.key', arguments[0])", KeyFile.keyOf("somebody"));
      browser.open(cluster.nodes().url(MASTER));

      browser.awaitText("#notice", MAX_WATCHERS + " watch the cluster already");
    } finally {
      for (InputStream other : others) {
        other.close();
      }
    }
    browser.awaitText("#feed", "live");
  }

  /// As many as there may be.
  private static List<InputStream> watchAll() {
    List<InputStream> streams = new ArrayList<>();
    try {
      while (streams.size() <= MAX_WATCHERS) {
        streams.add(cluster.master().stream("/cluster/events"));
      }
    } catch (UncheckedIOException full) {
      assertThat(full).hasCauseInstanceOf(RefusedException.class);
    }
    assertThat(streams).hasSize(MAX_WATCHERS);
    return streams;
  }

  @Test
  void forgetsTheSecretOfTheClusterWhenTold() {
    enterAs("writer");
    browser.script("document.getElementById('faults-panel').open = true");
    await("a question for the secret", () -> browser.holds(DIALOG_IS_OPEN));
    assertThat(browser.text("#key-title")).containsIgnoringCase("secret of the cluster");
    browser.type("#key-input", cluster.nodes().token(), Keys.ENTER);
    await("something to forget", () -> browser.holds(CAN_FORGET));
    browser.click("#faults-form [type='submit']");
    browser.awaitText("#faults-outcome", "in force at follower-1");

    browser.click("#faults-forget");

    assertThat(browser.holds(CAN_FORGET)).as("nothing left to forget").isFalse();
    browser.click("#faults-form [type='submit']");
    await("asked again", () -> browser.holds(DIALOG_IS_OPEN));
    browser.click("#key-dialog [value='cancel']");
    browser.awaitText("#faults-outcome", "the role of this key is writer, this needs admin");
  }
}
