package io.replog.node.start;

import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.context.ConfigurableApplicationContext;

/// Keeps the framework from printing a stack trace when a start fails: [NodeLauncher] says what is
/// wrong, in one line where it can.
final class SilentReporter implements SpringBootExceptionReporter {

  SilentReporter(ConfigurableApplicationContext context) {}

  @Override
  public boolean reportException(Throwable failure) {
    return true;
  }
}
