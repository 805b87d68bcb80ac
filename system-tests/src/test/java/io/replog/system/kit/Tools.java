package io.replog.system.kit;

import org.opentest4j.TestAbortedException;

/// Programs that a test needs on the machine.
public final class Tools {

  private Tools() {}

  /// Skips the test where the program is missing, naming the package that has it. Where `CI=true`
  /// it fails: a check that nobody runs is none.
  public static void require(String program, String debianPackage) {
    if (Programs.isThere(program)) {
      return;
    }
    String message = program + " is missing; install the package " + debianPackage;
    if ("true".equals(System.getenv("CI"))) {
      throw new AssertionError(message);
    }
    throw new TestAbortedException(message);
  }
}
