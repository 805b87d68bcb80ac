package io.replog.master.add;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import io.replog.node.settings.Role;
import io.replog.node.settings.SettingsReader;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BlockedWritesTest {

  @Test
  void letsNoMoreWaitThanTheHeapCanBear() {
    assertThat(BlockedWrites.bearable(2_000, 256L << 20)).isEqualTo(1_365);
    assertThat(BlockedWrites.bearable(2_000, 512L << 20)).isEqualTo(2_000);
  }

  @Test
  void refusesClientAboveItsShareAndNobodyElse() {
    BlockedWrites blocked = blocked("MAX_BLOCKED_WRITES_PER_CLIENT", "2");
    blocked.enter("key a");
    blocked.enter("key a");

    Refusal refusal = catchThrowableOfType(Refusal.class, () -> blocked.enter("key a"));

    assertThat(refusal.type()).isEqualTo(ProblemType.TOO_MANY_REQUESTS);
    assertThat(refusal.headers()).containsEntry("Retry-After", "1");
    assertThatCode(() -> blocked.enter("key b")).doesNotThrowAnyException();
    blocked.leave("key a");
    assertThatCode(() -> blocked.enter("key a")).doesNotThrowAnyException();
  }

  @Test
  void takesNoShareForCallThatFindsNoPlace() {
    BlockedWrites blocked =
        blocked("MAX_BLOCKED_WRITES_PER_CLIENT", "1", "MAX_BLOCKED_WRITES", "1");
    blocked.enter("key a");

    Refusal full = catchThrowableOfType(Refusal.class, () -> blocked.enter("key b"));
    blocked.leave("key a");

    assertThat(full.type()).isEqualTo(ProblemType.UNAVAILABLE);
    assertThatCode(() -> blocked.enter("key b")).doesNotThrowAnyException();
  }

  @Test
  void knowsNoSharesUnlessToldTo() {
    BlockedWrites blocked = blocked("MAX_BLOCKED_WRITES", "3");

    assertThatCode(
            () -> {
              blocked.enter("key a");
              blocked.enter("key a");
              blocked.enter("key a");
            })
        .doesNotThrowAnyException();
  }

  private static BlockedWrites blocked(String... variables) {
    Map<String, String> values =
        variables.length == 2
            ? Map.of(variables[0], variables[1])
            : Map.of(variables[0], variables[1], variables[2], variables[3]);
    return new BlockedWrites(SettingsReader.read(Role.MASTER, values), new SimpleMeterRegistry());
  }
}
