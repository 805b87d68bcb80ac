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
    skip(program + " is missing; install the package " + debianPackage, true);
  }

  /// Skips the test. Where `CI=true` it fails, if CI has to be able to run it.
  static void skip(String why, boolean owedByCi) {
    if (owedByCi && "true".equals(System.getenv("CI"))) {
      throw new AssertionError(why);
    }
    throw new TestAbortedException(why);
  }
}
