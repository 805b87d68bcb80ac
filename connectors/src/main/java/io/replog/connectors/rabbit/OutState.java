package io.replog.connectors.rabbit;

/// Where publishing stands, as `GET /rabbitmq` says it.
enum OutState {
  /// Nothing was tried yet.
  STARTING,
  /// There is more in the log, and it is on its way.
  PUBLISHING,
  /// Everything that a majority holds is published.
  CAUGHT_UP,
  /// The log cannot be read at the moment.
  LOG_AWAY,
  /// The broker is away, blocked or full, or no queue would get the next message.
  BROKER_REFUSES,
  /// The position is damaged, of another log, of a part that the log no longer keeps or of one that
  /// it does not have any more: somebody has to decide.
  BAD_POSITION;

  /// Whether the next turn should wait longer and longer.
  boolean isTrouble() {
    return this == LOG_AWAY || this == BROKER_REFUSES || this == BAD_POSITION;
  }
}
