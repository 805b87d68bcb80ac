package io.replog.replication.master;

/// Numbers batches and beats in the order in which they leave. Because both share one sequence, the
/// number of a request tells whether it left before or after something was learned.
final class Requests {

  /// Number of the last request, 0 before the first.
  private long last;

  long next() {
    return ++last;
  }

  long last() {
    return last;
  }
}
