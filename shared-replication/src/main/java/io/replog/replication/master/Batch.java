package io.replog.replication.master;

/// A request to a follower that has left, or is about to.
///
/// @param number its number among all requests of this process
/// @param previousIndex index of the entry before it
/// @param lastIndex its last index; equal to `previousIndex` for a probe; while it is being read,
///   the last index that may be in it
/// @param bytes its size as counted against the window, 0 while it is being read
record Batch(long number, long previousIndex, long lastIndex, long bytes) {

  boolean isProbe() {
    return lastIndex == previousIndex;
  }

  Batch sent(long lastSentIndex, long sentBytes) {
    return new Batch(number, previousIndex, lastSentIndex, sentBytes);
  }
}
