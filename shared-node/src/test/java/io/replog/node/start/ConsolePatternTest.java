package io.replog.node.start;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.springframework.boot.logging.logback.WhitespaceThrowableProxyConverter;

/// What the console shows of texts that somebody else wrote.
class ConsolePatternTest {

  private static final String FORGED = "\n20:16:49.875 INFO  append #3 w=3";

  @Test
  void writesEveryMessageOnOneLine() throws Exception {
    String shown = shown("a" + FORGED + "\r\u001b[2J\u0085\u2028\u202eb", null);

    assertThat(shown)
        .matches("[0-9:.]{12} WARN  a\\?20:16:49.875 INFO  append #3 w=3\\?\\?\\[2J\\?\\?\\?b\n");
  }

  @Test
  void letsNoMessageOfExceptionBeginLine() throws Exception {
    Exception cause = new IllegalArgumentException("inner" + FORGED);
    Exception failure = new IllegalStateException("outer" + FORGED + "\u001b[31m\n", cause);

    String shown = shown("it broke", failure);

    assertThat(shown.lines().skip(1))
        .isNotEmpty()
        .allMatch(line -> line.matches("(\tat |\t\\.\\.\\. |Caused by: |java\\.).*|"));
    assertThat(shown)
        .contains(
            "IllegalStateException: outer?20:16:49.875 INFO", "IllegalArgumentException: inner?")
        .doesNotContain("\u001b");
    assertThat(shown.lines().filter(line -> line.startsWith("\tat "))).hasSizeGreaterThan(2);
  }

  /// The negative control: the pattern is what keeps lines honest.
  @Test
  void wouldShowForgedLinesWithoutItsReplacements() throws Exception {
    String bare = "%d{HH:mm:ss.SSS} %-5level %m%n%wEx";

    String shown = shown(bare, "a" + FORGED, new IllegalStateException("b" + FORGED));

    assertThat(shown.lines().filter(FORGED.strip()::equals)).hasSize(2);
  }

  private static String shown(String message, Throwable failure) throws Exception {
    return shown(pattern(), message, failure);
  }

  private static String shown(String pattern, String message, Throwable failure) {
    LoggerContext context = new LoggerContext();
    PatternLayout layout = new PatternLayout();
    layout.setContext(context);
    layout.getInstanceConverterMap().put("wEx", WhitespaceThrowableProxyConverter::new);
    layout.setPattern(pattern);
    layout.start();
    return layout.doLayout(
        new LoggingEvent(
            "test", context.getLogger("test"), Level.WARN, message, failure, new Object[0]));
  }

  private static String pattern() throws Exception {
    Properties defaults = new Properties();
    try (Reader reader =
        new InputStreamReader(
            NodeLauncher.class.getResourceAsStream("/io/replog/node/node.properties"),
            StandardCharsets.UTF_8)) {
      defaults.load(reader);
    }
    return defaults.getProperty("logging.pattern.console");
  }
}
