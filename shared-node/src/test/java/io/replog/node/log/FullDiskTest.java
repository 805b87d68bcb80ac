package io.replog.node.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FullDiskTest {

  private final List<Boolean> told = new ArrayList<>();
  private final FullDisk disk = new FullDisk(told::add);

  @Test
  void staysFullUntilBothObserversSeeRoom() {
    disk.writeRefused(true);
    disk.reserveUsed(true);
    disk.writeRefused(false);
    assertThat(told).containsExactly(true);

    disk.reserveUsed(false);

    assertThat(told).containsExactly(true, false);
  }

  @Test
  void isSilentWhenNothingChanges() {
    disk.reserveUsed(false);
    disk.writeRefused(false);

    assertThat(told).isEmpty();
  }
}
