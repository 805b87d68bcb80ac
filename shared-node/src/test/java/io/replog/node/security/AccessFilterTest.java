package io.replog.node.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.replog.node.events.EventLog;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class AccessFilterTest {

  private static final Logger AUDIT = (Logger) LoggerFactory.getLogger("replog.audit");

  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final MockHttpServletRequest request = new MockHttpServletRequest("PUT", "/faults/delay");
  private final AccessFilter filter =
      new AccessFilter(
          new NodeAccess(new ClusterToken("token"), null),
          new ClientAccess(null),
          new RefusedAttempts(new NoEvents(), System::nanoTime));

  @BeforeEach
  void listen() {
    request.setServletPath("/faults/delay");
    request.addHeader(ClusterToken.HEADER, "token");
    lines.start();
    AUDIT.addAppender(lines);
  }

  @AfterEach
  void stopListening() {
    AUDIT.detachAppender(lines);
  }

  @Test
  void tellsTheAnswerOfAnAction() throws Exception {
    filter.doFilter(request, new MockHttpServletResponse(), (_, _) -> {});

    assertThat(lines.list).singleElement().asString().contains("PUT /faults/delay", ": 200");
  }

  @Test
  void tellsAFailureThatPassesThrough() {
    FilterChain failing =
        (_, _) -> {
          throw new ServletException("no answer yet");
        };

    assertThatThrownBy(() -> filter.doFilter(request, new MockHttpServletResponse(), failing))
        .hasMessage("no answer yet");
    assertThat(lines.list).singleElement().asString().contains("PUT /faults/delay", ": 500");
  }

  @Test
  void tellsNothingOfALook() throws Exception {
    request.setMethod("GET");

    filter.doFilter(request, new MockHttpServletResponse(), (_, _) -> {});

    assertThat(lines.list).isEmpty();
  }

  private static final class NoEvents implements EventLog {

    @Override
    public void happened(String kind, String line) {
      throw new AssertionError(line);
    }

    @Override
    public void warn(String kind, String line) {
      throw new AssertionError(line);
    }

    @Override
    public String text(String text) {
      return text;
    }
  }
}
