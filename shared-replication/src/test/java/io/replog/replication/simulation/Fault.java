package io.replog.replication.simulation;

/// What the nemesis can do, and how many of a hundred seeds know it.
enum Fault {
  KILL(60),
  POWER_CUT(60),
  KILL_ALL(25),
  POWER_CUT_ALL(25),
  STOP(30),
  PAUSE(50),
  PARTITION(50),
  ONE_WAY_PARTITION(40),
  ISOLATE_MASTER(30),
  CUT_OFF_CLIENTS(30),
  STORM(40),
  FORCE_FAILURE(30),
  DISK_FULL(30),
  WIPE_FOLLOWER(25),
  DELAY(25),
  WIPE_MASTER(8),
  EMPTY_MASTER(5),
  COPIED_MASTER(6),
  BIT_ROT(40),
  /// None: the log has grown beyond its retention.
  RELEASE(35),
  /// None: somebody joins or leaves.
  MEMBERS(35);

  private final int percent;

  Fault(int percent) {
    this.percent = percent;
  }

  double frequency(Sabotage sabotage) {
    if (this == BIT_ROT && sabotage != Sabotage.NONE) {
      return sabotage.concernsDamage() ? 1 : 0;
    }
    boolean needed =
        switch (sabotage) {
          case JOIN_UNCHECKED -> this == COPIED_MASTER;
          case EPOCHS_IGNORED, CHAINS_IGNORED -> this == COPIED_MASTER;
          case MEMBERS_FORGOTTEN -> this == MEMBERS || this == KILL;
          case RELEASED_REGARDLESS -> this == RELEASE || this == PARTITION;
          case KEYS_FORGOTTEN, PROMISE_NOT_PERSISTED -> this == KILL;
          default -> this == POWER_CUT;
        };
    return needed && sabotage != Sabotage.NONE ? 1 : percent / 100.0;
  }
}
