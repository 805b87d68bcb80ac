package io.replog.system.architecture.counterexample;

import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/// Breaches in test code.
final class Tests {

  private Tests() {}

  static class ChecksUnderOddName {
    @RepeatedTest(2)
    void repeats() {}

    @Test
    @Disabled
    void isSwitchedOff() {}
  }
}
