package io.replog.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.DelegatingServletOutputStream;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class AnswersAtStopTest {

  private final AnswersAtStop answers = new AnswersAtStop();

  /// An answer that notes whether its body was ended.
  private static final class Answer extends MockHttpServletResponse {
    private boolean isWhole;

    @Override
    public ServletOutputStream getOutputStream() {
      return new DelegatingServletOutputStream(new ByteArrayOutputStream()) {
        @Override
        public void close() {
          isWhole = true;
        }
      };
    }
  }

  @Test
  void leavesAnswersInTheirBufferWhileTheNodeRuns() throws Exception {
    assertThat(answered().isWhole).isFalse();
  }

  @Test
  void endsThemAtOnceWhenTheNodeStops() throws Exception {
    answers.stopFirst();

    assertThat(answered().isWhole).isTrue();
  }

  private Answer answered() throws ServletException, IOException {
    Answer answer = new Answer();
    answers.filter(
        new MockHttpServletRequest(), answer, (_, to) -> to.getOutputStream().write('x'));
    return answer;
  }
}
