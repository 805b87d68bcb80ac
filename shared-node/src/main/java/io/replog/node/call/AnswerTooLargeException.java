package io.replog.node.call;

import java.io.IOException;

/// More came back than was asked for at most.
final class AnswerTooLargeException extends IOException {

  private static final long serialVersionUID = 1L;

  AnswerTooLargeException(int maxBytes) {
    super("the answer has more than " + maxBytes + " bytes");
  }
}
