package io.replog.system.chaos;

/// Something that goes wrong for a while. Used by one thread.
interface Fault {

  /// Begins.
  ///
  /// @return what is done to whom, in a few words
  String begin();

  /// Ends what was begun, as far as the cluster cannot heal by itself. Nodes that are dead are
  /// started again by the nemesis.
  default void end() {}
}
