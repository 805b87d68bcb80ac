package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static io.replog.system.kit.TestCluster.FOLLOWER_2;
import static io.replog.system.kit.TestCluster.MASTER;
import static io.replog.system.kit.TestCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.kit.Browser;
import io.replog.system.kit.KeyFile;
import io.replog.system.kit.Reply;
import io.replog.system.kit.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/// The page in a real browser, over a cluster that asks for keys. One of each for all tests; each
/// leaves every node up.
class PageTest {

  /// `-Dlong=true` has a log of a million.
  private static final int FLOOD = Boolean.getBoolean("long") ? 1_000_000 : 50_000;

  private static final Duration FLOOD_LIMIT = Duration.ofMinutes(5);
  private static final String DELAY = "2s";

  /// The page sends two of them every two seconds, while nobody meets them.
  private static final int PATIENT_WRITES = 40;

  private static final String LONG_MILLIS = "600000";
  private static final String DOWN = "article[data-node='%s'][data-status='UNHEALTHY']";
  private static final String UP = "article[data-node='%s'][data-status='HEALTHY']";

  @TempDir static Path directory;

  private static TestCluster cluster;
  private static Browser browser;

  @BeforeAll
  static void start() {
    browser = Browser.start();
    KeyFile keys = new KeyFile(directory.resolve("keys")).add("admin", "somebody");
    cluster =
        TestCluster.laidOut(
                "page",
                settings ->
                    settings
                        .delay(1, DELAY)
                        .set("FAULTS", "on")
                        .set("API_KEYS_FILE", keys.path().toString()))
            .speaking(client -> client.saying(KeyFile.header("somebody")));
    cluster.up();
    browser.resize(1280, 900);
    browser.open(cluster.nodes().url(MASTER));
    await(
        "a question for the key",
        () -> browser.holds("document.querySelector('#key-dialog').open"));
    browser.type("#key-input", KeyFile.keyOf("somebody"), Keys.ENTER);
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

  @BeforeEach
  void live() {
    browser.resize(1280, 900);
    browser.awaitText("#feed", "live");
  }

  @AfterEach
  void nothingWasBlockedOrThrown() {
    assertThat(browser.complaints())
        .noneMatch(line -> line.contains("Content Security Policy") || line.contains("Uncaught"));
  }

  /// Writes by keyboard alone, with a call that waits for as long as the test may take.
  private static void write(String text, String concern) {
    write(text, concern, LONG_MILLIS);
  }

  private static void write(String text, String concern, String timeoutMillis) {
    browser.script(
        "document.querySelector('#write [name=timeout]').value = arguments[0]", timeoutMillis);
    browser.script("document.querySelector('.skip').focus()");
    browser.press(Keys.ENTER);
    browser.script("document.getElementById('write-concern').value = arguments[0]", concern);
    browser.press(text, Keys.ENTER);
  }

  private static void writePatientlyAndAtOnce() {
    browser.script(
        """
        const form = document.getElementById('write');
        form.timeout.value = '';
        form.concern.value = 'all';
        for (let order = 1; order <= arguments[0]; order++) {
          form.text.value = `patient ${order}`;
          form.requestSubmit();
        }
        """,
        PATIENT_WRITES);
  }

  /// Marks of the row with this text, the master's first, or nothing where there is no such row.
  private static String marks(String text) {
    return String.valueOf(
        browser.script(
            """
            const row = [...document.querySelectorAll('#matrix tbody tr')]
              .find((each) => each.querySelector('.text').textContent === arguments[0]);
            return row ? [...row.querySelectorAll('.cell')].map((cell) => cell.dataset.kind).join(' ') : '';
            """,
            text));
  }

  private static void awaitMarks(String text, String marks) {
    await("%s is %s".formatted(text, marks), () -> marks(text).equals(marks));
  }

  private static void awaitShown(String selector) {
    await(selector, () -> browser.holds("document.querySelector(arguments[0])", selector));
  }

  @Test
  void fillsCellsAsAcknowledgementsCome() {
    cluster.nodes().pause(FOLLOWER_1);
    try {
      write("on its way", "3");

      awaitMarks("on its way", "held missing held");
      browser.awaitText("#matrix tbody", "w=3 waits");
      browser.awaitText("#blocked", "w=3 blocked for");
    } finally {
      cluster.nodes().unpause(FOLLOWER_1);
    }
    awaitMarks("on its way", "held met held");
    browser.awaitText("#writes li", "held by 3 (master, follower-1, follower-2) in ");
    browser.awaitText("#matrix tbody", "✓ w=3 after ");
    browser.awaitText("#operations", "w=3 met after");

    browser.script("document.querySelector('#matrix tbody button').click()");
    browser.awaitText("#trace", "call released, 3 held it");
    assertThat(browser.text("#trace"))
        .contains("master: forced", "follower-2: held back", "follower-2: sent to answered");
    browser.press(Keys.ESCAPE);
  }

  @Test
  void showsAKilledFollowerAndWhoWaitsForIt() {
    for (int order = 1; order <= 8; order++) {
      cluster.master().add("order " + order, 1 + order % 2);
    }
    awaitMarks("order 8", "met held held");
    cluster.nodes().kill(FOLLOWER_2);
    write("needs everybody", "all");

    awaitShown(DOWN.formatted(FOLLOWER_2));
    browser.awaitText("article[data-node='follower-2']", "down or paused, silent for");
    browser.awaitText("#summary", "2 of 3 nodes up · 1 blocked");
    awaitMarks("needs everybody", "held held missing");
    browser.keep("page");
    cluster.nodes().start(FOLLOWER_2);

    awaitShown(UP.formatted(FOLLOWER_2));
    awaitMarks("needs everybody", "held held met");
    browser.awaitText("#summary", "3 of 3 nodes up · 0 blocked");
  }

  @Test
  void readsWhatAMajorityHolds() {
    cluster.master().add("for the majority", 3);
    cluster.nodes().pause(FOLLOWER_2);
    try {
      browser.script("document.getElementById('read-whom').value = 'majority'");
      await("what a majority holds", PageTest::readsWithoutFollower2);
    } finally {
      cluster.nodes().unpause(FOLLOWER_2);
    }
    awaitShown(UP.formatted(FOLLOWER_2));
  }

  /// Reads once. On a busy machine the follower that is up may be as late as the one that is not.
  private static boolean readsWithoutFollower2() {
    String summary = read();
    String line = browser.text("#read-table tbody tr");
    return browser.text("#read-table tbody").contains("for the majority")
        && Stream.of("2 of 3", "● same", "? silent").allMatch(line::contains)
        && summary.contains("follower-2: no answer within 2000 ms");
  }

  /// Reads once.
  ///
  /// @return who answered, and who did not
  private static String read() {
    browser.script("document.getElementById('read-summary').textContent = ''");
    browser.click("#read button");
    await("an answer", () -> !List.of("", "Asking…").contains(browser.text("#read-summary")));
    return browser.text("#read-summary");
  }

  @Test
  void leavesConnectionsFreeWhileWritesWait() {
    cluster.nodes().pause(FOLLOWER_2);
    try {
      writePatientlyAndAtOnce();
      browser.awaitText("#writes", "… not sent yet");
      browser.script("document.getElementById('read-whom').value = 'first'");

      await("the master is the first", () -> read().contains("answered: master"));
      browser.awaitText("#writes", "w=all, held by 2, waiting");
      assertThat(browser.text("#writes li"))
          .contains("patient " + PATIENT_WRITES)
          .doesNotContain("✓");
    } finally {
      cluster.nodes().unpause(FOLLOWER_2);
    }
    browser.awaitText("#writes li", "held by 3 (master, follower-1, follower-2) ");
    await("all are met", () -> !browser.text("#writes").contains("waiting"));
    awaitShown(UP.formatted(FOLLOWER_2));
  }

  @Test
  void survivesARestartOfTheMaster() {
    cluster.master().add("before the restart", 1);

    cluster.nodes().kill(MASTER);
    browser.awaitText("#notice", "Live feed lost");
    cluster.start(MASTER);
    cluster.awaitWritable();

    browser.awaitText("#feed", "live");
    browser.awaitText("#operations", "the master was started anew");
    cluster.master().add("after the restart", 1);
    await("all hold what was before", () -> marks("before the restart").endsWith("held held"));
    awaitMarks("after the restart", "met held held");
    assertThat(browser.text("#notice")).isEmpty();
  }

  @Test
  void showsMarkupAsText() {
    String markup = "<script>window.ran = true</script><img src=x onerror='window.ran = true'>";

    cluster.master().add(markup, 1);
    awaitMarks(markup, "met held held");
    browser.script("document.getElementById('read-whom').value = 'all'");
    browser.click("#read button");

    browser.awaitText("#read-table tbody", markup);
    assertThat(browser.holds("window.ran")).isFalse();
    assertThat(browser.holds("document.querySelector('td img, td script')")).isFalse();
  }

  @Test
  void injectsFaultsAndEndsThem() {
    awaitShown("#faults-panel:not([hidden])");
    browser.script("document.getElementById('faults-panel').open = true");
    await(
        "what is in force",
        () -> browser.holds("document.querySelector('[name=delay_ms]').value === '2000'"));
    browser.click("#faults-form [name='pause']");
    browser.script(
        """
        const slider = document.querySelector('[name=jitter_ms] + [type=range]');
        slider.value = 700;
        slider.dispatchEvent(new Event('input', { bubbles: true }));
        """);
    browser.click("#faults-form [type='submit']");

    browser.awaitText("#faults-outcome", "in force at follower-1");
    browser.awaitText("#faults", "Faults are injected on purpose at follower-1");
    awaitShown(DOWN.formatted(FOLLOWER_1));
    assertThat(browser.holds("document.querySelector('[name=delay_ms]').value === '2000'"))
        .as("what was not touched stays")
        .isTrue();
    assertThat(browser.holds("document.querySelector('[name=jitter_ms]').value === '700'"))
        .as("what the slider was moved to is in force")
        .isTrue();
    browser.click("#faults-end");

    browser.awaitText("#faults-outcome", "follower-1 is as it was when it started");
    awaitShown(UP.formatted(FOLLOWER_1));
    await("no word of faults", () -> browser.text("#faults").isEmpty());
    browser.script("document.getElementById('faults-panel').open = false");
  }

  @Test
  void holdsTheRowsWhoseCellsFill() {
    cluster.nodes().pause(FOLLOWER_1);
    try {
      cluster.master().add("to be held", 1);
      awaitMarks("to be held", "met missing held");

      browser.click("#hold");
      for (int other = 1; other <= 30; other++) {
        cluster.master().add("other " + other, 1);
      }
    } finally {
      cluster.nodes().unpause(FOLLOWER_1);
    }
    awaitMarks("to be held", "met held held");
    assertThat(marks("other 30")).isEmpty();
    browser.click("#hold");

    await("the newest row", () -> !marks("other 30").isEmpty());
    assertThat(marks("to be held")).isEmpty();
  }

  @Test
  void showsASampleOfAFloodAndSaysSo() {
    browser.script(
        """
        window.samplings = [];
        const hint = document.getElementById('sampling');
        new MutationObserver(() => samplings.push(hint.textContent))
          .observe(hint, { childList: true, characterData: true, subtree: true });
        """);
    String lines =
        IntStream.rangeClosed(1, FLOOD)
            .mapToObj("{\"data\":\"flood %d\"}\n"::formatted)
            .collect(Collectors.joining());

    Reply added =
        cluster
            .master()
            .within(FLOOD_LIMIT)
            .post("/add?write_concern=1", lines, "Content-Type", "application/x-ndjson");

    assertThat(added.status()).as("%s", added).isEqualTo(200);
    await("the newest row", () -> !marks("flood " + FLOOD).isEmpty());
    assertThat(browser.holds("samplings.some((each) => /^Sampling: \\d+ of [\\d,. ]+/.test(each))"))
        .isTrue();
    assertThat(browser.holds("document.querySelectorAll('#matrix tbody tr').length <= 200"))
        .isTrue();
    write("behind the flood", "1");
    await("a row behind the flood", () -> !marks("behind the flood").isEmpty());
    cluster.awaitInSync();
  }

  @Test
  void fitsAPhone() {
    String fits = "document.documentElement.scrollWidth <= innerWidth";
    cluster.master().add("a long text without any space in it ".repeat(20).replace(' ', '_'), 1);

    browser.resize(360, 740);
    browser.awaitText("#matrix tbody", "a_long_text");

    await("nothing beside the screen", () -> browser.holds(fits));
    browser.awaitText("article[data-node='%s']".formatted(FOLLOWER_1), FOLLOWER_1);
    browser.script(
        "const wide = document.createElement('div'); wide.id = 'wide'; wide.textContent ="
            + " 'w'.repeat(500); document.body.append(wide)");
    assertThat(browser.holds(fits)).as("the check sees what is too wide").isFalse();
    browser.script("document.getElementById('wide').remove()");
  }
}
