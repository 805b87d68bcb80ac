package io.replog.master.replicate;

/// What is known of one follower's way through the broker.
///
/// It *hears* when it has answered something that was published after `fedFrom`, the place of the
/// stream where it was lost the last time. What was published before that place goes over HTTP:
/// answers to it may have been given before whatever happened to the follower.
final class Hearer {

  private long fedFrom;
  private long sentThrough = -1;
  private boolean hears;

  /// The core sends behind `index`. If that is not where the batch before has ended, something has
  /// gone wrong in between, or it begins.
  ///
  /// @param publishedThrough where the stream stands
  synchronized void goesOnBehind(long index, long publishedThrough) {
    if (index != sentThrough) {
      isLost(publishedThrough);
    }
  }

  /// What is sent up to `index` has been made ready.
  synchronized void sent(long index) {
    sentThrough = index;
  }

  /// It did not answer as it should, or cannot.
  ///
  /// @param publishedThrough where the stream stands
  synchronized void isLost(long publishedThrough) {
    fedFrom = publishedThrough;
    hears = false;
  }

  /// It has answered.
  synchronized void answered(Publication publication) {
    hears |= publication.previousIndex() >= fedFrom;
  }

  /// Whether its answer to this is worth waiting for, and worth something.
  synchronized boolean canTake(Publication publication) {
    return hears && publication.previousIndex() >= fedFrom;
  }
}
