package io.replog.node.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import io.replog.node.settings.Role;
import io.replog.node.settings.SettingsReader;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class GuardedBodyTest {

  private static final String LINE = "x".repeat(999) + "\n";
  private static final int LINES = 2_000;
  private static final long OVERHEAD_BYTES = 64 << 10;
  private static final Duration GRACE = Duration.ofMillis(200);

  private final BodyBudget budget = new BodyBudget(64 << 20);

  private final BodyRules rules =
      new BodyRules(
          SettingsReader.read(Role.FOLLOWER, Map.of()), GRACE, 1_024, DataSize.ofMegabytes(64));

  private GuardedBody guarded(ServletInputStream body, boolean bulk) {
    return new GuardedBody(body, rules, 1L << 30, bulk, budget);
  }

  private static void pass(Duration time) {
    try {
      new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /// What of the budget is taken when all but the end has been read.
  private long heldBytes(boolean bulk) throws IOException {
    GuardedBody body = guarded(new Given(LINE.repeat(LINES), Duration.ZERO), bulk);
    byte[] buffer = new byte[8_192];
    for (long left = (long) LINES * LINE.length(); left > 0; ) {
      left -= body.read(buffer, 0, buffer.length);
    }
    long held = budget.used();
    body.release();
    return held;
  }

  @Test
  void holdsNoMoreOfManyMessagesThanTheLongestLine() throws IOException {
    assertThat(heldBytes(true)).isLessThan(OVERHEAD_BYTES + 2L * LINE.length());
    assertThat(heldBytes(false)).isGreaterThan((long) LINES * LINE.length());
    assertThat(budget.used()).isZero();
  }

  @Test
  void doesNotHoldAgainstABodyWhatItsReaderDoesMeanwhile() throws IOException {
    GuardedBody body = guarded(new Given("abc", Duration.ZERO), true);

    assertThat(body.read()).isEqualTo('a');
    pass(GRACE.multipliedBy(3));
    assertThat(body.read()).isEqualTo('b');
  }

  @Test
  void cutsABodyThatIsSlowHoweverFastItBegan() throws IOException {
    Given stream = new Given("x".repeat(1 << 20), Duration.ZERO);
    GuardedBody body = guarded(stream, true);
    body.readNBytes((1 << 20) - 100);
    stream.wait = GRACE.dividedBy(4);

    assertThatThrownBy(
            () -> {
              while (body.read() >= 0) {
                assertThat(stream.available()).isPositive();
              }
            })
        .isInstanceOf(RefusedBodyException.class)
        .hasMessageContaining("too slowly");
  }

  @Test
  void blamesABrokenBodyOnItsSender() {
    assertThat(refusalOfBrokenBody().type()).isEqualTo(ProblemType.BAD_REQUEST);
  }

  /// The web server closes connections under those who still send.
  @Test
  void blamesNobodyForABodyThatBreaksWhenTheNodeStops() {
    rules.stop();

    assertThat(refusalOfBrokenBody().type()).isEqualTo(ProblemType.UNAVAILABLE);
  }

  private Refusal refusalOfBrokenBody() {
    Given stream = new Given("half", Duration.ZERO);
    stream.broken = true;
    RefusedBodyException refused =
        catchThrowableOfType(
            RefusedBodyException.class, () -> guarded(stream, false).readAllBytes());
    return (Refusal) refused.getCause();
  }

  /// Gives a text, after a wait before each read.
  private static final class Given extends ServletInputStream {

    private final ByteArrayInputStream bytes;
    private Duration wait;
    private boolean broken;

    Given(String text, Duration wait) {
      this.bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
      this.wait = wait;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (broken) {
        throw new IOException("the connection is closed");
      }
      if (wait.isPositive()) {
        pass(wait);
      }
      return bytes.read(into, offset, length);
    }

    @Override
    public int available() {
      return bytes.available();
    }

    @Override
    public boolean isFinished() {
      return bytes.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new UnsupportedOperationException();
    }
  }
}
