package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static io.replog.system.kit.TestCluster.MASTER;
import static io.replog.system.kit.TestCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.kit.Axe;
import io.replog.system.kit.Browser;
import io.replog.system.kit.TestCluster;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The layers in a real browser.
class LayersPageTest {

  private static final String ROW = "#layers-body tr[data-node='%s']";
  private static final String FIRST = ROW.formatted("layer-1-1");
  private static final String SECOND = ROW.formatted("layer-2-1");

  private static TestCluster cluster;
  private static Browser browser;

  @BeforeAll
  static void start() {
    browser = Browser.start();
    cluster =
        TestCluster.running(
            "layers-page",
            settings ->
                settings
                    .layer(1, 1, "every 10 messages", FOLLOWER_1)
                    .layer(2, 1, "every 200ms", "layer-1-1"));
    browser.resize(1280, 900);
    browser.open(cluster.nodes().url(MASTER));
    browser.awaitText("#feed", "live");
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

  private static void add(int count) {
    IntStream.range(0, count).forEach(number -> cluster.master().add("m", 3));
  }

  @Test
  void showsEachLayerWithWhatItShowsAndHowStaleThatIs() {
    browser.awaitText(FIRST + " .upstream", FOLLOWER_1);
    browser.awaitText(SECOND + " .upstream", "layer-1-1");
    browser.awaitText(SECOND + " .layer", "2");
    browser.awaitText(FIRST + " .feed", "every 10 messages");
    int before = version();

    add(10 - (int) (lastIndex() % 10) + 3);

    browser.awaitText(FIRST + " .version", "#" + (before + 10));
    browser.awaitText(SECOND + " .version", "#" + (before + 10));
    browser.awaitText(FIRST + " .behind", "3");
    await("the new version stands out", LayersPageTest::standsOut);
    assertThat(browser.complaints())
        .noneMatch(line -> line.contains("Content Security Policy") || line.contains("Uncaught"));
  }

  private static boolean standsOut() {
    return browser.holds("document.querySelector(arguments[0])", FIRST + " .version.changed");
  }

  @Test
  void marksANodeThatIsSilent() {
    browser.awaitText(SECOND + " .word", "heard");
    cluster.nodes().kill("layer-2-1");
    try {
      browser.awaitText(SECOND + " .word", "silent for");
      assertThat(browser.text(FIRST + " .word")).contains("heard");
    } finally {
      cluster.start("layer-2-1");
    }
    browser.awaitText(SECOND + " .word", "heard");
  }

  @ParameterizedTest
  @CsvSource({"light, 1280", "dark, 360"})
  void hasNothingInAnybodysWay(String theme, int width) {
    browser.awaitText(FIRST + " .word", "heard");
    browser.resize(width, 800);
    browser.script("document.documentElement.dataset.theme = arguments[0]", theme);

    assertThat(Axe.violations(browser)).isEmpty();

    browser.resize(1280, 900);
  }

  @Test
  void isNotThereWhereThereAreNoLayers() {
    try (TestCluster plain = TestCluster.running("no-layers-page", settings -> settings)) {
      browser.open(plain.nodes().url(MASTER));
      browser.awaitText("#summary", "3 of 3 nodes up");
      assertThat(browser.holds("document.querySelector('#layers').hidden")).isTrue();
    } finally {
      browser.open(cluster.nodes().url(MASTER));
      browser.awaitText("#feed", "live");
    }
    await("layers", () -> browser.holds("!document.querySelector('#layers').hidden"));
  }

  private static int version() {
    return cluster.client("layer-1-1").health().get("version").asInt();
  }

  private static long lastIndex() {
    return cluster.master().health().get("commit_index").asLong();
  }
}
