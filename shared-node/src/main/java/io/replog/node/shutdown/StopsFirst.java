package io.replog.node.shutdown;

/// Something that holds calls open: it stops taking new ones and answers those that wait before the
/// web server stops, or they would hold it up.
@FunctionalInterface
public interface StopsFirst {

  /// Stops admission and gives every waiting call its honest answer. Returns within a second; may
  /// be called twice.
  void stopFirst();
}
