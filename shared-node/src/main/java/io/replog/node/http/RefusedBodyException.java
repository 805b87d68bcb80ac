package io.replog.node.http;

import io.replog.node.problem.Refusal;
import java.io.IOException;

/// The body is not read any further; the refusal says why.
final class RefusedBodyException extends IOException {

  private static final long serialVersionUID = 1L;

  RefusedBodyException(Refusal refusal) {
    super(refusal.message(), refusal);
  }
}
