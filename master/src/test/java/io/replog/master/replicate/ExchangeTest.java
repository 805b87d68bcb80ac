package io.replog.master.replicate;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.replication.master.MasterInput;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExchangeTest {

  private final CompletableFuture<MasterInput> core = new CompletableFuture<>();

  private void start(Supplier<MasterInput> talk) {
    Exchange.start(
        "send-follower-1",
        talk,
        error -> new MasterInput.HeartbeatFailed("follower-1", 7, error),
        core::complete);
  }

  static Stream<Throwable> unforeseen() {
    return Stream.of(new IllegalStateException("who thought of this?"), new StackOverflowError());
  }

  @ParameterizedTest
  @MethodSource("unforeseen")
  void reportsAFailureWhateverIsThrown(Throwable thrown) {
    start(
        () -> {
          throw rethrown(thrown);
        });

    assertThat(core.join())
        .isInstanceOfSatisfying(
            MasterInput.HeartbeatFailed.class,
            failed -> {
              assertThat(failed.beat()).isEqualTo(7);
              assertThat(failed.error()).isNotBlank().doesNotContain("Exception", "Error");
            });
  }

  @Test
  void reportsWhatTheTalkHasBrought() {
    start(MasterInput.Tick::new);

    assertThat(core.join()).isEqualTo(new MasterInput.Tick());
  }

  private static RuntimeException rethrown(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return (RuntimeException) thrown;
  }
}
