package io.replog.broker;

/// A batch on its way from a master to every follower.
///
/// @param startId the life of the master's core that published it
/// @param number of the publication in that life, from 1
/// @param answerTo the queue that answers go to
/// @param body the JSON of a replicate request
public record EntriesMessage(String startId, long number, String answerTo, byte[] body) {

  private static final byte[] NOTHING = {};

  /// The same for who has to answer it and needs no more than that.
  public EntriesMessage withoutBody() {
    return new EntriesMessage(startId, number, answerTo, NOTHING);
  }
}
