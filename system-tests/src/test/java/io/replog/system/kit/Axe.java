package io.replog.system.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// Looks for what keeps people from using a page, by the rules of axe for WCAG 2.2, levels A and
/// AA.
public final class Axe {

  private static final String SCRIPT = read();

  private Axe() {}

  /// What the page of the browser breaks, a line for each rule with the elements that break it.
  public static List<String> violations(Browser browser) {
    browser.script(SCRIPT);
    Object found =
        browser.scriptLater(
            """
            const done = arguments[arguments.length - 1];
            const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
            axe.run(document, { runOnly, resultTypes: ['violations'] }).then(
              (results) => done(results.violations.map((each) =>
                `${each.id}: ${each.help}: ${each.nodes.map((node) => `${node.target} ${node.failureSummary}`).join(' | ')}`)),
              (failed) => done([`axe failed: ${failed}`]));
            """);
    return ((List<?>) found).stream().map(String::valueOf).toList();
  }

  private static String read() {
    try (InputStream in = Axe.class.getResourceAsStream("/axe.min.js")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }
}
