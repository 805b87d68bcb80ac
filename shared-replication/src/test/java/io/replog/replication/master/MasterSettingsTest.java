package io.replog.replication.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.model.FsyncMode;
import io.replog.replication.follower.FollowerSettings;
import org.junit.jupiter.api.Test;

class MasterSettingsTest {

  @Test
  void fitsAWindowIntoWhatAFollowerHoldsAheadOfAGap() {
    MasterSettings master = MasterFixture.settings("f1");

    FollowerSettings follower =
        FollowerSettings.defaults("f1", "replog", "disk", "log", FsyncMode.ALWAYS, 0);

    assertThat(master.window() * master.maxBatchEntries())
        .isLessThanOrEqualTo(follower.maxHeldEntries());
  }
}
