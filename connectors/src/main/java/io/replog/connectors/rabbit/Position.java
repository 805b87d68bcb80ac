package io.replog.connectors.rabbit;

/// Up to where a log is published.
///
/// @param logId identity of that log
/// @param index last index that the broker has confirmed, 0 for none
record Position(String logId, long index) {

  Position at(long other) {
    return new Position(logId, other);
  }
}
