package io.replog.benchmarks.ceiling;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Reads the body and answers.
final class IdleServlet extends HttpServlet {

  private static final byte[] ANSWER = CeilingApplication.ANSWER.getBytes(StandardCharsets.UTF_8);

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    request.getInputStream().readAllBytes();
    response.setContentType("application/json");
    response.setContentLength(ANSWER.length);
    response.getOutputStream().write(ANSWER);
  }
}
