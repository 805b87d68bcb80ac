package io.replog.node.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.node.events.EventLog;
import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class RefusedAttemptsTest {

  private final List<String> lines = new ArrayList<>();
  private final AtomicLong nanos = new AtomicLong();
  private final RefusedAttempts attempts = new RefusedAttempts(new Lines(), nanos::get);

  @Test
  void writesOneLineInTenSecondsAndCountsTheRest() {
    for (int i = 0; i < 1_000; i++) {
      knock("/messages");
    }
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(10));
    knock("/a\nb");

    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst()).contains("GET /messages from 127.0.0.1: 401");
    assertThat(lines.getLast()).contains("/a?b", "999 more").doesNotContain("\n");
  }

  private void knock(String path) {
    attempts.note(
        new MockHttpServletRequest("GET", path),
        Refusal.of(ProblemType.UNAUTHORIZED, "a key is needed"));
  }

  private final class Lines implements EventLog {

    @Override
    public void happened(String kind, String line) {
      throw new AssertionError("a refusal is no ordinary event");
    }

    @Override
    public void warn(String kind, String line) {
      lines.add(line);
    }

    @Override
    public String text(String text) {
      return text;
    }
  }
}
