package io.replog.node.http;

import jakarta.servlet.http.HttpServletRequest;

/// Marks requests that are to have no answer at all, not even an empty one.
public final class NoAnswer {

  private static final String MARK = NoAnswer.class.getName();

  private NoAnswer() {}

  /// Whatever is answered to `request` is not to leave.
  public static void mark(HttpServletRequest request) {
    request.setAttribute(MARK, Boolean.TRUE);
  }

  /// Whether `request` is to have none.
  public static boolean isMarked(HttpServletRequest request) {
    return request.getAttribute(MARK) != null;
  }
}
